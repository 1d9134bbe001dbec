import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId, type Actor } from '#platform'
import { mergeCustomers } from '#accounts'
import { removeCase } from '../cases/removal.ts'
import { changeCase } from '../cases/service.ts'
import { mailFrom, openScene, robot, type Scene } from '../testing/scene.ts'
import { query } from '../testing/queries.ts'
import { writeQuery } from '../query/model.ts'
import type { Found } from './answer.ts'
import { searchCases } from './find.ts'

let scene: Scene
let ana: Actor
beforeAll(async () => {
  scene = await openScene()
  ana = await scene.agent('Ana', { teamId: await scene.team('Payments') })
})
afterAll(() => scene.close())

const search = (text: string, actor = ana): Promise<Found> => searchCases(scene.db, actor, { text, limit: 20, next: null })
const numbers = async (text: string, actor = ana) => (await search(text, actor)).items.map((hit) => hit.case.number)
const passages = async (text: string) => (await search(text)).items.map((hit) => [hit.case.number, hit.passage])

describe('what is found', () => {
  test('numbers first, then where they are mentioned', async () => {
    const { number } = await scene.open({ subject: 'Chargeback dispute lost' })
    const cited = await scene.open({ subject: `About ${number}` })
    expect(await passages(String(number))).toEqual([[number, `«#${number}» Chargeback dispute lost`], [cited.number, `About «${number}»`]])
    expect(await numbers(`#${number}`)).toEqual([number, cited.number])
  })

  test('words in any form, also while the last is being written; phrases, beginnings, and what must not stand there', async () => {
    const one = await scene.open({ subject: 'Zebra crossing', body: 'The striped horses were refunded twice.' })
    const two = await scene.open({ subject: 'Zebra', body: 'A refund of the stripes.' })
    expect(await numbers('zebra refund')).toEqual(expect.arrayContaining([one.number, two.number]))
    expect(await numbers('zebra refunded twi')).toEqual([one.number])
    expect(await numbers('"striped horses"')).toEqual([one.number])
    expect(await numbers('"horses striped"')).toEqual([])
    expect(await numbers('"zebra the striped"')).toEqual([])
    expect(await numbers('zebra -crossing')).toEqual([two.number])
    expect(await numbers('zebra -"striped horses"')).toEqual([two.number])
    expect(await numbers('zeb* cross*')).toEqual([one.number])
    expect((await search('"striped horses"')).items[0]).toMatchObject({ passage: 'The «striped horses» were refunded twice.', why: { reason: 'message' } })
    expect((await search('crossing')).items[0]).toMatchObject({ passage: 'Zebra «crossing»', why: { reason: 'subject' } })
  })

  test('letters with accents, and scripts without spaces', async () => {
    const german = await scene.open({ subject: 'Überweisung fehlt', body: 'Größe prüfen' })
    const japanese = await scene.open({ subject: '返金について', body: '返金はまだ届いていません' })
    expect(await numbers('uberweisung grosse')).toEqual([german.number])
    expect(await numbers('ÜBERWEISUNG')).toEqual([german.number])
    expect(await numbers('届いて')).toEqual([japanese.number])
    expect(await numbers('届いた')).toEqual([])
  })

  test('notes and files, each said to be what it is', async () => {
    const { number } = await scene.open({ subject: 'Walrus' })
    await scene.run(ana, (work) => scene.reply(work, number, { body: 'Suspicious tusk pattern', visibility: 'note', seenMessageId: null }))
    const found = await search('suspicious tusk')
    expect(found.items).toMatchObject([{ case: { number }, why: { reason: 'note' }, passage: '«Suspicious» «tusk» pattern' }])
    const sha256 = 'a'.repeat(64)
    const mail = await scene.receive(mailFrom('file@search.test', { attachments: [{ sha256, name: 'quarterly-tusks.csv', type: 'text/csv', size: 3, inline: false, contentId: null }] }))
    expect((await search('quarterly')).items).toMatchObject([{ case: { number: mail.number }, why: { reason: 'attachment', name: 'quarterly-tusks.csv' }, passage: '«quarterly»-tusks.csv' }])
    await scene.db.updateTable('attachment_text').set({ text: 'Narwhal, 12\nBeluga, 9', state: 'read' }).where('attachment_id', 'in', scene.db.selectFrom('attachment').select('id').where('sha256', '=', sha256)).execute()
    expect((await search('narwhal')).items).toMatchObject([{ case: { number: mail.number }, why: { reason: 'attachment' }, passage: '«Narwhal», 12 Beluga, 9' }])
  })
})

