import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { enrol, followOnce, sealAll, type Actor } from '#platform'
import type { CaseAction } from '../actions/model.ts'
import { performActions } from '../actions/service.ts'
import { changeCase } from '../cases/service.ts'
import { openScene, refusal, robot, type Scene } from '../testing/scene.ts'
import { macroUsage } from './follower.ts'
import { fitOf, mayManage, mayUse, shortName } from './model.ts'
import { changeMacro, createMacro, noteUses, type MacroChange } from './service.ts'
import { macrosFor, versionsOf } from './store.ts'
import { dropOldUses, usageSince, usersOf } from './usage.ts'

let scene: Scene
let team: string
let ana: Actor
let lee: Actor
let lead: Actor
let admin: Actor
beforeAll(async () => {
  scene = await openScene()
  team = await scene.team('Payouts')
  ana = await scene.agent('Ana', { teamId: team })
  lee = await scene.agent('Lee')
  lead = await scene.agent('Lead', { role: 'lead' })
  admin = await scene.agent('Admin', { role: 'admin' })
  await scene.db.insertInto('topic').values({ key: 'refunds', title: 'Refunds' }).execute()
})
afterAll(() => scene.close())
beforeEach(() => scene.clock.forward({ minutes: 1 }))

const text: CaseAction[] = [{ do: 'reply', body: 'Hello {{customer.firstName|there}}, it takes 5 days.' }]
let count = 0
const write = (actor: Actor, given: Partial<MacroChange> & { kind?: 'snippet' | 'macro' } = {}) =>
  scene.run(actor, (work) => createMacro(work, { kind: 'snippet', name: `name-${++count}`, title: 'Refund time', actions: text, ...given }))
const names = async (actor: Actor, reach: 'use' | 'library' = 'use') => (await macrosFor(scene.db, actor, reach)).map(({ name }) => name)

describe('who finds and changes what', () => {
  test.each([
    ['mine', true, false, false, true], ['team', true, false, true, true], ['everybody', true, true, true, true],
  ] as const)('%s', (scope, mine, others, leads, admins) => {
    const belonging = { scope, ownerId: scope === 'mine' ? ana.id : null, teamId: scope === 'team' ? team : null }
    expect([mayUse(ana, belonging), mayUse(lee, belonging)]).toEqual([mine, others])
    expect([mayManage(ana, belonging), mayManage(lead, belonging), mayManage(admin, belonging)]).toEqual([scope === 'mine', scope === 'team' && leads, admins])
  })

  test('agents write their own, leads share with teams, administrators with everybody', async () => {
    expect(await refusal(write(ana, { scope: 'team' }))).toBe('permission.missing')
    expect(await refusal(write(lead, { scope: 'everybody' }))).toBe('permission.missing')
    const [own, shared, all] = [await write(ana), await write(lead, { scope: 'team', team }), await write(admin, { scope: 'everybody' })]
    expect(await names(ana)).toEqual(expect.arrayContaining([own.name, shared.name, all.name]))
    expect(await names(lee)).toEqual([all.name])
    expect(await names(lead)).not.toContain(shared.name)
    expect(await names(lead, 'library')).toContain(shared.name)
    expect(await names(lead, 'library')).not.toContain(own.name)
    expect(await names(admin, 'library')).toContain(own.name)
    expect(await refusal(scene.run(lee, (work) => changeMacro(work, own.id, { title: 'x' })))).toBe('macro.notFound')
    expect(await refusal(scene.run(ana, (work) => changeMacro(work, all.id, { title: 'x' })))).toBe('permission.missing')
    expect(await refusal(write(robot, { scope: 'mine' }))).toBe('macro.nobodys')
  })

  test('one’s own becomes the team’s, and is nobody’s own any more', async () => {
    const own = await write(lead, { scope: 'mine' })
    expect(await scene.run(lead, (work) => changeMacro(work, own.id, { scope: 'team', team }))).toMatchObject({ scope: 'team', ownerId: null, teamId: team })
    expect(await names(ana)).toContain(own.name)
  })
})

