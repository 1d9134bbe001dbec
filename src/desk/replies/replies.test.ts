import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#platform'
import { insertUpload } from '../attachments/store.ts'
import { statuses, type Status } from '../cases/model.ts'
import { removeCase } from '../cases/removal.ts'
import { changeCase } from '../cases/service.ts'
import { findCase } from '../cases/store.ts'
import { saveDraft } from '../drafts/service.ts'
import { mailFrom, openScene, refusal, robot, type Scene } from '../testing/scene.ts'
import { settleDelivery } from './recall.ts'
import type { NewReply } from './service.ts'

let scene: Scene
let ana: Actor
let ben: Actor
beforeAll(async () => {
  scene = await openScene()
  ana = await scene.agent('Ana')
  ben = await scene.agent('Ben')
})
afterAll(() => scene.close())
beforeEach(() => scene.clock.forward({ minutes: 1 }))

const say = (number: number, given: Partial<NewReply> = {}, actor = ana, versionSeen: number | null = null) =>
  scene.run(actor, (work) => scene.reply(work, number, { body: 'It is on its way.', visibility: 'public', ...given }, versionSeen))
const seenOf = async (number: number) => (await scene.messages(number)).at(-1)!.id
const life = ({ status, status_at, solved_at, closed_at, reopens, waiting_since, first_replied_at, replies, last_message_at }: Awaited<ReturnType<Scene['row']>>) =>
  ({ status, status_at, solved_at, closed_at, reopens, waiting_since, first_replied_at, replies, last_message_at })

