import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findAgent, setPresence } from '#people'
import { enrol, followOnce, sealAll, type Actor } from '#platform'
import { changeCase } from '../../cases/service.ts'
import { openScene, refusal, type Scene } from '../../testing/scene.ts'
import { noticeFollower } from '../notices/follow.ts'
import { noticesOf } from '../notices/store.ts'
import { endShift, undoShiftEnd, type HandingOver } from './service.ts'
import { findHandover, handedCasesOf, handoversOf, openWorkOf } from './store.ts'
import { proposedDeed, suggestedNote, turnOf, type Standing } from './model.ts'

let scene: Scene
let ana: Actor
let ben: Actor
beforeAll(async () => {
  scene = await openScene()
  await enrol(scene.db, noticeFollower.name)
  await scene.queue('night')
})
afterAll(() => scene.close())
beforeEach(async () => {
  scene.clock.forward({ minutes: 10 })
  ;[ana, ben] = [await scene.agent('Ana', { teamId: await scene.team(`Day ${Math.random()}`) }), await scene.agent('Ben')]
  await scene.run(ana, (work) => setPresence(work, ana.id, 'busy'))
})

const mine = async (queue?: string) => {
  const { number } = await scene.open(queue ? { queue } : {})
  scene.clock.forward({ seconds: 1 })
  await scene.run(ana, (work) => changeCase(work, number, { assignee: 'me' }))
  return number
}
const tomorrow = () => new Date(scene.clock.now().getTime() + 16 * 3_600_000)
const end = (cases: HandingOver[], actor = ana) => { scene.clock.forward({ seconds: 1 }); return scene.run(actor, (work) => endShift(work, { backAt: tomorrow(), leave: true, note: 'Quiet day', cases })) }
const reader = { agentId: null, barred: [], all: true }
const record = async (id: string) => (await handedCasesOf(scene.db, id, [])).map(({ number, deed, refused, undone }) => [number, deed, refused, undone])

describe('the end of a shift', () => {
  test('does with each case what was chosen, tells the receiver once, and leaves', async () => {
    const [kept, slept, back, given, second] = [await mine(), await mine(), await mine(), await mine(), await mine()]
    const id = await end([{ number: kept, deed: 'keep', note: 'Bank answers on Friday' }, { number: slept, deed: 'snooze' }, { number: back, deed: 'queue', queue: 'night' }, { number: given, deed: 'give', agent: ben.id, note: 'Call them' }, { number: second, deed: 'give', agent: ben.id }])
    expect(await record(id)).toEqual([[kept, 'keep', null, null], [slept, 'snooze', null, null], [back, 'queue', null, null], [given, 'give', null, null], [second, 'give', null, null]])
    expect(await scene.row(kept)).toMatchObject({ assignee_id: ana.id, snoozed_until: null })
    expect(await scene.row(slept)).toMatchObject({ assignee_id: ana.id, snoozed_until: tomorrow() })
    expect(await scene.row(back)).toMatchObject({ assignee_id: null })
    expect(await scene.row(given)).toMatchObject({ assignee_id: ben.id })
    const notes = async (number: number) => (await scene.messages(number)).filter(({ visibility }) => visibility === 'note').map(({ text }) => text)
    expect([await notes(kept), await notes(slept), await notes(given)]).toEqual([['Bank answers on Friday'], [], ['Call them']])
    expect((await notes(second))[0]).toMatch(/^It is our turn since /)
    expect((await findAgent(scene.db, ana.id))?.presence).toBe('off')
    await sealAll(scene.db)
    while (await followOnce(scene.perform, noticeFollower) > 0);
    expect((await noticesOf(scene.db, { agentId: ben.id, barred: [], state: 'unread' }, null, 10)).map(({ kind, count, data }) => [kind, count, data['handover']])).toEqual([['handOver', 2, id]])
    expect(await findHandover(scene.db, id, reader)).toMatchObject({ note: 'Quiet day', counts: { keep: 1, snooze: 1, queue: 1, give: 2, refused: 0 } })
  })

  test('goes on where one case cannot be handed so, and leaves nothing of it behind', async () => {
    const [stale, fine, nobody] = [await mine(), await mine(), await mine()]
    await scene.run(ben, (work) => changeCase(work, stale, { priority: 'high' }))
    const id = await end([{ number: stale, deed: 'give', agent: ben.id, version: 1 }, { number: nobody, deed: 'give', agent: '01900000-0000-7000-8000-000000000000' }, { number: fine, deed: 'queue' }])
    expect(await record(id)).toEqual([[stale, 'give', 'version.stale', null], [fine, 'queue', null, null], [nobody, 'give', 'assignee.notFound', null]])
    expect(await scene.row(stale)).toMatchObject({ assignee_id: ana.id })
    expect((await scene.messages(nobody)).filter(({ visibility }) => visibility === 'note')).toEqual([])
    expect((await scene.kinds(stale)).includes('case.handedOver')).toBe(false)
    const facts = await scene.db.selectFrom('event').select('data').where('kind', '=', 'handover.made').where('subject', '=', `handover:${id}`).execute()
    expect(facts[0]?.data).toMatchObject({ cases: 1, refused: 2, to: [] })
  })

  test('is refused as a whole for a case that is not theirs, and to programs', async () => {
    const { number } = await scene.open()
    expect(await refusal(end([{ number, deed: 'keep' }]))).toBe('handover.notMine')
    expect(await refusal(end([], { ...ana, kind: 'token' }))).toBe('handover.agentsOnly')
  })

  test('is taken back, but for what somebody went on with', async () => {
    const [slept, given, taken] = [await mine(), await mine(), await mine()]
    const before = await scene.row(given)
    const id = await end([{ number: slept, deed: 'snooze' }, { number: given, deed: 'give', agent: ben.id }, { number: taken, deed: 'give', agent: ben.id }])
    scene.clock.forward({ minutes: 1 })
    await scene.run(ben, (work) => changeCase(work, taken, { status: 'pending' }))
    expect(await refusal(scene.run(ben, (work) => undoShiftEnd(work, id)))).toBe('handover.notTheirs')
    await scene.run(ana, (work) => undoShiftEnd(work, id))
    expect(await record(id)).toEqual([[slept, 'snooze', null, 'done'], [given, 'give', null, 'done'], [taken, 'give', null, 'movedOn']])
    expect(await scene.row(slept)).toMatchObject({ snoozed_until: null })
    expect(await scene.row(given)).toMatchObject({ assignee_id: ana.id, team_id: before.team_id, queue_id: before.queue_id })
    expect(await scene.row(taken)).toMatchObject({ assignee_id: ben.id })
    expect((await findAgent(scene.db, ana.id))?.presence).toBe('busy')
    expect(await refusal(scene.run(ana, (work) => undoShiftEnd(work, id)))).toBe('handover.undone')
  })

  test('is seen by the giver, the receiver and the lead, without what lies behind a wall', async () => {
    const queue = await scene.queue(`hidden${Math.random().toString(36).slice(2)}`)
    const [open, hidden] = [await mine(), await mine(queue)]
    const id = await end([{ number: open, deed: 'give', agent: ben.id }, { number: hidden, deed: 'keep' }])
    const stranger = await scene.agent('Stranger')
    const sees = async (given: Parameters<typeof handoversOf>[1]) => (await handoversOf(scene.db, given, null, 50)).some((one) => one.id === id)
    expect([await sees({ agentId: ana.id, barred: [], all: false }), await sees({ agentId: ben.id, barred: [], all: false }), await sees({ agentId: stranger.id, barred: [], all: false }), await sees(reader)]).toEqual([true, true, false, true])
    expect((await handedCasesOf(scene.db, id, [queue])).map(({ number }) => number)).toEqual([open])
    expect((await findHandover(scene.db, id, { ...reader, barred: [queue] }))?.counts).toMatchObject({ keep: 0, give: 1 })
    expect(await openWorkOf(scene.db, ana.id, [queue])).toEqual([])
  })
})

