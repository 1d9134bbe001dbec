import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#platform'
import { changeCase } from '../cases/service.ts'
import { presentCase } from '../cases/present.ts'
import { keepUpload } from '../attachments/service.ts'
import { dropForgottenUploads } from '../attachments/store.ts'
import { mergeCases } from '../merging/service.ts'
import { unmergeCase } from '../merging/unmerge.ts'
import { settleDelivery } from '../replies/recall.ts'
import { mailFrom, openScene, refusal, robot, type Scene } from '../testing/scene.ts'
import { afterAnswered, afterSet, decideSide, isColleague, isOverdue } from './model.ts'
import { changePartner, createPartner } from './partners.ts'
import { changeSide, decideSuggested, sideWriter } from './service.ts'
import { countSides, findSide, listSides, sidesOf } from './store.ts'
import { sidesTick } from './ticks.ts'
import { presentSides } from './views.ts'

let scene: Scene
let ana: Actor
let walled: string
let writer: ReturnType<typeof sideWriter>
beforeAll(async () => {
  scene = await openScene()
  ana = await scene.agent('Ana')
  walled = await scene.queue('legal', { walled: true, teams: [await scene.team('Legal')] })
  writer = sideWriter({ delivery: scene.delivery, undoSendSeconds: 10 })
})
afterAll(() => scene.close())

const BANK = 'desk@bank.test'
const NOBODY: string[] = []
async function asked(given: { to?: { address: string }[]; dueAt?: Date; hold?: boolean; attachments?: string[]; quote?: string } = {}) {
  const { number } = await scene.open({ customer: { email: 'lee@customer.test' } })
  const written = await scene.run(ana, (work) => writer.open(work, number, { to: [{ address: BANK }], subject: 'Payout po_1', body: 'Where is it?', ...given }))
  const mail = scene.delivery.sent.at(-1)!
  return { number, ...written, mail, id: written.side.id }
}
const sides = async (number: number) => presentSides(scene.db, await sidesOf(scene.db, (await scene.row(number)).id))

describe('where a mail goes', () => {
  test.each([
    [{ asked: true, colleague: false, participant: false, markedForCase: true }, 'side'],
    [{ asked: true, colleague: true, participant: true, markedForCase: true }, 'side'],
    [{ asked: false, colleague: true, participant: false, markedForCase: false }, 'side'],
    [{ asked: false, colleague: true, participant: true, markedForCase: true }, 'case'],
    [{ asked: false, colleague: false, participant: true, markedForCase: false }, 'suggestion'],
    [{ asked: false, colleague: false, participant: false, markedForCase: true }, 'suggestion'],
  ] as const)('%o: %s', (sender, where) => expect(decideSide(sender)).toBe(where))

  test('only the customer’s own people are ever heard as customers', () => {
    fc.assert(fc.property(fc.record({ asked: fc.boolean(), colleague: fc.boolean(), participant: fc.boolean(), markedForCase: fc.boolean() }), (sender) => {
      if (decideSide(sender) === 'case') expect(sender.participant && sender.markedForCase && !sender.asked).toBe(true)
    }))
  })

  test.each([['kim@bank.test', true], ['x@gmail.com', false], ['x@evil-bank.test', false], ['x@sub.bank.test', false], ['nonsense', false]])('%s is of the bank: %s', (address, is) =>
    expect(isColleague(address, [BANK, 'y@gmail.com'])).toBe(is))

  test('the clock of a side conversation', () => {
    const at = new Date('2026-03-02T09:00:00Z')
    const waiting = { status: 'waiting' as const, askedAt: at, dueAt: at, overdueAt: null }
    expect(isOverdue(waiting, at)).toBe(true)
    expect(afterAnswered(waiting, true)).toBe(waiting)
    expect(afterAnswered(waiting, false)).toEqual({ status: 'open', askedAt: null, dueAt: null, overdueAt: null })
    expect(afterSet({ ...waiting, status: 'done', askedAt: null }, 'waiting', at).askedAt).toBe(at)
  })
})

