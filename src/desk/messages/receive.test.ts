import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mergeCustomers } from '#accounts'
import { newId, type Actor } from '#platform'
import { leaveParticipant } from '../cases/people.ts'
import { removeCase } from '../cases/removal.ts'
import { changeCase } from '../cases/service.ts'
import { closeSolved } from '../cases/close.ts'
import { mailFrom, openScene, refusal, robot, type Scene } from '../testing/scene.ts'
import { acceptSuggestion, declineSuggestion, detachMessage } from './decide.ts'

let scene: Scene
let ana: Actor
beforeAll(async () => {
  scene = await openScene()
  ana = await scene.agent('Ana')
})
afterAll(() => scene.close())

const standings = async (number: number) => (await scene.messages(number)).map(({ standing }) => standing)
const first = (address: string) => scene.receive(mailFrom(address))
const internetIdOf = async (number: number) => (await scene.messages(number))[0]!.internet_id!
const tokenOf = async (number: number, address: string) => (await scene.participants(number)).find((person) => person.address === address)!.reply_token
const close = async (number: number) => {
  await scene.run(ana, (work) => changeCase(work, number, { status: 'solved' }))
  await scene.run(robot, (work) => changeCase(work, number, { status: 'closed' }))
}

describe('a mail joins', () => {
  test('by its reference to a message that we have', async () => {
    const { number } = await first('ref@x.test')
    const answer = await scene.receive(mailFrom('ref@x.test', { inReplyTo: ['<unknown@elsewhere>', await internetIdOf(number)] }))
    expect(answer).toMatchObject({ became: 'reply', number })
    expect((await scene.messages(number))[1]!.joined).toEqual({ rule: 'reference', evidence: await internetIdOf(number) })
  })

  test('by the reply address of its sender, which is shown only by its beginning', async () => {
    const { number } = await first('address@x.test')
    const token = await tokenOf(number, 'address@x.test')
    const answer = await scene.receive(mailFrom('address@x.test', { replyTokens: [token.toUpperCase()] }))
    expect(answer).toMatchObject({ became: 'reply', number })
    expect(JSON.stringify((await scene.messages(number))[1]!.joined)).not.toContain(token.slice(0, 8))
  })

  test('by a checked token in its subject, and not by a number beside a wrong one', async () => {
    const { number } = await first('token@x.test')
    const token = await tokenOf(number, 'token@x.test')
    expect(await scene.receive(mailFrom('token@x.test', { subjectTokens: [`${number}-${token.slice(0, 12)}`] }))).toMatchObject({ became: 'reply', number })
    expect(await scene.receive(mailFrom('token@x.test', { subjectTokens: [`${number}-zzzzzzzzzzzz`] }))).toMatchObject({ became: 'case' })
  })

  test('never by the subject alone', async () => {
    const { number } = await first('subject@x.test')
    const again = await scene.receive(mailFrom('subject@x.test', { subject: `Re: Payout missing [#${number}] case ${number}` }))
    expect(again.became).toBe('case')
    expect(again.number).not.toBe(number)
  })
})

test('a stranger with every right mark waits; accepted, the message joins and the sender is in copy', async () => {
  const { number } = await first('owner@x.test')
  const version = (await scene.row(number)).version
  const marks = { inReplyTo: [await internetIdOf(number)], replyTokens: [await tokenOf(number, 'owner@x.test')] }
  const waiting = await scene.receive(mailFrom('stranger@y.test', marks))
  expect(waiting).toMatchObject({ became: 'suggestion', number })
  expect(await standings(number)).toEqual(['accepted', 'suggested'])
  expect((await scene.participants(number)).map(({ address }) => address)).toEqual(['owner@x.test'])
  expect((await scene.row(number)).version).toBeGreaterThan(version)
  await scene.run(ana, (work) => acceptSuggestion(work, number, waiting.messageId))
  expect(await standings(number)).toEqual(['accepted', 'accepted'])
  expect((await scene.messages(number))[1]!.joined).toEqual({ rule: 'accepted', by: ana.id })
  expect((await scene.participants(number)).map(({ address, role }) => [address, role])).toEqual([['owner@x.test', 'customer'], ['stranger@y.test', 'cc']])
  expect(await refusal(scene.run(ana, (work) => acceptSuggestion(work, number, waiting.messageId)))).toBe('message.notSuggested')
  expect(await scene.receive(mailFrom('stranger@y.test', marks))).toMatchObject({ became: 'reply' })
})

