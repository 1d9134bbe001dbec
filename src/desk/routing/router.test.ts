import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setPresence } from '#people'
import { newId, type Actor } from '#platform'
import { changeCase } from '../cases/service.ts'
import { snoozeCase } from '../attention/snooze/service.ts'
import { markSeen } from '../cases/store.ts'
import type { Staffing } from '../ports.ts'
import { openScene, refusal, robot, type Scene } from '../testing/scene.ts'
import { readSnapshot } from './snapshot.ts'
import { routeAll } from './router.ts'
import { changeCaseSkills, changeQueueRouting, changeRules, changeTopicSkills, takeNext, type QueueRoutingWords } from './service.ts'
import { readRules } from './store.ts'
import { dropOldDecisions } from './writes.ts'

let scene: Scene
let home: string
const offShift = new Set<string>()
const staffing: Staffing = { onShift: async (_db, ids) => new Set(ids.filter((id) => !offShift.has(id))) }
const routeNow = () => routeAll(scene.perform, robot, staffing)

beforeAll(async () => { scene = await openScene() })
afterAll(() => scene.close())
beforeEach(async () => {
  offShift.clear()
  await scene.db.deleteFrom('routing_decision').execute()
  await scene.db.updateTable('case').set({ removed: 'trash', removed_at: new Date() }).execute()
  await scene.db.deleteFrom('queue_routing').execute()
  await scene.db.deleteFrom('queue_skill').execute()
  await scene.db.updateTable('agent').set({ presence: 'off' }).execute()
  home = await scene.team(`home ${newId()}`)
  await scene.db.deleteFrom('queue_team').execute()
  await scene.db.insertInto('queue_team').values((await scene.db.selectFrom('queue').select('id').execute()).map(({ id }) => ({ queue_id: id, team_id: home }))).execute()
})

const push = (given: QueueRoutingWords = {}, queue = 'general') => scene.run(robot, (work) => changeQueueRouting(work, queue, { mode: 'push', ...given }))
async function person(name: string, { capacity = 5, skills = {} }: { capacity?: number; skills?: Record<string, number> } = {}): Promise<Actor> {
  const actor = await scene.agent(name, { teamId: home })
  await scene.db.updateTable('agent').set({ capacity, presence: 'available', presence_at: scene.clock.now() }).where('id', '=', actor.id).execute()
  for (const [key, level] of Object.entries(skills)) await scene.db.insertInto('agent_skill').values({ agent_id: actor.id, skill_id: await skill(key), level }).execute()
  return actor
}
async function skill(key: string): Promise<string> {
  const id = newId()
  await scene.db.insertInto('skill').values({ id, key, name: key }).onConflict((c) => c.doNothing()).execute()
  return (await scene.db.selectFrom('skill').select('id').where('key', '=', key).executeTakeFirstOrThrow()).id
}
const holder = async (number: number) => (await scene.row(number)).assignee_id
const latest = async (number: number) => scene.db.selectFrom('routing_decision').innerJoin('case', 'case.id', 'routing_decision.case_id').selectAll('routing_decision').where('case.number', '=', number).where('latest', '=', true).executeTakeFirst()