describe('ids, addresses and names', () => {
  test('an id that is mentioned, whole, begun, with a slip', async () => {
    const { number } = await scene.open({ body: 'Please look at pi_3NxQ9aZkLm4T, it is late.' })
    for (const text of ['pi_3NxQ9aZkLm4T', 'PI_3NXQ9AZKLM4T', 'pi_3NxQ9aZk']) expect((await search(text)).items[0]).toMatchObject({ case: { number }, why: { reason: 'reference', name: 'pi_3nxq9azklm4t', near: false } })
    for (const text of ['pi_3NxQ9aZkLn4T', 'pi_3NxQ9aZkL4T', 'pi_3Nx9QaZkLm4T', 'p_3NxQ9aZkLm4T']) expect((await search(text)).items).toMatchObject([{ case: { number }, why: { reason: 'reference', near: true } }])
    expect(await numbers('pi_9ZZQ9aZkXX4T')).toEqual([])
  })

  test('addresses of those who take part, of a whole domain, and those that are mentioned', async () => {
    const { number } = await scene.open({ subject: 'Otter', customer: { email: 'zoe@otters.test' } })
    const other = await scene.open({ subject: 'Otter', body: 'Ask zoe@otters.test about it', customer: { email: 'x@elsewhere.test' } })
    expect((await numbers('ZOE@otters.test')).sort()).toEqual([number, other.number].sort())
    expect(await numbers('zoe@ott')).toContain(number)
    expect(await numbers('@otters.test')).toContain(number)
    expect((await search('zoe@oters.test')).items).toMatchObject([{ case: { number }, why: { reason: 'address', near: true } }])
    expect(await numbers('from:zoe@otters.test')).toEqual([number])
  })

  test('businesses and people, by words of their names, and by names that are like them', async () => {
    const account = newId()
    await scene.db.insertInto('account').values({ id: account, name: 'Pinguino Heladería' }).execute()
    const one = await scene.open({ subject: 'Ice', customer: { email: 'p@ping.test', name: 'Magdalena Okonkwo' } })
    await scene.db.updateTable('case').set({ account_id: account }).where('id', '=', one.id).execute()
    expect((await search('heladeria')).items).toMatchObject([{ case: { number: one.number }, why: { reason: 'account', name: 'Pinguino Heladería', near: false } }])
    expect((await search('magdalena okon')).items).toMatchObject([{ case: { number: one.number }, why: { reason: 'customer', name: 'Magdalena Okonkwo' } }])
    expect((await search('magdalna okonkwo')).items).toMatchObject([{ case: { number: one.number }, why: { reason: 'customer', near: true } }])
    expect(await numbers('account:"pinguino heladería" ice')).toEqual([one.number])
    expect(await numbers('account:ping* nothing')).toEqual([])
  })
})

describe('what changes is found at once', () => {
  test('a subject, a message that is taken back, one that moves, a case that is removed', async () => {
    const { number } = await scene.open({ subject: 'Axolotl', body: 'gills' })
    await scene.run(ana, (work) => changeCase(work, number, { subject: 'Salamander' }))
    expect(await numbers('salamander gills')).toEqual([number])
    // The message was called that when it came.
    expect(await passages('axolotl')).toEqual([[number, '«Axolotl» gills']])
    const reply = await scene.run(ana, (work) => scene.reply(work, number, { body: 'Regrowing limbs', visibility: 'public', seenMessageId: null }))
    expect(await numbers('regrowing')).toEqual([number])
    await scene.run(ana, (work) => scene.recall(work, number, reply.messageId))
    expect(await numbers('regrowing')).toEqual([])
    const other = await scene.open({ subject: 'Newt' })
    await scene.db.updateTable('message').set({ case_id: other.id }).where('case_id', '=', (await scene.row(number)).id).where('visibility', '=', 'public').where('text', '=', 'gills').execute()
    expect(await numbers('gills')).toEqual([other.number])
    await scene.run(ana, (work) => removeCase(work, other.number, 'spam'))
    expect([await numbers('gills'), await numbers('gills is:spam'), await numbers('gills is:trash'), await numbers('is:spam newt')]).toEqual([[], [other.number], [], [other.number]])
  })

  test('what is erased leaves nothing behind', async () => {
    const mail = await scene.receive(mailFrom('gone@search.test', { text: 'Pangolin re_3abcDEF12345', attachments: [{ sha256: 'b'.repeat(64), name: 'pangolin.txt', type: 'text/plain', size: 1, inline: false, contentId: null }] }))
    expect(await numbers('pangolin')).toEqual([mail.number])
    await scene.db.deleteFrom('attachment').where('message_id', '=', mail.messageId).execute()
    await scene.db.deleteFrom('message_recipient').where('message_id', '=', mail.messageId).execute()
    await scene.db.deleteFrom('message').where('id', '=', mail.messageId).execute()
    expect([await numbers('pangolin'), await numbers('re_3abcDEF12345')]).toEqual([[], []])
    expect(await scene.db.selectFrom('search_text').select('place').where('message_id', '=', mail.messageId).execute()).toEqual([])
  })
})