test('a declined message becomes a case of its own and is lost to nobody', async () => {
  const { number } = await first('owner2@x.test')
  const waiting = await scene.receive(mailFrom('other@y.test', { inReplyTo: [await internetIdOf(number)], subject: 'Re: mine' }))
  const own = await scene.run(ana, (work) => declineSuggestion(work, number, waiting.messageId))
  expect(own).toMatchObject({ subject: 'mine', status: 'new' })
  expect((await scene.messages(own.number))[0]).toMatchObject({ id: waiting.messageId, standing: 'accepted', joined: { rule: 'detached', from: number } })
  expect((await scene.participants(own.number)).map(({ address }) => address)).toEqual(['other@y.test'])
  expect(await scene.kinds(number)).toContain('suggestion.declined')
})

test('whoever was taken off a case is a stranger to it', async () => {
  const opened = await scene.receive(mailFrom('boss@x.test', { cc: [{ address: 'left@x.test', name: 'Left' }] }))
  await scene.run(ana, (work) => leaveParticipant(work, opened.number, 'LEFT@x.test'))
  const token = await tokenOf(opened.number, 'left@x.test')
  expect(await scene.receive(mailFrom('left@x.test', { replyTokens: [token] }))).toMatchObject({ became: 'suggestion', number: opened.number })
})

test('two customers who were merged are one sender', async () => {
  const { number } = await first('old@x.test')
  const another = await first('new@x.test')
  const ids = [(await scene.row(number)).customer_id, (await scene.row(another.number)).customer_id]
  await scene.run(ana, (work) => mergeCustomers(work, { kept: ids[1]!, merged: ids[0]! }))
  expect(await scene.receive(mailFrom('new@x.test', { inReplyTo: [await internetIdOf(number)] }))).toMatchObject({ became: 'reply', number })
})

describe('what a customer\'s mail does', () => {
  test.each([['open', 'open', null], ['pending', 'open', 'case.resumed'], ['on_hold', 'open', 'case.resumed'], ['solved', 'open', 'case.reopened']] as const)('to a case that is %s: %s', async (from, to, fact) => {
    const { number } = await first(`${from}@does.test`)
    await scene.run(ana, (work) => changeCase(work, number, { status: from }))
    await scene.receive(mailFrom(`${from}@does.test`, { inReplyTo: [await internetIdOf(number)] }))
    const row = await scene.row(number)
    expect(row).toMatchObject({ status: to, solved_at: null })
    expect(row.waiting_since).not.toBeNull()
    if (fact) expect((await scene.kinds(number)).slice(-2)).toEqual(['message.received', fact])
    else expect((await scene.kinds(number)).at(-1)).toBe('message.received')
  })

  test.each(['open', 'pending', 'on_hold', 'solved', 'closed'] as const)('when a program wrote it, to a case that is %s: nothing, and it is shown', async (status) => {
    const { number } = await first(`auto-${status}@does.test`)
    if (status === 'closed') await close(number)
    else await scene.run(ana, (work) => changeCase(work, number, { status }))
    const before = await scene.row(number)
    expect(await scene.receive(mailFrom(`auto-${status}@does.test`, { inReplyTo: [await internetIdOf(number)], automatic: 'autoSubmitted' }))).toMatchObject({ became: 'reply', number })
    expect(await scene.row(number)).toMatchObject({ status, waiting_since: before.waiting_since, status_at: before.status_at, reopens: 0 })
    expect((await scene.messages(number))[1]).toMatchObject({ automatic: 'autoSubmitted', standing: 'accepted' })
  })

  test('to a closed case: a follow-up, linked, in the same queue', async () => {
    const { number } = await first('closed@does.test')
    await close(number)
    const next = await scene.receive(mailFrom('closed@does.test', { inReplyTo: [await internetIdOf(number)] }))
    expect(next.became).toBe('followUp')
    const [before, after] = [await scene.row(number), await scene.row(next.number)]
    expect(after).toMatchObject({ follow_up_of: before.id, queue_id: before.queue_id, status: 'new' })
    expect(before.status).toBe('closed')
    expect((await scene.kinds(number)).at(-1)).toBe('case.followedUp')
  })

  test('to one in the trash: a follow-up; to one in spam: it lies there with the rest', async () => {
    const [trash, spam] = [await first('trash@does.test'), await first('spam@does.test')]
    await scene.run(ana, (work) => removeCase(work, trash.number, 'trash'))
    await scene.run(ana, (work) => removeCase(work, spam.number, 'spam'))
    expect((await scene.receive(mailFrom('trash@does.test', { inReplyTo: [await internetIdOf(trash.number)] }))).became).toBe('followUp')
    expect(await scene.receive(mailFrom('spam@does.test', { inReplyTo: [await internetIdOf(spam.number)] }))).toMatchObject({ became: 'reply', number: spam.number })
    expect((await scene.receive(mailFrom('victim@does.test', { inReplyTo: [await internetIdOf(spam.number)] }))).became).toBe('case')
    expect((await scene.row(spam.number)).removed).toBe('spam')
  })
})

