import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#platform'
import type { CaseAction } from '../actions/model.ts'
import { changeCase } from '../cases/service.ts'
import { mailFrom, openScene, refusal, type Scene } from '../testing/scene.ts'
import { bulkJob } from './jobs.ts'
import { csvLine, effectsOf } from './model.ts'
import { matching } from './matching.ts'
import { previewBulk } from './preview.ts'
import { beginBulk, cancelBulk, limitAgents, undoBulk, type NewBulk } from './service.ts'
import { countItems, findRun, itemsOf, type ItemView } from './store.ts'
import { workItem } from './work.ts'

let scene: Scene
let ana: Actor
let lee: Actor
let lead: Actor
let walled: string
beforeAll(async () => {
  scene = await openScene()
  ana = await scene.agent('Ana')
  lee = await scene.agent('Lee')
  lead = await scene.agent('Lead', { role: 'lead' })
  walled = await scene.queue('walled', { walled: true })
  await scene.db.insertInto('topic').values({ key: 'refunds', title: 'Refunds' }).execute()
})
afterAll(() => scene.close())
beforeEach(() => scene.clock.forward({ minutes: 5 }))

const options = () => ({ delivery: scene.delivery, undoSendSeconds: 10 })
const open = async (count: number) => (await Promise.all(Array.from({ length: count }, () => scene.open()))).sort((a, b) => a.number - b.number)
const chosen = (cases: readonly { number: number; version: number }[]) => cases.map(({ number, version }) => ({ number, versionSeen: version }))
const begin = (actor: Actor, given: NewBulk) => scene.run(actor, (work) => beginBulk(work, given))
const job = (run: string) => bulkJob(options())({ run }, scene.tools('desk.bulk'))
const results = (run: string) => itemsOf(scene.db, run, [], { states: null, after: 0, limit: 1_000 })
const states = async (run: string) => (await results(run)).map(({ state, code }) => (code ? `${state} ${code}` : state))
const run = async (actor: Actor, cases: readonly { number: number; version: number }[], ...actions: CaseAction[]) => {
  const begun = await begin(actor, { actions, cases: chosen(cases) })
  await job(begun.id)
  return begun.id
}
const undo = async (actor: Actor, id: string) => {
  const undoing = await scene.run(actor, (work) => undoBulk(work, id))
  await job(undoing.id)
  return undoing.id
}