describe('asking a partner', () => {
  test('sends a mail of its own, by an address of its own, and takes nobody into the case', async () => {
    const { number, mail, found, side } = await asked({ hold: true, dueAt: new Date('2026-03-04T09:00:00Z') })
    expect(mail).toMatchObject({ side: true, caseNumber: number, to: [{ address: BANK }], cc: [], references: [], subject: 'Payout po_1' })
    expect(mail.replyToken).not.toBe((await scene.participants(number))[0]!.reply_token)
    expect([found.status, side.status]).toEqual(['on_hold', 'waiting'])
    expect((await scene.participants(number)).map(({ address }) => address)).toEqual(['lee@customer.test'])
    expect(await scene.messages(number)).toHaveLength(1)
    expect(await scene.kinds(number)).toEqual(expect.arrayContaining(['side.opened', 'case.held']))
    expect((await presentCase(scene.db, ana, number)).sides).toBe(1)
  })

  test('the answer lands there and never with the customer; the case that waited for it goes on', async () => {
    const { number, mail } = await asked({ hold: true })
    const answer = await scene.receive(mailFrom(BANK, { replyTokens: [mail.replyToken], text: 'INTERNAL: fraud', inReplyTo: [mail.internetId] }))
    expect(answer).toMatchObject({ became: 'side', number })
    expect(await scene.messages(number)).toHaveLength(1)
    const [side] = await sides(number)
    expect([side!.status, side!.messages.map(({ text }) => text)]).toEqual(['open', ['Where is it?', 'INTERNAL: fraud']])
    expect((await scene.row(number)).status).toBe('open')
    await scene.run(ana, (work) => scene.reply(work, number, { body: 'To the customer', visibility: 'public' }))
    const reply = scene.delivery.sent.at(-1)!
    expect([reply.to.map(({ address }) => address), reply.cc]).toEqual([['lee@customer.test'], []])
    expect([reply.references, reply.text].flat().join()).not.toContain('fraud')
    expect(reply.references).not.toContain(mail.internetId)
    const customers = await scene.db.selectFrom('customer_address').select('address').where('address', '=', BANK).execute()
    expect(customers).toEqual([])
  })

  test('a reply that points both ways is the partner’s, whatever comes first', async () => {
    const { number, mail } = await asked()
    const [first] = await scene.messages(number)
    const theirs = (await scene.participants(number))[0]!.reply_token
    expect(await scene.receive(mailFrom(BANK, { inReplyTo: [first!.internet_id ?? '<none>'], replyTokens: [theirs, mail.replyToken] }))).toMatchObject({ became: 'side' })
    expect(await scene.receive(mailFrom('lee@customer.test', { replyTokens: [theirs, mail.replyToken], text: 'to all' }))).toMatchObject({ became: 'reply', number })
    expect(await scene.receive(mailFrom('lee@customer.test', { replyTokens: [mail.replyToken], text: 'forwarded' }))).toMatchObject({ became: 'side' })
    expect((await scene.messages(number)).map(({ text }) => text)).toEqual(['Where is it?', 'to all'])
    expect((await sides(number))[0]!.messages.map(({ standing }) => standing)).toEqual(['accepted', 'accepted', 'suggested'])
  })

  test('by a token in the subject; a wrong one leads nowhere', async () => {
    const { number, mail } = await asked()
    expect(await scene.receive(mailFrom(BANK, { subjectTokens: [`[#${number}-${mail.replyToken.slice(0, 6)}]`] }))).toMatchObject({ became: 'side', number })
    expect(await scene.receive(mailFrom('x@else.test', { subjectTokens: [`[#${number}-zzzzzz]`] }))).toMatchObject({ became: 'case' })
  })

  test('strangers wait until somebody lets them in; those let in are asked from now on', async () => {
    const { number, mail, id } = await asked()
    await scene.receive(mailFrom('kim@bank.test', { replyTokens: [mail.replyToken], text: 'a colleague' }))
    await scene.receive(mailFrom('evil@else.test', { replyTokens: [mail.replyToken], text: 'bad' }))
    await scene.receive(mailFrom('good@else.test', { replyTokens: [mail.replyToken], text: 'good' }))
    const waiting = (await sides(number))[0]!.messages.filter(({ standing }) => standing === 'suggested')
    expect(waiting.map(({ text }) => text)).toEqual(['bad', 'good'])
    await scene.run(ana, (work) => decideSuggested(work, id, waiting[0]!.id, false))
    await scene.run(ana, (work) => decideSuggested(work, id, waiting[1]!.id, true))
    expect((await sides(number))[0]!.parties.map(({ address }) => address)).toEqual([BANK, 'good@else.test'])
    expect(await refusal(scene.run(ana, (work) => decideSuggested(work, id, waiting[1]!.id, true)))).toBe('side.notSuggested')
    await scene.run(ana, (work) => writer.write(work, id, { body: 'Thanks' }))
    expect(scene.delivery.sent.at(-1)).toMatchObject({ subject: 'Re: Payout po_1', cc: [{ address: 'good@else.test' }], references: expect.arrayContaining([mail.internetId]) })
  })

  test('an automatic answer starts nothing', async () => {
    const { number, mail } = await asked({ hold: true })
    await scene.receive(mailFrom(BANK, { replyTokens: [mail.replyToken], automatic: 'auto-replied' }))
    expect([(await sides(number))[0]!.status, (await scene.row(number)).status]).toEqual(['waiting', 'on_hold'])
  })

  test('can be taken back until it leaves; then it is as it was', async () => {
    const { number, id, messageId } = await asked()
    expect(await scene.run(ana, (work) => writer.recall(work, id, messageId))).toMatchObject({ body: 'Where is it?' })
    expect(await sides(number)).toEqual([])
    const again = await asked({ dueAt: new Date('2026-03-04T09:00:00Z') })
    const more = await scene.run(ana, (work) => writer.write(work, again.id, { body: 'And?', dueAt: null }))
    await scene.run(ana, (work) => writer.recall(work, again.id, more.messageId))
    expect((await findSide(scene.db, again.id))?.dueAt).toEqual(new Date('2026-03-04T09:00:00Z'))
    scene.delivery.gone.add(again.messageId)
    expect(await refusal(scene.run(ana, (work) => writer.recall(work, again.id, again.messageId)))).toBe('side.gone')
  })

  test('what became of the mail is shown with it', async () => {
    const { number, messageId } = await asked()
    await scene.run(robot, (work) => settleDelivery(work, { messageId, outcome: 'bounced' }))
    expect((await sides(number))[0]!.messages[0]!.delivery).toBe('bounced')
    expect((await scene.kinds(number)).filter((kind) => kind.startsWith('reply.'))).toEqual([])
    expect(await scene.kinds(number)).toContain('side.bounced')
  })

  test('takes files of the case and uploads along, which nobody sweeps away', async () => {
    const { number } = await scene.open()
    const sha256 = 'a'.repeat(64)
    const [upload] = await scene.run(ana, (work) => keepUpload(work, number, [{ sha256, name: 'proof.pdf', type: 'application/pdf', size: 3, maskedCards: 0 }]))
    const { side } = await scene.run(ana, (work) => writer.open(work, number, { to: [{ address: BANK }], subject: 'x', body: 'y', attachments: [upload!.id] }))
    expect(scene.delivery.sent.at(-1)!.attachments).toMatchObject([{ sha256, name: 'proof.pdf' }])
    await scene.run(ana, (work) => writer.write(work, side.id, { body: 'again', attachments: [upload!.id] }))
    await scene.run(robot, (work) => dropForgottenUploads(work.tx, new Date(work.at.getTime() + 60_000), 100))
    expect((await sides(number))[0]!.messages.map(({ attachments }) => attachments.length)).toEqual([1, 1])
    const other = await scene.open()
    expect(await refusal(scene.run(ana, (work) => writer.open(work, other.number, { to: [{ address: BANK }], subject: 'x', body: 'y', attachments: [upload!.id] })))).toBe('attachment.notFound')
  })

  test('is refused to the customer’s side, to nobody, and over an answer that was not seen', async () => {
    const { number, id, messageId, mail } = await asked()
    expect(await refusal(scene.run(ana, (work) => writer.open(work, number, { to: [{ address: 'LEE@customer.test' }], subject: 'x', body: 'y' })))).toBe('side.customer')
    expect(await refusal(scene.run(ana, (work) => writer.open(work, number, { to: [], subject: 'x', body: 'y' })))).toBe('side.noRecipient')
    await scene.receive(mailFrom(BANK, { replyTokens: [mail.replyToken] }))
    expect(await refusal(scene.run(ana, (work) => writer.write(work, id, { body: 'z', seenMessageId: messageId })))).toBe('side.unseen')
  })
})

