import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#platform'
import { changeCase } from '../cases/service.ts'
import { presentCase } from '../cases/present.ts'
import { saveDraft } from '../drafts/service.ts'
import { mergeCases } from '../merging/service.ts'
import { unmergeCase } from '../merging/unmerge.ts'
import { openScene, refusal, robot, type Scene } from '../testing/scene.ts'
import { problemUpdateJob } from './jobs.ts'
import { linkIncidents, sendUpdate, sendUpdateOn, undoUpdate, unlinkIncident } from './service.ts'
import { incidentsOf, itemsOf, updatesOf } from './store.ts'

let scene: Scene
let ana: Actor
let walled: string
let job: ReturnType<typeof problemUpdateJob>
beforeAll(async () => {
  scene = await openScene()
  ana = await scene.agent('Ana')
  walled = await scene.queue('legal', { walled: true, teams: [await scene.team('Legal')] })
  job = problemUpdateJob({ delivery: scene.delivery, undoSendSeconds: 10 })
})
afterAll(() => scene.close())

const opened = async (email: string, name = 'Kim Doe') => (await scene.open({ customer: { email, name } })).number
const link = (problem: number, ...numbers: number[]) => scene.run(ana, (work) => linkIncidents(work, problem, numbers))
const send = (problem: number, given: Partial<Parameters<typeof sendUpdate>[2]> = {}) => scene.run(ana, (work) => sendUpdate(work, problem, { body: 'Dear {{customer.firstName}}, it is fixed.', ...given }))
const workOff = (update: string) => job({ update, by: ana.id }, scene.tools('problems'))
const states = async (update: string) => (await itemsOf(scene.db, [update], [])).map(({ state, code }) => code ?? state)

async function problemWith(...names: string[]) {
  const problem = await opened('status@x.test')
  const incidents: number[] = []
  for (const [index, name] of names.entries()) incidents.push(await opened(`${name.toLowerCase().split(' ')[0]}${index}@x.test`, name))
  await link(problem, ...incidents)
  return { problem, incidents }
}

describe('incidents of a problem', () => {
  test('are linked many at a time, each with its own result', async () => {
    const { problem, incidents: [first] } = await problemWith('Lee Chen')
    const [closed, hidden, nested, fresh] = [await opened('a@x.test'), await opened('b@x.test'), (await problemWith('Kim')).problem, await opened('c@x.test')]
    await scene.run(ana, (work) => changeCase(work, closed, { status: 'solved' }))
    await scene.run(robot, (work) => changeCase(work, closed, { status: 'closed' }))
    await scene.run(robot, (work) => changeCase(work, hidden, { queue: walled }))
    const { results } = await scene.run({ ...ana, barred: [walled] }, (work) => linkIncidents(work, problem, [first!, closed, hidden, nested, fresh, problem, 999_999]))
    expect(new Map(results.map(({ number, outcome, code }) => [number, code ?? outcome]))).toEqual(new Map<number, string>([
      [problem, 'link.self'], [first!, 'already'], [closed, 'case.closed'], [hidden, 'case.notFound'], [nested, 'problem.nested'], [fresh, 'linked'], [999_999, 'case.notFound'],
    ]))
    expect(await scene.row(problem)).toMatchObject({ kind: 'problem' })
    expect(await scene.row(fresh)).toMatchObject({ kind: 'incident' })
    expect(await presentCase(scene.db, ana, fresh)).toMatchObject({ parent: { number: problem } })
    expect(await presentCase(scene.db, ana, problem)).toMatchObject({ incidents: { all: 2, unsolved: 2 } })
    expect(await refusal(link(fresh, closed))).toBe('problem.nested')
    await scene.run(ana, (work) => unlinkIncident(work, problem, fresh))
    expect(await refusal(scene.run(ana, (work) => unlinkIncident(work, problem, fresh)))).toBe('problem.notIncident')
    expect(await scene.kinds(fresh)).toEqual(expect.arrayContaining(['case.linkedToProblem', 'case.unlinkedFromProblem']))
  })

  test('of one case cannot be those of two problems', async () => {
    const { incidents } = await problemWith('Lee')
    expect((await link(await opened('other@x.test'), incidents[0]!)).results).toMatchObject([{ code: 'problem.another' }])
  })

  test('follow a merge of their problem, and come back', async () => {
    const { problem, incidents } = await problemWith('Lee', 'Kim')
    const kept = await opened('kept@x.test')
    await scene.run(ana, (work) => mergeCases(work, kept, problem))
    expect((await incidentsOf(scene.db, (await scene.row(kept)).id, [])).map(({ number }) => number)).toEqual(incidents)
    await scene.run(ana, (work) => unmergeCase(work, problem))
    expect((await incidentsOf(scene.db, (await scene.row(problem)).id, [])).map(({ number }) => number)).toEqual(incidents)
  })
})