describe('a run', () => {
  test('does to each case what was asked, tells it, and ends with one result for each', async () => {
    const cases = await open(3)
    await scene.run(lee, (work) => changeCase(work, cases[1]!.number, { priority: 'high', tags: ['vip'] }))
    const again = await Promise.all(cases.map(async ({ number }) => ({ number, version: (await scene.row(number)).version })))
    const id = await run(ana, again, { do: 'priority', to: 'high' }, { do: 'tag', add: ['vip'] })
    expect(await states(id)).toEqual(['done', 'same', 'done'])
    expect(await scene.row(cases[0]!.number)).toMatchObject({ priority: 'high' })
    expect((await scene.kinds(cases[0]!.number)).slice(-3)).toEqual(['priority.changed', 'tag.added', 'bulk.applied'])
    expect((await results(id))[0]!.changes?.fields).toEqual([{ field: 'priority', from: 'normal', to: 'high' }, { field: 'tag', from: null, to: 'vip' }])
    expect(await findRun(scene.db, id)).toMatchObject({ total: 3, finishedAt: scene.clock.now() })
  })

  test('leaves alone what somebody changed since it was chosen, and says why each refusal', async () => {
    const [changed, closed, fine] = await open(3)
    await scene.run(ana, (work) => changeCase(work, closed!.number, { status: 'solved' }))
    await scene.run(ana, (work) => changeCase(work, closed!.number, { status: 'closed' }))
    await scene.run(lee, (work) => changeCase(work, changed!.number, { priority: 'urgent' }))
    const id = await run(ana, [changed!, { number: closed!.number, version: (await scene.row(closed!.number)).version }, fine!], { do: 'priority', to: 'low' })
    expect(await states(id)).toEqual(['refused version.stale', 'refused case.closed', 'done'])
    expect(await scene.row(changed!.number)).toMatchObject({ priority: 'urgent' })
  })

  test('over a query does what it found, while it still matches', async () => {
    const cases = await open(3)
    for (const { number } of cases) await scene.run(ana, (work) => changeCase(work, number, { tags: ['wave'] }))
    const found = await matching(scene.db, ana, 'tag:wave is:unsolved', 100)
    expect(found.map(({ number }) => number)).toEqual(cases.map(({ number }) => number))
    const begun = await begin(ana, { actions: [{ do: 'priority', to: 'low' }], cases: found, query: 'tag:wave is:unsolved' })
    await scene.run(lee, (work) => changeCase(work, cases[0]!.number, { tags: [] }))
    await scene.run(lee, (work) => changeCase(work, cases[1]!.number, { priority: 'urgent' }))
    await job(begun.id)
    expect(await states(begun.id)).toEqual(['refused bulk.noLonger', 'done', 'done'])
  })

  test('finds nothing behind a wall, and moves nothing there that its owner could not see', async () => {
    const hidden = await scene.open({ queue: 'walled' })
    const seen = await scene.open()
    const behind: Actor = { ...ana, barred: [walled] }
    expect(await matching(scene.db, behind, `is:unsolved`, 10_000)).not.toContainEqual(expect.objectContaining({ number: hidden.number }))
    expect((await previewBulk(scene.db, behind, chosen([hidden, seen]), [{ do: 'priority', to: 'low' }], scene.clock.now())).total).toBe(1)
    expect(await refusal(begin(behind, { actions: [{ do: 'priority', to: 'low' }], cases: chosen([hidden]) }))).toBe('bulk.nothing')
    expect(await refusal(begin(behind, { actions: [{ do: 'queue', to: 'walled' }], cases: chosen([seen]) }))).toBe('queue.notFound')
  })

  test('fills in a reply case by case, and goes out over no message that nobody read', async () => {
    const [one, two, unnamed] = [await scene.open({ customer: { email: 'a@bulk.test', name: 'Ana Ruiz' } }), await scene.receive(mailFrom('b@bulk.test', { from: { address: 'b@bulk.test', name: 'Bo Li' }, internetId: '<bulk@x.test>' })), await scene.open({ customer: { email: 'c@bulk.test', name: '' } })]
    const reply: CaseAction = { do: 'reply', body: 'Hello {{customer.firstName}}, #{{case.number}} is done.' }
    const row = await scene.row(two.number)
    const preview = await previewBulk(scene.db, ana, chosen([one, row, unnamed]), [reply], scene.clock.now())
    expect(preview).toMatchObject({ change: 2, refused: [{ code: 'reply.unfilled', cases: 1, numbers: [unnamed.number] }], sample: { number: one.number, text: `Hello Ana, #${one.number} is done.` } })
    const begun = await begin(ana, { actions: [reply], cases: chosen([one, row, unnamed]).map(({ number }) => ({ number, versionSeen: null })) })
    await scene.receive(mailFrom('b@bulk.test', { inReplyTo: ['<bulk@x.test>'], text: 'It came.' }))
    await job(begun.id)
    expect(await states(begun.id)).toEqual(['done', 'refused reply.unseen', 'refused reply.unfilled'])
    expect(scene.delivery.sent.at(-1)?.text).toBe(`Hello Ana, #${one.number} is done.`)
  })

  test('is called off: what has not begun stays as it is', async () => {
    const cases = await open(3)
    const begun = await begin(ana, { actions: [{ do: 'priority', to: 'low' }], cases: chosen(cases) })
    await workItem({ perform: scene.perform, options: options() }, ana, begun, 1)
    expect(await refusal(scene.run(lee, (work) => cancelBulk(work, begun.id)))).toBe('bulk.notFound')
    await scene.run(lead, (work) => cancelBulk(work, begun.id))
    await job(begun.id)
    expect(await states(begun.id)).toEqual(['done', 'cancelled', 'cancelled'])
    expect(await refusal(scene.run(ana, (work) => cancelBulk(work, begun.id)))).toBe('bulk.finished')
    expect(await states(await undo(ana, begun.id))).toEqual(['done'])
  })

  test('of agents is as large as an administrator lets it be', async () => {
    const cases = await open(3)
    await scene.run(lead, (work) => limitAgents(work, 2))
    expect(await refusal(begin(ana, { actions: [{ do: 'priority', to: 'low' }], cases: chosen(cases) }))).toBe('bulk.tooMany')
    await begin(lead, { actions: [{ do: 'priority', to: 'low' }], cases: chosen(cases) })
    await scene.run(lead, (work) => limitAgents(work, 500))
  })

  test('of somebody who left meanwhile does nothing more', async () => {
    const gone = await scene.agent('Gone')
    const begun = await begin(gone, { actions: [{ do: 'priority', to: 'low' }], cases: chosen(await open(2)) })
    await scene.db.updateTable('agent').set({ deactivated_at: scene.clock.now() }).where('id', '=', gone.id).execute()
    await job(begun.id)
    expect(await states(begun.id)).toEqual(['refused bulk.actorGone', 'refused bulk.actorGone'])
    expect((await findRun(scene.db, begun.id))?.finishedAt).not.toBeNull()
  })

  test('worked off by two at once, beside agents and another run, changes each case once', async () => {
    const cases = await open(30)
    const given: NewBulk = { actions: [{ do: 'tag', add: ['once'] }, { do: 'note', body: 'Once.' }], cases: cases.map(({ number }) => ({ number, versionSeen: null })) }
    const [first, second] = [await begin(ana, given), await begin(lee, { ...given, actions: [{ do: 'priority', to: 'high' }] })]
    const edits = cases.slice(0, 10).map(({ number }) => scene.run(lead, (work) => changeCase(work, number, { topic: 'refunds' })))
    await Promise.all([job(first.id), job(first.id), job(second.id), job(second.id), ...edits])
    await Promise.all([job(first.id), job(second.id)])
    const counts = await countItems(scene.db, [first.id, second.id], [])
    expect([counts.get(first.id)?.done, counts.get(second.id)?.done]).toEqual([30, 30])
    for (const { number } of cases) expect((await scene.messages(number)).filter(({ text }) => text === 'Once.')).toHaveLength(1)
    expect(await scene.row(cases[3]!.number)).toMatchObject({ priority: 'high', topic: 'refunds' })
  }, 30_000)
})