test('a detached message takes its own case along, and the one that it leaves is as if it had never come', async () => {
  scene.clock.forward({ seconds: 1 })
  const { number } = await first('wrong@x.test')
  const before = await scene.row(number)
  scene.clock.forward({ minutes: 1 })
  const joined = await scene.receive(mailFrom('wrong@x.test', { inReplyTo: [await internetIdOf(number)], attachments: [{ sha256: 'a'.repeat(64), name: 'a.txt', type: 'text/plain', size: 3, inline: false, contentId: null }] }))
  const own = await scene.run(ana, (work) => detachMessage(work, number, joined.messageId))
  expect(await standings(number)).toEqual(['accepted'])
  expect((await scene.row(number)).waiting_since).toEqual(before.waiting_since)
  const attached = await scene.db.selectFrom('attachment').selectAll().where('message_id', '=', joined.messageId).executeTakeFirstOrThrow()
  expect(attached.case_id).toBe(own.id)
  const { id } = (await scene.messages(number))[0]!
  expect(await refusal(scene.run(ana, (work) => detachMessage(work, number, id)))).toBe('message.onlyOne')
  expect(await refusal(scene.run(ana, (work) => detachMessage(work, number, joined.messageId)))).toBe('message.notFound')
})

test('a case with a message that waits for a decision is not closed by the clock', async () => {
  const { number } = await first('solved@x.test')
  const waiting = await scene.receive(mailFrom('late@y.test', { inReplyTo: [await internetIdOf(number)] }))
  await scene.run(ana, (work) => changeCase(work, number, { status: 'solved' }))
  scene.clock.forward({ days: 8 })
  await scene.run(robot, (work) => closeSolved(work, 7 * 86_400_000, 100))
  expect((await scene.row(number)).status).toBe('solved')
  await scene.run(ana, (work) => declineSuggestion(work, number, waiting.messageId))
  await scene.run(robot, (work) => closeSolved(work, 7 * 86_400_000, 100))
  expect((await scene.row(number)).status).toBe('closed')
})

test('in whatever order mails with whatever marks come, nobody is in a case whom its customer or an agent did not bring in', async () => {
  const people = ['p0@prop.test', 'p1@prop.test', 'p2@prop.test']
  await fc.assert(fc.asyncProperty(fc.array(fc.record({ who: fc.nat(2), reference: fc.boolean(), address: fc.boolean(), subject: fc.boolean(), cc: fc.option(fc.nat(2)) }), { maxLength: 8 }), async (mails) => {
    const salt = newId().slice(-12)
    const at = (index: number) => `${salt}.${people[index]}`
    const root = await first(at(0))
    const [reference, token] = [await internetIdOf(root.number), await tokenOf(root.number, at(0))]
    for (const mail of mails) {
      await scene.receive(mailFrom(at(mail.who), {
        subject: `Re: Payout missing [#${root.number}]`, inReplyTo: mail.reference ? [reference] : [], replyTokens: mail.address ? [token] : [], subjectTokens: mail.subject ? [`${root.number}-${token.slice(0, 12)}`] : [],
        cc: mail.cc === null ? [] : [{ address: at(mail.cc), name: '' }],
      }))
    }
    const inside = (await scene.messages(root.number)).filter(({ standing }) => standing === 'accepted')
    expect(inside.every((message) => message.from_address === at(0))).toBe(true)
    expect((await scene.participants(root.number)).map(({ address }) => address)).toEqual([at(0)])
    const marked = mails.filter((mail) => mail.who === 0 && (mail.reference || mail.address || mail.subject)).length
    expect(inside).toHaveLength(1 + marked)
  }), { numRuns: 12 })
})