describe('giving out', () => {
  test('a case goes to somebody, with the facts, the version and the team that the desk’s own verb makes, and with its decision', async () => {
    await push()
    const ana = await person('Ana')
    const { number, version } = await scene.open()
    expect(await routeNow()).toBe(1)
    expect(await scene.row(number)).toMatchObject({ assignee_id: ana.id, team_id: home, version: version + 1, updated_at: scene.clock.now() })
    const decision = await latest(number)
    expect(decision).toMatchObject({ agent_id: ana.id, why: 'only', waited_ms: 0 })
    const facts = (await scene.facts(number)).slice(-2)
    expect(facts).toEqual([
      { kind: 'case.assigned', data: { from: null, to: ana.id, team: home, how: 'routed', decision: decision!.id, version: version + 1 } }, { kind: 'team.changed', data: { from: null, to: home, version: version + 1 } },
    ])
    expect(await routeNow()).toBe(0)
  })

  test('a queue that is pulled is left alone, and so is what does not wait for us', async () => {
    await person('Ana')
    const pulled = await scene.open()
    expect(await routeNow()).toBe(0)
    await push()
    const [pending, gone, later] = [await scene.open(), await scene.open(), await scene.open()]
    await scene.run(robot, (work) => changeCase(work, pending.number, { status: 'pending' }))
    await scene.db.updateTable('case').set({ removed: 'spam', removed_at: new Date() }).where('number', '=', gone.number).execute()
    const lead = await scene.agent('Lead', { role: 'lead' })
    await scene.run(lead, (work) => snoozeCase(work, later.number, { until: new Date(work.at.getTime() + 3_600_000) }))
    expect(await routeNow()).toBe(1)
    expect(await Promise.all([pulled, pending, gone, later].map(({ number }) => holder(number)))).toEqual([expect.any(String), null, null, null])
  })

  test('nobody holds more than their room by it, counted over channels, with what they took by hand', async () => {
    await push({ weights: { form: 3 }, capacityPercent: 100 })
    const [ana, ben] = [await person('Ana', { capacity: 4 }), await person('Ben', { capacity: 3 })]
    const byHand = await scene.open()
    await scene.run(ana, (work) => changeCase(work, byHand.number, { assignee: 'me' }))
    const heavy = await scene.open({ channel: 'form', priority: 'urgent' })
    const others = await Promise.all(Array.from({ length: 6 }, () => scene.open({ priority: 'low' })))
    await routeNow()
    expect([ana.id, ben.id]).toContain(await holder(heavy.number))
    const { agents } = await readSnapshot(scene.db, { staffing, at: scene.clock.now(), assignmentsMax: 1, queues: () => true })
    expect(agents.filter(({ id }) => [ana.id, ben.id].includes(id)).map(({ load, capacity }) => [load, capacity]).sort()).toEqual([[3, 3], [4, 4]])
    expect((await Promise.all(others.map(({ number }) => holder(number)))).filter((id) => id === null)).toHaveLength(3)
  })

  test('skills come from the queue, the topic, the language and the case, and a skill that was put away is not asked for', async () => {
    await push({ skills: [{ skillId: await skill('payouts'), level: 2, dropAfterMinutes: null }] })
    await scene.db.insertInto('topic').values({ key: 'dispute', title: 'Dispute' }).onConflict((c) => c.doNothing()).execute()
    await scene.run(robot, async (work) => changeTopicSkills(work, 'dispute', [{ skillId: await skill('disputes'), level: 1, dropAfterMinutes: null }]))
    await skill('spanish')
    const [plain, full] = [await person('Plain', { skills: { payouts: 2 } }), await person('Full', { skills: { payouts: 3, disputes: 3, spanish: 5, trust: 4 } })]
    const [first, about, spanish, asked] = [await scene.open(), await scene.open({ topic: 'dispute' }), await scene.open({ customer: { email: 'es@x.test' } }), await scene.open()]
    await scene.db.updateTable('customer').set({ language: 'es-MX' }).where('id', '=', (await scene.row(spanish.number)).customer_id).execute()
    await scene.run(full, async (work) => changeCaseSkills(work, asked.number, [{ skillId: await skill('trust'), level: 4, dropAfterMinutes: null }]))
    await routeNow()
    expect(await Promise.all([about, spanish, asked].map(({ number }) => holder(number)))).toEqual([full.id, full.id, full.id])
    expect(await holder(first.number)).toBe(plain.id)
    await scene.run(robot, (work) => setPresence(work, full.id, 'off'))
    const again = await scene.open({ topic: 'dispute' })
    await routeNow()
    expect(await latest(again.number)).toMatchObject({ agent_id: null, why: 'nobody', reasons: { others: expect.arrayContaining([{ obstacle: 'noSkill', count: 1, some: [plain.id] }]) } })
    await scene.db.updateTable('skill').set({ archived_at: new Date() }).where('key', '=', 'disputes').execute()
    await routeNow()
    expect(await holder(again.number)).toBe(plain.id)
    expect(await scene.kinds(asked.number)).toContain('skills.asked')
  })

  test('a returning customer comes to whoever answered them last', async () => {
    await push({ stickyMinutes: 10 })
    const [ana, ben] = [await person('Ana', { capacity: 2 }), await person('Ben')]
    const first = await scene.open({ customer: { email: 'back@x.test' } })
    await scene.run(ben, (work) => scene.reply(work, first.number, { body: 'Done', visibility: 'public', seenMessageId: undefined, status: 'solved' }))
    await scene.db.insertInto('routing_turn').values({ agent_id: ben.id, assigned_at: scene.clock.now() }).onConflict((c) => c.doNothing()).execute()
    const again = await scene.open({ customer: { email: 'back@x.test' } })
    await routeNow()
    expect([await holder(again.number), (await latest(again.number))?.why]).toEqual([ben.id, 'owner'])
    await scene.run(robot, (work) => setPresence(work, ben.id, 'busy'))
    const third = await scene.open({ customer: { email: 'back@x.test' } })
    await routeNow()
    expect([await holder(third.number), (await latest(third.number))?.why]).toEqual([null, 'waitsForOwner'])
    scene.clock.forward({ minutes: 10 })
    await routeNow()
    expect(await holder(third.number)).toBe(ana.id)
  })

  test('why nobody can is written once, and again when it becomes another', async () => {
    await push()
    const ana = await person('Ana', { capacity: 0 })
    const { number } = await scene.open()
    await routeNow()
    await routeNow()
    const count = async () => (await scene.db.selectFrom('routing_decision').innerJoin('case', 'case.id', 'routing_decision.case_id').select('routing_decision.id').where('number', '=', number).execute()).length
    expect(await count()).toBe(1)
    await scene.run(robot, (work) => setPresence(work, ana.id, 'busy'))
    await routeNow()
    expect([await count(), (await latest(number))?.outlook]).toEqual([2, expect.stringContaining('notAvailable')])
  })

  test('turns go round, and those of one round stay in their order', async () => {
    await push()
    const people = [await person('Ana'), await person('Ben'), await person('Cleo')]
    const numbers: number[] = []
    for (let index = 0; index < 9; index++) numbers.push((await scene.open()).number)
    await routeNow()
    const held = await Promise.all(numbers.map(holder))
    expect(people.map(({ id }) => held.filter((one) => one === id).length)).toEqual([3, 3, 3])
    const turns = await scene.db.selectFrom('routing_turn').selectAll().where('agent_id', 'in', people.map(({ id }) => id)).orderBy('assigned_at').execute()
    expect(turns.map(({ agent_id }) => agent_id)).toEqual(held.slice(-3))
  })
})