describe('a reply', () => {
  test('leaves for the customer under an id fixed before, with what it answers, and begins a new case', async () => {
    const { number } = await scene.receive(mailFrom('reply@x.test', { internetId: '<asked@x.test>', cc: [{ address: 'boss@x.test', name: 'Boss' }] }))
    const { found, messageId } = await say(number, { seenMessageId: await seenOf(number) })
    const mail = scene.delivery.sent.at(-1)!
    expect(mail).toMatchObject({
      messageId, caseNumber: number, internetId: `<${messageId}@desk.test>`, subject: 'Re: Payout missing', to: [{ address: 'reply@x.test' }], cc: [{ address: 'boss@x.test' }], inReplyTo: '<asked@x.test>',
      references: ['<asked@x.test>'], fromName: 'Ana', notBefore: new Date(scene.clock.now().getTime() + 10_000),
    })
    expect(mail.replyToken).toMatch(/^[0-9a-z]{25}$/)
    expect(found).toMatchObject({ status: 'open', waitingSince: null, firstRepliedAt: scene.clock.now(), replies: 1 })
    expect((await scene.kinds(number)).slice(-2)).toEqual(['reply.sent', 'case.begun'])
  })

  test('goes to those in copy whom the writer keeps, and brings in whom they add', async () => {
    const { number } = await scene.receive(mailFrom('copy@x.test', { cc: [{ address: 'one@x.test', name: '' }, { address: 'two@x.test', name: '' }] }))
    await say(number, { cc: ['TWO@x.test', 'new@x.test'] })
    expect(scene.delivery.sent.at(-1)!.cc.map(({ address }) => address).sort()).toEqual(['new@x.test', 'two@x.test'])
    expect(await scene.kinds(number)).toContain('participant.added')
    await say(number, { cc: [] })
    expect(scene.delivery.sent.at(-1)!.cc).toEqual([])
    expect(await refusal(say(number, { cc: ['no address'] }))).toBe('address.invalid')
  })

  test('is refused when a newer message is unseen, and shows it', async () => {
    const { number } = await scene.receive(mailFrom('stale@x.test', { internetId: '<stale@x.test>' }))
    const seen = await seenOf(number)
    await scene.receive(mailFrom('stale@x.test', { inReplyTo: ['<stale@x.test>'], text: 'Never mind, it arrived.' }))
    const failed = await say(number, { seenMessageId: seen }).catch((error: unknown) => error)
    expect(failed).toMatchObject({ code: 'reply.unseen', status: 409, detail: { newer: [{ text: 'Never mind, it arrived.', direction: 'in' }] } })
    await say(number, { seenMessageId: await seenOf(number) })
  })

  test('is not stopped by notes, suggestions or what it saw itself; a message of another case counts as nothing seen', async () => {
    const { number } = await scene.receive(mailFrom('notes@x.test', { internetId: '<notes@x.test>' }))
    const seen = await seenOf(number)
    await say(number, { visibility: 'note', body: 'hm' }, ben)
    await scene.receive(mailFrom('stranger@y.test', { inReplyTo: ['<notes@x.test>'] }))
    const other = await scene.open()
    expect(await refusal(say(number, { seenMessageId: await seenOf(other.number) }))).toBe('reply.unseen')
    await say(number, { seenMessageId: seen })
  })

  test('of two people who answer the same message at once, one is sent', async () => {
    const { number } = await scene.receive(mailFrom('race@x.test'))
    const seenMessageId = await seenOf(number)
    const before = scene.delivery.sent.length
    const outcomes = await Promise.allSettled([say(number, { seenMessageId }), say(number, { seenMessageId }, ben)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find((outcome) => outcome.status === 'rejected')).toMatchObject({ reason: { code: 'reply.unseen' } })
    expect(scene.delivery.sent).toHaveLength(before + 1)
  })

  test('against a version that is stale is refused with what changed', async () => {
    const { number, version } = await scene.open()
    await scene.run(ben, (work) => changeCase(work, number, { priority: 'high' }))
    expect(await say(number, {}, ana, version).catch((error: unknown) => error)).toMatchObject({ code: 'version.stale', status: 412, detail: { changed: [{ kind: 'priority.changed', actor: { id: ben.id } }] } })
  })

  test('is refused on what is closed or thrown away', async () => {
    const [closed, trash] = [await scene.open(), await scene.open()]
    await scene.run(ana, (work) => changeCase(work, closed.number, { status: 'solved' }))
    await scene.run(ana, (work) => changeCase(work, closed.number, { status: 'closed' }))
    await scene.run(ana, (work) => removeCase(work, trash.number, 'trash'))
    expect(await refusal(say(closed.number))).toBe('case.closed')
    expect(await refusal(say(trash.number))).toBe('case.removed')
  })
})

describe('taking a reply back', () => {
  const paths: Record<Exclude<Status, 'closed'>, Status[]> = { new: [], open: ['open'], pending: ['pending'], on_hold: ['on_hold'], solved: ['solved'] }
  const cells = statuses.filter((from) => from !== 'closed').flatMap((from) => ([undefined, 'open', 'pending', 'on_hold', 'solved'] as const).map((to) => [from, to] as const))
    .filter(([from, to]) => from !== 'solved' || to === undefined || to === 'open' || to === 'solved')

  test.each(cells)('restores a case that was %s before it became %s exactly', async (from, to) => {
    const { number } = await scene.open()
    for (const status of paths[from]) await scene.run(ana, (work) => changeCase(work, number, { status: status === 'new' ? 'open' : status }))
    const before = life(await scene.row(number))
    scene.clock.forward({ seconds: 30 })
    const { messageId } = await say(number, { status: to })
    scene.clock.forward({ seconds: 5 })
    await scene.run(ana, (work) => scene.recall(work, number, messageId))
    expect(life(await scene.row(number))).toEqual(before)
    expect((await scene.messages(number)).at(-1)!.delivery).toBe('recalled')
  })

  test('keeps what somebody else did meanwhile', async () => {
    const { number } = await scene.open()
    const { messageId } = await say(number, { status: 'solved' })
    scene.clock.forward({ seconds: 2 })
    await scene.run(ben, (work) => changeCase(work, number, { status: 'open', priority: 'urgent' }))
    await scene.run(ana, (work) => scene.recall(work, number, messageId))
    expect(await scene.row(number)).toMatchObject({ status: 'open', priority: 'urgent', replies: 0, first_replied_at: null })
  })

  test('makes a draft of it, with its files, before what was begun since', async () => {
    const { number } = await scene.open()
    const upload = await scene.run(ana, async (work) => insertUpload(work, (await findCase(work.tx, number))!, { sha256: 'b'.repeat(64), name: 'b.txt', type: 'text/plain', size: 1 }))
    const { messageId } = await say(number, { body: 'First.', attachments: [upload], cc: [] })
    await scene.run(ana, (work) => saveDraft(work, number, { visibility: 'public', body: 'Second.' }))
    await scene.run(ana, (work) => scene.recall(work, number, messageId))
    const draft = await scene.db.selectFrom('draft').selectAll().where('agent_id', '=', ana.id).where('visibility', '=', 'public').orderBy('updated_at', 'desc').executeTakeFirstOrThrow()
    expect(draft).toMatchObject({ body: 'First.\n\nSecond.', cc: [] })
    expect(await scene.db.selectFrom('attachment').select(['message_id', 'draft_id']).where('id', '=', upload).executeTakeFirst()).toEqual({ message_id: null, draft_id: draft.id })
    await say(number, { attachments: [upload] })
  })

  test('is refused once a server may have it', async () => {
    const { number } = await scene.open()
    const { messageId } = await say(number)
    scene.delivery.gone.add(messageId)
    expect(await refusal(scene.run(ana, (work) => scene.recall(work, number, messageId)))).toBe('reply.gone')
    const other = await scene.open()
    expect(await refusal(scene.run(ana, (work) => scene.recall(work, other.number, messageId)))).toBe('message.notFound')
  })
})

test('what became of a reply is noted once, also when two workers say it, and the case is not locked for it', async () => {
  const { number } = await scene.open()
  const { messageId } = await say(number)
  const version = (await scene.row(number)).version
  const outcomes = await Promise.all([1, 2].map(() => scene.run(robot, (work) => settleDelivery(work, { messageId, outcome: 'sent', detail: { attempts: 1 } }))))
  expect(outcomes).toHaveLength(2)
  expect((await scene.kinds(number)).filter((kind) => kind === 'reply.delivered')).toHaveLength(1)
  await scene.run(robot, (work) => settleDelivery(work, { messageId, outcome: 'bounced' }))
  expect((await scene.messages(number)).at(-1)!.delivery).toBe('bounced')
  expect((await scene.row(number)).version).toBe(version)
})

describe('a note', () => {
  test('reaches nobody outside, asks whom it mentions, and can move the case', async () => {
    const { number } = await scene.open()
    const before = scene.delivery.sent.length
    const { found } = await say(number, { visibility: 'note', body: 'Ben, look', mentions: [ben.id, ben.id], status: 'on_hold' })
    expect(scene.delivery.sent).toHaveLength(before)
    expect(found).toMatchObject({ status: 'on_hold', firstRepliedAt: null, replies: 0 })
    expect(found.waitingSince).not.toBeNull()
    expect((await scene.facts(number)).find(({ kind }) => kind === 'note.written')?.data).toMatchObject({ mentions: [ben.id] })
    expect((await scene.kinds(number)).slice(-2)).toEqual(['note.written', 'case.held'])
  })

  test('does not mention whom it would not reach: behind a wall, without the right, away for good, unknown', async () => {
    const [inside, outside] = [await scene.team('inside'), await scene.team('outside')]
    await scene.queue('legal', { walled: true, teams: [inside] })
    const { number } = await scene.open({ queue: 'legal' })
    const [member, stranger, admin, planner, gone] = [
      await scene.agent('In', { teamId: inside }), await scene.agent('Out', { teamId: outside }), await scene.agent('Root', { role: 'admin' }), await scene.agent('Plan', { role: 'planner', teamId: inside }), await scene.agent('Gone', { teamId: inside }),
    ]
    await scene.db.updateTable('agent').set({ deactivated_at: new Date() }).where('id', '=', gone.id).execute()
    await say(number, { visibility: 'note', mentions: [member.id, admin.id] }, member)
    for (const who of [stranger, planner, gone]) expect(await refusal(say(number, { visibility: 'note', mentions: [who.id] }, member))).toBe('mention.outside')
    expect(await refusal(say(number, { visibility: 'note', mentions: ['01900000-0000-7000-8000-000000000000'] }, member))).toBe('mention.outside')
  })
})