describe('waiting for partners', () => {
  test('is told once when the answer is overdue, and shown in one list; behind a wall to nobody outside', async () => {
    const { number, id } = await asked({ dueAt: new Date(scene.clock.now().getTime() - 1000) })
    await sidesTick.run(scene.tools('desk.sides'))
    await sidesTick.run(scene.tools('desk.sides'))
    expect((await scene.kinds(number)).filter((kind) => kind === 'side.overdue')).toHaveLength(1)
    const filter = { status: null, overdue: true, agentId: ana.id, barred: NOBODY, now: scene.clock.now() }
    expect((await listSides(scene.db, filter, null, 10)).map((side) => side.id)).toContain(id)
    await scene.run(robot, (work) => changeCase(work, number, { queue: walled }))
    expect((await listSides(scene.db, { ...filter, barred: [walled] }, null, 10)).map((side) => side.id)).not.toContain(id)
    expect((await countSides(scene.db, [], scene.clock.now())).overdue - (await countSides(scene.db, [walled], scene.clock.now())).overdue).toBe(1)
    expect(await refusal(scene.run({ ...ana, barred: [walled] }, (work) => changeSide(work, id, { status: 'done' })))).toBe('side.notFound')
    await scene.run(ana, (work) => changeSide(work, id, { dueAt: new Date(scene.clock.now().getTime() + 60_000) }))
    expect((await findSide(scene.db, id))?.overdueAt).toBeNull()
    expect(await refusal(scene.run(ana, (work) => changeSide(work, id, { status: 'done' }, 1)))).toBe('version.stale')
    await scene.run(ana, (work) => changeSide(work, id, { status: 'done' }))
    expect((await presentCase(scene.db, robot, number)).sides).toBe(0)
  })

  test('goes along with a merge, and back', async () => {
    const { number, mail } = await asked()
    const { number: other } = await scene.open({ customer: { email: 'lee@customer.test' } })
    await scene.run(ana, (work) => mergeCases(work, other, number))
    expect(await sides(other)).toHaveLength(1)
    expect(await scene.receive(mailFrom(BANK, { subjectTokens: [`[#${number}-${mail.replyToken.slice(0, 6)}]`] }))).toMatchObject({ became: 'side', number: other })
    await scene.run(ana, (work) => unmergeCase(work, number))
    expect([(await sides(other)).length, (await sides(number))[0]!.messages.length]).toEqual([0, 2])
  })

  test('partners are kept in an address book', async () => {
    const partner = await scene.run(ana, (work) => createPartner(work, { name: 'Bank', address: 'Desk@Bank.test', dueHours: 48 }))
    expect(partner.address).toBe(BANK)
    expect(await refusal(scene.run(ana, (work) => createPartner(work, { name: 'Again', address: BANK })))).toBe('partner.there')
    expect(await refusal(scene.run(ana, (work) => changePartner(work, partner.id, { note: 'x' }, 9)))).toBe('partner.stale')
    expect(await scene.run(ana, (work) => changePartner(work, partner.id, { archived: true }, 1))).toMatchObject({ archived: true, version: 2 })
  })
})