describe('who may see it', () => {
  test('behind a wall nothing is found, by whatever way it is looked for', async () => {
    const wall = await scene.queue('vault', { walled: true })
    const account = newId()
    await scene.db.insertInto('account').values({ id: account, name: 'Quokka Holdings' }).execute()
    const hidden = await scene.open({ subject: 'Quokka', body: 'Wallaby tr_3secretSECRET99', queue: 'vault', customer: { email: 'q@quokka.test', name: 'Quentin Quokka' } })
    await scene.db.updateTable('case').set({ account_id: account }).where('id', '=', hidden.id).execute()
    const barred: Actor = { ...ana, barred: [wall] }
    for (const text of ['quokka', 'wallaby', 'tr_3secretSECRET99', 'tr_3secretSECRET9', 'tr_3secr', 'q@quokka.test', '@quokka.test', 'q@quoka.test', 'quentin', 'quokka holdings', 'account:"quokka holdings"', 'account:quokka* wallaby', 'queue:vault', 'queue:vault wallaby', String(hidden.number), `number:${hidden.number}`]) {
      expect([text, await numbers(text)], text).toEqual([text, expect.arrayContaining([hidden.number])])
      expect([text, (await numbers(text, barred)).filter((number) => number === hidden.number)]).toEqual([text, []])
    }
  })
})

describe('pages', () => {
  test('each case comes once, and all of them', async () => {
    const opened: number[] = []
    for (let at = 0; at < 27; at += 1) opened.push((await scene.open({ subject: `Capybara ${at}`, body: 'pond' })).number)
    const walk = async (text: string) => {
      const seen: number[] = []
      for (let next: Found['next'] = null, first = true; first || next; first = false) {
        const page: Found = await searchCases(scene.db, ana, { text, limit: 5, next })
        seen.push(...page.items.map((hit) => hit.case.number))
        next = page.next
      }
      return seen
    }
    for (const text of ['capybara', 'capybara pond', 'subject:capybara', 'capybara status:new', 'subject:capybara sort:oldest']) expect((await walk(text)).sort()).toEqual(opened.toSorted())
    expect((await walk('subject:capybara sort:oldest'))).toEqual(opened)
  })
})

describe('whatever is asked', () => {
  test.each(['', '   ', '@', '%', '_@', '\\', "'; drop table message; --", ':*', '!&|()', '\u202e', 'a'.repeat(2_000), '#', '99999999999999999', '"', '-', '-x', 'status:nothing', "it's", "'a' & 'b", 'a\\'])(
    'takes %j without harm', async (text) => expect(Array.isArray((await search(text)).items)).toBe(true))

  test('queries of every kind are answered, and hits of field terms hold', async () => {
    await fc.assert(fc.asyncProperty(query(), async (given) => {
      expect(Array.isArray((await search(writeQuery(given))).items)).toBe(true)
    }), { numRuns: 150 })
  }, 30_000)

  test('hostile text is passed on as text, and cannot mark itself', async () => {
    await scene.open({ subject: 'x', body: 'meerkat <script>alert(1)</script> «fake» meerkat' })
    expect((await search('meerkat')).items[0]?.passage).toBe('«meerkat» <script>alert(1)</script> ‹fake› «meerkat»')
  })
})

test('people who were merged are one', async () => {
  const [a, b] = [await scene.open({ customer: { email: 'a@twin.test', name: 'Twin' } }), await scene.open({ customer: { email: 'b@twin.test', name: 'Other' } })]
  await scene.run(robot, (work) => mergeCustomers(work, { kept: b.customerId, merged: a.customerId }))
  expect((await numbers('customer:b@twin.test')).sort()).toEqual([a.number, b.number])
})