describe('taking back', () => {
  test('what somebody who is there does not open goes to another, and they are set to away', async () => {
    await push({ acceptMinutes: 5 })
    const [ana, ben] = [await person('Ana'), await person('Ben', { capacity: 0 })]
    const [left, opened] = [await scene.open(), await scene.open()]
    await routeNow()
    await scene.db.updateTable('agent').set({ capacity: 5 }).where('id', '=', ben.id).execute()
    scene.clock.forward({ minutes: 4 })
    await scene.run(ana, async (work) => markSeen(work.tx, (await scene.row(opened.number)).id, ana.id, null, work.at))
    await routeNow()
    expect(await holder(left.number)).toBe(ana.id)
    scene.clock.forward({ minutes: 1 })
    await routeNow()
    expect([await holder(left.number), await holder(opened.number)]).toEqual([ben.id, ana.id])
    expect((await scene.facts(left.number)).slice(-4).map(({ kind, data }) => [kind, data instanceof Object && 'why' in data ? data.why : null])).toEqual([['team.changed', null], ['case.unassigned', null], ['case.requeued', 'noReaction'], ['case.assigned', null]])
    expect(await scene.db.selectFrom('agent').select('presence').where('id', '=', ana.id).executeTakeFirst()).toEqual({ presence: 'away' })
  })

  test.each<[string, QueueRoutingWords['takeBack'], boolean, boolean]>([['never', 'never', false, false], ['what is not begun', 'unbegun', true, false], ['what waits for us', 'waiting', true, true]])('of somebody who went comes back %s', async (_name, takeBack, left, begun) => {
    await push({ takeBack: takeBack! })
    const ana = await person('Ana')
    const [untouched, opened] = [await scene.open(), await scene.open()]
    await routeNow()
    scene.clock.forward({ minutes: 1 })
    await scene.run(ana, async (work) => markSeen(work.tx, (await scene.row(opened.number)).id, ana.id, null, work.at))
    await scene.run(robot, (work) => setPresence(work, ana.id, 'off'))
    await routeNow()
    expect(await holder(untouched.number)).toBe(ana.id)
    scene.clock.forward({ minutes: 1 })
    await routeNow()
    expect([await holder(untouched.number) === null, await holder(opened.number) === null]).toEqual([left, begun])
  })

  test('the end of a shift counts at once', async () => {
    await push()
    const ana = await person('Ana')
    const { number } = await scene.open()
    await routeNow()
    offShift.add(ana.id)
    await routeNow()
    expect([await holder(number), (await scene.facts(number)).at(-1)]).toEqual([null, expect.objectContaining({ kind: 'case.requeued', data: expect.objectContaining({ why: 'offShift', from: ana.id }) })])
  })

  test('what waits too long goes on into the queue that takes over, and queues do not lead back', async () => {
    const second = await scene.queue(`second-${home}`)
    await push({ overflow: { queue: second, afterMinutes: 10 } })
    const { number } = await scene.open()
    scene.clock.forward({ minutes: 9 })
    await routeNow()
    expect((await scene.row(number)).queue_id).not.toBe(second)
    scene.clock.forward({ minutes: 1 })
    await routeNow()
    expect(await scene.row(number)).toMatchObject({ queue_id: second, queued_at: scene.clock.now() })
    expect((await scene.facts(number)).slice(-2)).toMatchObject([{ kind: 'queue.changed', data: { to: second, how: 'overflow' } }, { kind: 'case.requeued', data: { why: 'overflow', queue: second, waitedMinutes: 10 } }])
    expect(await refusal(push({ overflow: { queue: 'general', afterMinutes: 5 } }, second))).toBe('overflow.circle')
    expect(await refusal(push({ overflow: { queue: 'general', afterMinutes: 5 } }))).toBe('overflow.circle')
  })
})