describe('taking a run back', () => {
  const life = async (number: number) => {
    const { status, status_at, solved_at, reopens, waiting_since, priority, assignee_id, team_id } = await scene.row(number)
    return { status, status_at, solved_at, reopens, waiting_since, priority, assignee_id, team_id }
  }

  test('makes each case as it was: no reopening is counted, and the customer waits since before', async () => {
    const [fresh, pending] = await open(2)
    await scene.run(lee, (work) => changeCase(work, pending!.number, { status: 'pending', assignee: 'me' }))
    const before = [await life(fresh!.number), await life(pending!.number)]
    scene.clock.forward({ minutes: 1 })
    const id = await run(ana, [fresh!, { number: pending!.number, version: (await scene.row(pending!.number)).version }], { do: 'status', to: 'solved' }, { do: 'assign', to: 'me' }, { do: 'priority', to: 'urgent' })
    expect(await states(id)).toEqual(['done', 'done'])
    scene.clock.forward({ minutes: 1 })
    const undoing = await undo(ana, id)
    expect([await life(fresh!.number), await life(pending!.number)]).toEqual(before)
    expect((await results(undoing)).map(({ kept }) => kept)).toEqual([null, null])
    expect((await scene.facts(fresh!.number)).find(({ kind }) => kind === 'case.reopened')?.data).toMatchObject({ from: 'solved', to: 'new', undone: true })
    expect(await refusal(scene.run(ana, (work) => undoBulk(work, id)))).toBe('bulk.undone')
    expect(await refusal(scene.run(ana, (work) => undoBulk(work, undoing)))).toBe('bulk.undoOfUndo')
  })

  test('leaves what somebody changed since, and says which and why', async () => {
    const [touched, reopened] = await open(2)
    const id = await run(ana, [touched!, reopened!], { do: 'priority', to: 'urgent' }, { do: 'tag', add: ['campaign'] }, { do: 'status', to: 'solved' })
    await scene.run(lee, (work) => changeCase(work, touched!.number, { priority: 'low' }))
    scene.clock.forward({ minutes: 1 })
    for (const status of ['open', 'solved'] as const) await scene.run(lee, (work) => changeCase(work, reopened!.number, { status }))
    const undoing = await undo(ana, id)
    const kept = new Map((await results(undoing)).map((item): [number, ItemView['kept']] => [item.number, item.kept]))
    expect(kept.get(touched!.number)).toEqual([{ field: 'priority', why: 'changedSince' }])
    expect(kept.get(reopened!.number)).toEqual([{ field: 'status', why: 'changedSince' }])
    expect(await scene.row(touched!.number)).toMatchObject({ priority: 'low', status: 'new' })
    expect(await scene.row(reopened!.number)).toMatchObject({ priority: 'normal', status: 'solved' })
  })

  test('takes replies back only while they have not left; notes stay', async () => {
    const cases = await open(2)
    const id = await run(ana, cases, { do: 'reply', body: 'Done.' }, { do: 'note', body: 'Sent.' }, { do: 'status', to: 'solved' })
    const [first, second] = await results(id)
    scene.delivery.gone.add(second!.changes!.replies![0]!)
    const undoing = await undo(ana, id)
    const kept = new Map((await results(undoing)).map((item): [number, ItemView['kept']] => [item.number, item.kept]))
    expect(kept.get(first!.number)).toEqual([{ field: 'note', why: 'noteStays' }])
    expect(kept.get(second!.number)).toEqual([{ field: 'note', why: 'noteStays' }, { field: 'reply', why: 'replyLeft' }])
    expect((await results(undoing)).map(({ changes }) => changes?.replies?.length)).toEqual([0, 1])
    expect([(await scene.row(first!.number)).status, (await scene.row(second!.number)).status]).toEqual(['new', 'new'])
    expect(await scene.db.selectFrom('draft').selectAll().execute()).toEqual([])
  })

  test('waits for a run that goes on', async () => {
    const begun = await begin(ana, { actions: [{ do: 'priority', to: 'low' }], cases: chosen(await open(1)) })
    expect(await refusal(scene.run(ana, (work) => undoBulk(work, begun.id)))).toBe('bulk.running')
    expect(await refusal(scene.run(lee, (work) => undoBulk(work, begun.id)))).toBe('bulk.notFound')
  })
})

test('what happens to how many', () => {
  expect(effectsOf([[{ field: 'priority', from: 'low', to: 'high' }], [{ field: 'priority', from: 'low', to: 'high' }, { field: 'reply', from: null, to: 'Hi Ana' }], [{ field: 'reply', from: null, to: 'Hi Bo' }]]))
    .toEqual([{ field: 'priority', from: 'low', to: 'high', cases: 2 }, { field: 'reply', from: null, to: null, cases: 2 }])
})

test.each([['=1+1', `'=1+1\r\n`], [' @cmd', `' @cmd\r\n`], ['a,"b"', `"a,""b"""\r\n`], ['-2', `'-2\r\n`], ['plain', 'plain\r\n'], ['\tx', `'\tx\r\n`], ['a\nb', '"a\nb"\r\n']])('%j stays text in a spreadsheet', (text, line) => expect(csvLine([text])).toBe(line))