test('open work says whose turn it is, and what was written last', async () => {
  const number = await mine()
  await scene.run(ana, (work) => scene.reply(work, number, { body: 'Which bank?', visibility: 'public', status: 'pending' }))
  await scene.run(ana, (work) => scene.reply(work, number, { body: 'Then ask the bank', visibility: 'note' }))
  const [open] = await openWorkOf(scene.db, ana.id, [])
  expect(open).toMatchObject({ number, turn: 'customer', since: scene.clock.now(), replies: 1, drafts: 0, note: 'Then ask the bank', last: { ours: true } })
})

describe('how a case stands', () => {
  const at = (hours: number) => new Date(Date.UTC(2026, 2, 2, hours))
  const standing = (given: Partial<Standing> = {}): Standing => ({ status: 'open', priority: 'normal', turn: 'us', since: at(9), dueAt: null, last: { at: at(9), ours: false }, replies: 0, drafts: 0, snoozedUntil: null, ...given })
  const say = (when: Date) => `${when.getUTCHours()}h`

  test.each([['pending', 'customer', 8], ['on_hold', 'partner', 8], ['open', 'us', 7], ['new', 'us', 7]] as const)('%s: the turn of %s', (status, turn, since) =>
    expect(turnOf({ status, statusAt: at(8), waitingSince: at(7) })).toEqual({ turn, since: at(since) }))

  test('in words', () => {
    expect(suggestedNote(standing(), at(10), say)).toBe('It is our turn since 9h. Last word: the customer’s, 9h; not answered yet.')
    expect(suggestedNote(standing({ turn: 'partner', replies: 2, dueAt: at(8), drafts: 1, last: { at: at(9), ours: true } }), at(10), say)).toBe('Waits for somebody outside since 9h. Last word: ours, 9h. Late since 8h. An answer is begun and not sent.')
  })

  test.each([[{}, 'keep'], [{ turn: 'customer' }, 'snooze'], [{ dueAt: at(20) }, 'queue'], [{ dueAt: at(40) }, 'keep'], [{ snoozedUntil: at(40), turn: 'customer' }, 'keep']] as const)('%j is proposed to %s', (given, deed) =>
    expect(proposedDeed(standing(given), at(33))).toBe(deed))
})