describe('taking the next', () => {
  const next = (actor: Actor) => scene.run(actor, (work) => takeNext(work, staffing))

  test('gives the most urgent that the agent can take, of pulled queues too, and nothing when there is nothing', async () => {
    const [ana, ben] = [await person('Ana', { skills: { payouts: 2 } }), await person('Ben')]
    const hard = await scene.open({ priority: 'urgent' })
    const easy = await scene.open()
    await scene.run(ana, async (work) => changeCaseSkills(work, hard.number, [{ skillId: await skill('payouts'), level: 2, dropAfterMinutes: null }]))
    expect((await next(ben))?.number).toBe(easy.number)
    expect(await next(ben)).toBeNull()
    expect((await next(ana))?.number).toBe(hard.number)
    expect(await refusal(next(robot))).toBe('next.agentsOnly')
    expect(await scene.facts(hard.number)).toContainEqual({ kind: 'case.assigned', data: expect.objectContaining({ to: ana.id, how: 'taken' }) })
  })

  test('never the same to two who ask at once', async () => {
    const people = await Promise.all(['Ana', 'Ben', 'Cleo', 'Dan', 'Eve', 'Fay'].map((name) => person(name)))
    const opened = await Promise.all(Array.from({ length: 5 }, () => scene.open()))
    const taken = await Promise.all(people.map(next))
    const numbers = taken.flatMap((found) => found?.number ?? [])
    expect(numbers.toSorted((a, b) => a - b)).toEqual(opened.map(({ number }) => number).toSorted((a, b) => a - b))
    expect(taken.filter((found) => found === null)).toHaveLength(1)
  })

  test('never from behind a wall or of another team', async () => {
    const walled = await scene.queue(`walled-${home}`, { walled: true, teams: [home] })
    const { number } = await scene.open()
    await scene.db.updateTable('case').set({ queue_id: walled }).where('number', '=', number).execute()
    const outside = await scene.agent('Out', { teamId: await scene.team(`out ${home}`) })
    expect(await next({ ...outside, barred: [walled] })).toBeNull()
    expect((await next(await person('In')))?.number).toBe(number)
  })
})

test('settings: what was not said stays, what others changed meanwhile is seen, and skills are there and asked for once', async () => {
  const first = await push({ stickyMinutes: 7 })
  expect([first.mode, first.stickyMinutes, first.version]).toEqual(['push', 7, 1])
  const second = await scene.run(robot, (work) => changeQueueRouting(work, 'general', { acceptMinutes: 3 }, 1))
  expect(second).toMatchObject({ mode: 'push', stickyMinutes: 7, acceptMinutes: 3, version: 2 })
  expect(await refusal(scene.run(robot, (work) => changeQueueRouting(work, 'general', { acceptMinutes: 4 }, 1)))).toBe('version.stale')
  const need = { skillId: newId(), level: 1, dropAfterMinutes: null }
  expect(await refusal(push({ skills: [need] }))).toBe('skill.notFound')
  const known = { ...need, skillId: await skill('payouts') }
  expect(await refusal(push({ skills: [known, known] }))).toBe('skill.twice')
  expect(await refusal(scene.run(robot, (work) => changeTopicSkills(work, 'nothing', [])))).toBe('topic.notFound')
  const rules = await readRules(scene.db)
  await scene.run(robot, (work) => changeRules(work, { ...rules, languageSkill: 'lang-{code}', countWaiting: true }))
  expect(await readRules(scene.db)).toEqual({ ...rules, languageSkill: 'lang-{code}', countWaiting: true })
  await scene.run(robot, (work) => changeRules(work, rules))
})

test('of each case the last decisions are kept, and old ones expire', async () => {
  const { id } = await scene.open()
  const { queue_id } = await scene.db.selectFrom('case').select('queue_id').where('id', '=', id).executeTakeFirstOrThrow()
  for (let index = 0; index < 8; index++) {
    await scene.db.insertInto('routing_decision').values({ id: newId(), case_id: id, queue_id, at: new Date(Date.UTC(2026, 2, 1 + index)), why: 'nobody', outlook: String(index), reasons: '{}', waited_ms: 0, latest: index === 7 }).execute()
  }
  await scene.run(robot, (work) => dropOldDecisions(work.tx, new Date('2026-03-02T12:00:00Z'), new Date('2026-03-07'), 3))
  expect((await scene.db.selectFrom('routing_decision').select('outlook').where('case_id', '=', id).orderBy('at').execute()).map(({ outlook }) => outlook)).toEqual(['5', '6', '7'])
})