describe('what is written', () => {
  test('has one name where it is found, a name that is free again once it is archived', async () => {
    const first = await write(ana, { name: 'same' })
    expect(await refusal(write(ana, { name: 'same' }))).toBe('macro.nameTaken')
    await write(lee, { name: 'same' })
    await scene.run(ana, (work) => changeMacro(work, first.id, { archived: true }))
    await write(ana, { name: 'same' })
    expect(await refusal(scene.run(ana, (work) => changeMacro(work, first.id, { archived: false })))).toBe('macro.nameTaken')
  })

  test('is checked: a snippet is one text, variables are known, and there is what it names', async () => {
    expect(await refusal(write(ana, { actions: [{ do: 'note', body: 'x' }] }))).toBe('macro.notOneText')
    expect(await refusal(write(ana, { actions: [{ do: 'reply', body: 'Hello {{custmer.name}}' }] }))).toBe('macro.unknownVariable')
    expect(await refusal(write(ana, { kind: 'macro', actions: [{ do: 'queue', to: 'gone' }] }))).toBe('queue.notFound')
    expect(await refusal(write(ana, { kind: 'macro', actions: [{ do: 'topic', to: 'gone' }] }))).toBe('topic.notFound')
    expect(await refusal(write(ana, { topics: ['gone'] }))).toBe('topic.notFound')
  })

  test('keeps what it said before, and sees changes of others', async () => {
    const macro = await write(ana)
    await scene.run(ana, (work) => changeMacro(work, macro.id, { actions: [{ do: 'reply', body: 'It takes 3 days.' }] }, 1))
    expect(await refusal(scene.run(ana, (work) => changeMacro(work, macro.id, { title: 'x' }, 1)))).toBe('version.stale')
    await scene.run(ana, (work) => changeMacro(work, macro.id, { folder: 'Refunds' }, 2))
    expect((await versionsOf(scene.db, macro.id)).map(({ version, actions }) => [version, actions])).toEqual([[2, [{ do: 'reply', body: 'It takes 3 days.' }]], [1, text]])
  })
})

test('what it came to is counted from the log: how often, by whom, and reopened within a week', async () => {
  await enrol(scene.db, macroUsage.name)
  const macro = await write(admin, { scope: 'everybody', kind: 'macro', actions: [...text, { do: 'status', to: 'solved' }] })
  const use = async (actor: Actor) => {
    const { number } = await scene.open()
    await scene.run(actor, async (work) => {
      await performActions(work, number, macro.actions, { reply: scene.reply })
      await noteUses(work, number, [macro.id, macro.id], { applied: true })
    })
    return number
  }
  const [first, second] = [await use(ana), await use(ana), await use(lee)]
  scene.clock.forward({ days: 2 })
  await scene.run(ana, (work) => changeCase(work, first!, { status: 'open' }))
  scene.clock.forward({ days: 8 })
  await scene.run(ana, (work) => changeCase(work, second!, { status: 'open' }))
  await sealAll(scene.db)
  while (await followOnce(scene.perform, macroUsage)) { /* to the end of the log */ }
  const since = new Date(scene.clock.now().getTime() - 90 * 86_400_000)
  expect((await usageSince(scene.db, since, ana.id)).get(macro.id)).toMatchObject({ uses: 3, reopened: 1, mine: 2 })
  expect(await usersOf(scene.db, macro.id, since)).toEqual([{ agentId: ana.id, uses: 2, reopened: 1 }, { agentId: lee.id, uses: 1, reopened: 0 }])
  expect(await scene.db.transaction().execute((tx) => dropOldUses(tx, scene.clock.now(), 100))).toBe(3)
})

test('a reply carries what a macro does: both or neither', async () => {
  const server = await scene.server()
  const { number } = await scene.open()
  const send = (payload: Record<string, unknown>) => server.inject({ method: 'POST', url: `/api/v1/cases/${number}/replies`, headers: { authorization: 'Bearer Ana' }, payload: { visibility: 'public', body: 'Hello', ...payload } })
  const failed = await send({ body: 'Hello {{customer.firstName}}', actions: [{ do: 'priority', to: 'high' }] })
  expect([failed.statusCode, failed.json().code, failed.json().missing]).toEqual([422, 'reply.unfilled', ['customer.firstName']])
  expect(await scene.row(number)).toMatchObject({ priority: 'normal', replies: 0 })
  const sent = await send({ body: String.raw`Write \{{name}} there.`, actions: [{ do: 'priority', to: 'high' }, { do: 'tag', add: ['told'] }], status: 'pending' })
  expect(sent.statusCode).toBe(201)
  expect(await scene.row(number)).toMatchObject({ priority: 'high', replies: 1, status: 'pending' })
  expect(scene.delivery.sent.at(-1)?.text).toBe('Write {{name}} there.')
  const facts = await server.inject({ method: 'GET', url: `/api/v1/cases/${number}/text-facts`, headers: { authorization: 'Bearer Ana' } })
  expect(facts.json().values).toMatchObject({ 'customer.firstName': 'Lee', 'case.number': String(number), 'agent.team': 'Payouts' })
  await server.close()
})

test.each([['Refund time', 'refund-time'], ['  Ça va? ', 'ca-va'], ['--', null], ['日本', null], ['x'.repeat(80), 'x'.repeat(60)]])('%s is written /%s', (title, name) => expect(shortName(title)).toBe(name))

test('what fits best stands first', () => {
  const place = { topic: 'refunds', queueId: 'q' }
  expect([[['refunds'], ['q']], [['refunds'], []], [[], ['q']], [[], []], [['other'], []]].map(([topics, queueIds]) => fitOf({ topics: topics!, queueIds: queueIds! }, place))).toEqual([3, 2, 1, 0, -1])
})