describe('an update', () => {
  test('goes to each incident’s own customer, with their own words, once', async () => {
    const { problem, incidents } = await problemWith('Lee Chen', 'Kim Doe')
    const from = scene.delivery.sent.length
    const { update } = await send(problem, { status: 'solved', problemStatus: 'solved' })
    await Promise.all([workOff(update), workOff(update)])
    await workOff(update)
    const sent = scene.delivery.sent.slice(from)
    expect(sent.map(({ caseNumber, to, cc, text }) => [caseNumber, to.length, cc.length, text]).sort()).toEqual([[incidents[0], 1, 0, 'Dear Lee, it is fixed.'], [incidents[1], 1, 0, 'Dear Kim, it is fixed.']])
    expect(await states(update)).toEqual(['sent', 'sent'])
    for (const number of [...incidents, problem]) expect((await scene.row(number)).status).toBe('solved')
    expect((await scene.kinds(problem)).filter((kind) => kind === 'problem.updated')).toHaveLength(1)
  })

  test('does not go where something that it names is not known, and says so', async () => {
    const { problem } = await problemWith('Lee Chen')
    const { update } = await send(problem, { body: 'For {{account.name}}' })
    await workOff(update)
    expect(await states(update)).toEqual(['update.missing'])
    expect((await updatesOf(scene.db, (await scene.row(problem)).id))[0]).toMatchObject({ body: 'For {{account.name}}' })
  })

  test('one case that cannot take it holds up no other', async () => {
    const { problem, incidents } = await problemWith('Lee', 'Kim', 'Ada')
    const { update } = await send(problem)
    await scene.run(ana, (work) => unlinkIncident(work, problem, incidents[0]!))
    await scene.run(robot, (work) => changeCase(work, incidents[1]!, { queue: walled }))
    await workOff(update)
    expect(await states(update)).toEqual(['problem.notIncident', 'case.notFound', 'sent'])
  })

  test('is taken back as long as it has not left, and leaves what the writer had begun', async () => {
    const { problem, incidents } = await problemWith('Lee', 'Kim', 'Ada')
    await scene.run(ana, (work) => saveDraft(work, incidents[1]!, { visibility: 'note', body: 'mine' }))
    const { update } = await send(problem, { status: 'on_hold' })
    await workOff(update)
    const [gone] = await itemsOf(scene.db, [update], [])
    scene.delivery.gone.add(gone!.messageId!)
    await scene.run(ana, (work) => undoUpdate(work, problem, update))
    await workOff(update)
    expect(await states(update)).toEqual(['reply.gone', 'recalled', 'recalled'])
    expect((await scene.row(incidents[1]!)).status).toBe('new')
    expect(await scene.db.selectFrom('draft').select('body').where('agent_id', '=', ana.id).where('visibility', '=', 'public').execute()).toEqual([])
    expect(await refusal(scene.run(ana, (work) => undoUpdate(work, problem, update)))).toBe('update.undone')
  })

  test('that is stopped before its turn goes nowhere', async () => {
    const { problem } = await problemWith('Lee')
    const { update } = await send(problem)
    await scene.run(ana, (work) => undoUpdate(work, problem, update))
    await workOff(update)
    expect(await states(update)).toEqual(['recalled'])
  })

  test('goes on to incidents that join later, and to none twice', async () => {
    const { problem, incidents } = await problemWith('Lee')
    const { update } = await send(problem)
    await workOff(update)
    const late = await opened('late@x.test', 'Late Riser')
    await link(problem, late)
    expect(await scene.run(ana, (work) => sendUpdateOn(work, problem, update, [late, incidents[0]!]))).toBe(1)
    await workOff(update)
    expect(await states(update)).toEqual(['sent', 'sent'])
    expect(scene.delivery.sent.at(-1)).toMatchObject({ caseNumber: late, text: 'Dear Late, it is fixed.' })
    expect(await refusal(scene.run(ana, (work) => sendUpdateOn(work, problem, update, [late])))).toBe('problem.noIncidents')
  })

  test('needs an incident, and somebody who may', async () => {
    expect(await refusal(send(await opened('lonely@x.test')))).toBe('problem.noIncidents')
    const { problem } = await problemWith('Lee')
    const ben = await scene.agent('Ben')
    const { update } = await scene.run(ben, (work) => sendUpdate(work, problem, { body: 'x' }))
    await scene.db.updateTable('agent').set({ deactivated_at: new Date() }).where('id', '=', ben.id).execute()
    await workOff(update)
    expect(await states(update)).toEqual(['update.actorGone'])
  })
})
