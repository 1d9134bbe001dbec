import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bounceAddress } from './addresses.ts'
import type { Bounce } from './bounce.ts'
import type { Outgoing } from './index.ts'
import { lead, openScene, type Scene } from './testing/scene.ts'
import { releaseHold, retryMail, settleByHand } from './decide.ts'

let scene: Scene
let outgoing: Outgoing
beforeAll(async () => {
  scene = await openScene()
  outgoing = scene.open()
})
afterAll(() => scene.close())
beforeEach(async () => {
  await scene.db.deleteFrom('address_hold').execute()
  scene.settled.length = 0
})

const hard = (address: string) => ({ address, status: '5.1.1', diagnostic: 'smtp; 550 5.1.1 no such user' })
const bounce = (given: Partial<Bounce>) => scene.perform(lead, (work) => outgoing.recordBounce(work, { outcome: 'hard', recipients: [], originalMessageId: null, rawMailId: null, at: work.at, ...given }))
const held = async () => (await scene.db.selectFrom('address_hold').select('address').where('released_at', 'is', null).orderBy('address').execute()).map((row) => row.address)
const sent = async (given = {}) => {
  const mail = await scene.reply(outgoing, given)
  await scene.send(outgoing, mail.id)
  return mail
}
const two = { to: [{ address: 'a@x.example', name: '' }], cc: [{ address: 'b@x.example', name: '', replyToken: 'b7b7b7b7b7b7' }] }

describe('a bounce', () => {
  test('lands on the mail whose Message-ID it names: hard holds the address and is told', async () => {
    const { id, messageId, internetId } = await sent(two)
    expect(await bounce({ originalMessageId: internetId, recipients: [hard('B@x.example')] })).toBe(true)
    expect([await held(), await scene.facts(id)]).toEqual([['b@x.example'], ['mail.sent', 'mail.bounced', 'address.held']])
    expect(scene.settled.at(-1)).toMatchObject({ messageId, outcome: 'bounced' })
    await expect(scene.reply(outgoing, two)).rejects.toMatchObject({ code: 'address.held' })
  })

  test('finds its mail by the address that it came to when it names none', async () => {
    const { id } = await sent()
    expect(await bounce({ envelopeTo: ['other@example.com', bounceAddress('help@example.com', id)], recipients: [] })).toBe(true)
    expect(await held()).toEqual(['lee@customer.example'])
  })

  test.each(['soft', 'delayed'] as const)('that is %s is noted and holds nothing', async (outcome) => {
    const { id, internetId } = await sent()
    scene.settled.length = 0
    expect(await bounce({ outcome, originalMessageId: internetId, recipients: [{ address: 'lee@customer.example', status: '4.2.2', diagnostic: 'full' }] })).toBe(true)
    expect([await held(), scene.settled, await scene.db.selectFrom('bounce').select(['outcome', 'status']).where('outgoing_mail_id', '=', id).execute()])
      .toEqual([[], [], [{ outcome, status: '4.2.2' }]])
  })

  test('about nothing of ours matches nothing', async () => {
    expect(await bounce({ originalMessageId: '<other@elsewhere.example>', envelopeTo: ['help+b.00000000000000000000000000000000@example.com'], recipients: [hard('lee@customer.example')] })).toBe(false)
    expect(await held()).toEqual([])
  })

  test('can hold nobody to whom the mail did not go', async () => {
    const { internetId } = await sent(two)
    await bounce({ originalMessageId: internetId, recipients: [hard('ceo@victim.example'), hard('a@x.example')] })
    expect(await held()).toEqual(['a@x.example'])
  })

  test('from where a single recipient forwards to holds the address that we wrote to', async () => {
    const { internetId } = await sent()
    await bounce({ originalMessageId: internetId, recipients: [hard('lee@private.example')] })
    expect(await held()).toEqual(['lee@customer.example'])
  })

  test('whose job runs twice is noted once', async () => {
    const { id, internetId } = await sent()
    const rawMailId = '01900000-0000-7000-8000-00000000b00c'
    await scene.db.insertInto('raw_mail').values({ id: rawMailId, way: 'smtp', envelope_to: [], received_at: new Date(), fingerprint: Buffer.from('x'), content: Buffer.from('x'), size: 1 }).execute()
    for (let run = 0; run < 2; run++) expect(await bounce({ rawMailId, originalMessageId: internetId, recipients: [hard('lee@customer.example')] })).toBe(true)
    expect((await scene.facts(id)).filter((kind) => kind === 'mail.bounced')).toHaveLength(1)
  })

  test('of an uncertain mail says that it had left: it is not sent again', async () => {
    const { id, internetId } = await scene.reply(outgoing)
    await scene.db.updateTable('outgoing_mail').set({ state: 'uncertain', doubts: 1 }).where('id', '=', id).execute()
    await bounce({ outcome: 'soft', originalMessageId: internetId, recipients: [hard('lee@customer.example')] })
    expect(await scene.mail(id)).toMatchObject({ state: 'sent', next_at: null, doubts: 0 })
  })
})

describe('people decide', () => {
  const stateOf = (id: string, state: string, doubts = 0) => scene.db.updateTable('outgoing_mail').set({ state, doubts, next_at: null, attempts: 9 }).where('id', '=', id).execute()

  test('a released address gets mail again', async () => {
    const { internetId } = await sent()
    await bounce({ originalMessageId: internetId, recipients: [hard('lee@customer.example')] })
    await scene.perform(lead, (work) => releaseHold(work, 'Lee@customer.example'))
    expect((await scene.facts()).at(-1)).toBe('address.released')
    await scene.reply(outgoing)
    await expect(scene.perform(lead, (work) => releaseHold(work, 'lee@customer.example'))).rejects.toMatchObject({ code: 'addressHold.notFound' })
  })

  test.each([['failed', 0], ['uncertain', 2]] as const)('a mail that is %s can be tried again, under the same id', async (state, doubts) => {
    const { id, internetId } = await scene.reply(outgoing)
    await stateOf(id, state, doubts)
    await scene.perform(lead, (work) => retryMail(work, id))
    await scene.send(outgoing, id)
    expect(await scene.mail(id)).toMatchObject({ state: 'sent', internet_id: internetId, attempts: 1 })
    await expect(scene.perform(lead, (work) => retryMail(work, id))).rejects.toMatchObject({ code: 'outgoingMail.underWay' })
  })

  test.each(['sent', 'failed'] as const)('an uncertain one was %s, as somebody knows', async (outcome) => {
    const { id, messageId } = await scene.reply(outgoing)
    await stateOf(id, 'uncertain', 1)
    await scene.perform(lead, (work) => settleByHand(work, { settleDelivery: async (_work, given) => { scene.settled.push(given) } }, id, outcome))
    expect(await scene.mail(id)).toMatchObject({ state: outcome, settled_by: `agent:${lead.id}`, next_at: null })
    expect(scene.settled.at(-1)).toMatchObject({ messageId, outcome, detail: { byHand: true } })
    await expect(scene.perform(lead, (work) => settleByHand(work, { settleDelivery: async () => {} }, id, 'sent'))).rejects.toMatchObject({ code: 'outgoingMail.notUncertain' })
  })

  test('not about mails behind a wall', async () => {
    const { id } = await scene.reply(outgoing)
    await stateOf(id, 'failed')
    await expect(scene.perform({ ...lead, barred: [scene.queueId] }, (work) => retryMail(work, id))).rejects.toMatchObject({ code: 'outgoingMail.notFound' })
  })
})
