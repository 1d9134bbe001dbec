import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { enrol, followOnce, sealAll, type Actor, type Work } from '#platform'
import { changeCase, handOver } from '../../cases/service.ts'
import { changeQueue } from '../../queues/service.ts'
import { mailFrom, openScene, refusal, robot, type Scene } from '../../testing/scene.ts'
import { snoozeCase, wakeDueCases } from '../snooze/service.ts'
import { watchCase } from '../watching/service.ts'
import { watchersOf } from '../watching/store.ts'
import { noticeFollower } from './follow.ts'
import { ALONE_MAX, grouped, keyOf, pileOf, type Standing } from './grouped.ts'
import { isQuiet, nextDigestAt, noticeKinds, quietUntil, standardSettings, ways, type NoticeKind, type Way } from './model.ts'
import { changeNoticeSettings, dropOldNotices, markOwnNotices, seeNotices } from './service.ts'
import { countUnread, noticesOf } from './store.ts'
import type { Wanted } from './wanted.ts'

let scene: Scene
let ana: Actor
let ben: Actor
beforeAll(async () => {
  scene = await openScene()
  await enrol(scene.db, noticeFollower.name)
})
afterAll(() => scene.close())
beforeEach(async () => {
  ;[ana, ben] = [await scene.agent('Ana'), await scene.agent('Ben')]
  scene.clock.forward({ minutes: 1 })
})

async function follow() {
  await sealAll(scene.db)
  while (await followOnce(scene.perform, noticeFollower) > 0);
}
const said = async (actor: Actor, state: 'unread' | 'open' | 'done' = 'unread') => {
  await follow()
  return (await noticesOf(scene.db, { agentId: actor.id, barred: actor.barred, state }, null, 200)).map(({ kind, count, case: about }) => `${count} ${kind} ${about?.number ?? '-'}`)
}
const run = <T>(actor: Actor, verb: (work: Work) => Promise<T>) => { scene.clock.forward({ seconds: 1 }); return scene.run(actor, verb) }
const given = async (to: Actor, by = ben) => {
  const opened = await scene.receive(mailFrom(`c${Math.random()}@customer.test`, { internetId: `<${Math.random()}@x>` }))
  await run(by, (work) => changeCase(work, opened.number, { assignee: to.id }))
  return opened.number
}
const note = (by: Actor, number: number, mentions: string[] = []) => run(by, (work) => scene.reply(work, number, { body: 'Look', visibility: 'note', mentions }))
const writes = async (number: number) => {
  const { internet_id: id, from_address: from } = (await scene.messages(number))[0]!
  scene.clock.forward({ seconds: 1 })
  await scene.receive(mailFrom(from ?? '', { inReplyTo: [id ?? ''] }))
}

describe('people are told', () => {
  test('what is theirs, grouped by case and kind, and never of their own deeds', async () => {
    const number = await given(ana)
    await given(ana, ana)
    await writes(number)
    await writes(number)
    await writes(number)
    await note(ana, number)
    expect((await said(ana)).sort()).toEqual([`1 assigned ${number}`, `3 customerReplied ${number}`])
    expect(await said(ben)).toEqual([])
  })

  test('of a mention as a mention, and they watch from then on, unless they have left', async () => {
    const number = await given(ana, ana)
    await note(ana, number, [ben.id])
    expect(await said(ben)).toEqual([`1 mention ${number}`])
    await writes(number)
    expect(await said(ben)).toEqual([`1 customerReplied ${number}`, `1 mention ${number}`])
    await run(ben, (work) => watchCase(work, number, 'left'))
    await note(ana, number, [ben.id])
    await writes(number)
    expect(await said(ben)).toEqual([`2 mention ${number}`, `1 customerReplied ${number}`])
    const { id } = await scene.row(number)
    expect((await watchersOf(scene.db, id)).map(({ agent, state }) => [agent.id, state]).sort()).toEqual([[ana.id, 'watching'], [ben.id, 'left']].sort())
  })

  test('who has chosen not to watch by rule does not', async () => {
    await run(ben, (work) => changeNoticeSettings(work, { watchOnNote: false, watchOnMention: false }))
    const number = await given(ana, ana)
    await note(ben, number)
    await note(ana, number, [ben.id])
    await writes(number)
    expect(await said(ben)).toEqual([`1 mention ${number}`])
  })

  test('by way of their team, as far as they may see the case; of which nobody may is not asked', async () => {
    const team = await scene.team(`T${Math.random()}`)
    const [kim, lee] = [await scene.agent('Kim', { teamId: team }), await scene.agent('Lee', { teamId: team, role: 'planner' })]
    const number = await given(ana, ana)
    await run(ana, (work) => scene.reply(work, number, { body: '@T', visibility: 'note', teams: [team] }))
    expect([await said(kim), await said(lee)]).toEqual([[`1 mention ${number}`], []])
    expect(await scene.db.selectFrom('mention').select(['agent_id', 'team_id']).where('team_id', '=', team).execute()).toEqual([{ agent_id: kim.id, team_id: team }])
    const inside = await scene.team(`I${Math.random()}`)
    const member = await scene.agent('Member', { teamId: inside })
    await scene.queue(`legal${team}`, { walled: true, teams: [inside] })
    await run(member, (work) => changeCase(work, number, { queue: `legal${team}`, assignee: member.id }))
    for (const teams of [[team], ['01900000-0000-7000-8000-000000000000']]) expect(await refusal(run(member, (work) => scene.reply(work, number, { body: '@T', visibility: 'note', teams })))).toBe('mention.outside')
  })

  test('of a handover once', async () => {
    const number = await given(ben, ben)
    await run(ben, (work) => handOver(work, number, { to: { agent: ana.id }, note: 'Yours' }))
    expect(await said(ana)).toEqual([`1 handOver ${number}`])
  })

  test('of a case that woke at its time, whoever put it off', async () => {
    const number = await given(ana, ana)
    await run(ben, (work) => snoozeCase(work, number, { until: new Date(scene.clock.now().getTime() + 60_000) }))
    scene.clock.forward({ minutes: 5 })
    await run(robot, (work) => wakeDueCases(work, 10))
    expect([await said(ana), await said(ben)]).toEqual([[`1 woke ${number}`], [`1 woke ${number}`]])
  })

  test('nothing of a muted case but what names them, nothing of kinds that they switched off, and by mail only where they said so', async () => {
    const number = await given(ana)
    await run(ana, (work) => watchCase(work, number, 'muted'))
    await writes(number)
    expect(await said(ana)).toEqual([`1 assigned ${number}`])
    await run(ben, (work) => changeNoticeSettings(work, { ways: { ...standardSettings.ways, assigned: 'off', customerReplied: 'mail' } }))
    const other = await given(ben, ana)
    await writes(other)
    expect(await said(ben)).toEqual([])
    expect(await scene.db.selectFrom('notice').select(['kind', 'in_app', 'by_mail']).where('agent_id', '=', ben.id).execute()).toEqual([{ kind: 'customerReplied', in_app: false, by_mail: true }])
  })

  test('nothing that lies behind a wall, neither when it is told nor afterwards', async () => {
    const number = await given(ana)
    await run(ben, (work) => watchCase(work, number, 'watching'))
    expect(await said(ana)).toHaveLength(1)
    const walled = await scene.queue(`w${Math.random().toString(36).slice(2)}`)
    await run(robot, (work) => changeCase(work, number, { queue: walled, assignee: null }))
    await run(robot, (work) => changeQueue(work, walled, { walled: true }))
    await writes(number)
    expect(await said(ben)).toEqual([])
    expect(await said({ ...ana, barred: [walled] })).toEqual([])
    expect(await countUnread(scene.db, ana.id, [walled])).toBe(0)
  })
})

describe('a flood', () => {
  test('is one notice that counts', async () => {
    await scene.run(ben, async (work) => { for (let left = ALONE_MAX + 30; left > 0; left--) work.tell('desk', { kind: 'case.assigned', case: (await scene.open({}, robot)).number, data: { to: ana.id } }) })
    const all = await said(ana)
    expect(all).toHaveLength(ALONE_MAX + 1)
    expect(all).toContain('30 assigned -')
  })
  test('of one bulk run is one from the beginning', async () => {
    const numbers = [(await scene.open()).number, (await scene.open()).number]
    await scene.run(ben, async (work) => { for (const number of numbers) { work.tell('desk', { kind: 'case.assigned', case: number, data: { to: ana.id } }); work.tell('desk', { kind: 'bulk.applied', case: number, data: { run: 'x' } }) } })
    expect(await said(ana)).toEqual(['2 assigned -'])
  })
})

describe('marks', () => {
  test('read, done, all at once, and back again; what is read begins anew with the next', async () => {
    const number = await given(ana)
    await writes(number)
    await follow()
    const read = await run(ana, (work) => markOwnNotices(work, { as: 'read' }))
    expect(read).toHaveLength(2)
    expect(await said(ana)).toEqual([])
    expect(await run(ana, (work) => markOwnNotices(work, { as: 'unread', ids: read }))).toHaveLength(2)
    await run(ana, (work) => markOwnNotices(work, { as: 'read', ids: read }))
    await writes(number)
    expect(await said(ana)).toEqual([`1 customerReplied ${number}`])
    // The older one stays read: the newer is unread and says the same.
    expect(await run(ana, (work) => markOwnNotices(work, { as: 'unread', ids: read }))).toHaveLength(1)
    const done = await run(ana, (work) => markOwnNotices(work, { as: 'done', case: number }))
    expect(done).toHaveLength(3)
    expect([await said(ana, 'open'), (await said(ana, 'done')).length]).toEqual([[], 3])
    expect(await run(ana, (work) => markOwnNotices(work, { as: 'undone', ids: done }))).toHaveLength(3)
  })

  test('nobody marks what is somebody else\'s, and whoever looks at the case has seen them', async () => {
    const number = await given(ana)
    await follow()
    const [notice] = await noticesOf(scene.db, { agentId: ana.id, barred: [], state: 'unread' }, null, 1)
    expect(await run(ben, (work) => markOwnNotices(work, { as: 'done', ids: [notice!.id] }))).toEqual([])
    expect(await refusal(run(robot, (work) => markOwnNotices(work, { as: 'read' })))).toBe('notice.agentsOnly')
    const { id } = await scene.row(number)
    await run(ana, (work) => seeNotices(work, id, ana.id))
    expect(await said(ana)).toEqual([])
  })

  test('old ones go: a month after they were read, half a year after they were not', async () => {
    await given(ana)
    await given(ana)
    await follow()
    const [one] = await noticesOf(scene.db, { agentId: ana.id, barred: [], state: 'unread' }, null, 5)
    await run(ana, (work) => markOwnNotices(work, { as: 'read', ids: [one!.id] }))
    const left = async () => Number((await scene.db.selectFrom('notice').select(({ fn }) => fn.countAll().as('n')).where('agent_id', '=', ana.id).executeTakeFirstOrThrow()).n)
    for (const [days, count] of [[29, 2], [2, 1], [148, 1], [2, 0]] as const) {
      scene.clock.forward({ days })
      await run(robot, (work) => dropOldNotices(work, 1_000))
      expect(await left()).toBe(count)
    }
  })
})

test('two instances at once tell each fact once', async () => {
  const number = await given(ana)
  for (let count = 0; count < 12; count++) await writes(number)
  await sealAll(scene.db)
  const two = async () => { for (let round = 0; round < 8; round++) await followOnce(scene.perform, noticeFollower) }
  await Promise.all([two(), two(), two()])
  expect(await said(ana)).toEqual([`12 customerReplied ${number}`, `1 assigned ${number}`])
})

test('a notice that was made and not committed is made again, once', async () => {
  const number = await given(ana)
  await sealAll(scene.db)
  const dying = { ...noticeFollower, handle: async (...given: Parameters<typeof noticeFollower.handle>) => { await noticeFollower.handle(...given); throw new Error('killed') } }
  await expect(followOnce(scene.perform, dying)).rejects.toThrow('killed')
  expect(await noticesOf(scene.db, { agentId: ana.id, barred: [], state: 'open' }, null, 5)).toEqual([])
  expect(await said(ana)).toEqual([`1 assigned ${number}`])
})

describe('never more than one unread notice a person, kind and thing, and every event is in one', () => {
  const event = fc.record({ agent: fc.constantFrom('a', 'b'), kind: fc.constantFrom(...noticeKinds.slice(0, 3)), number: fc.nat(40), minute: fc.nat(1) })
  const step = fc.oneof({ weight: 6, arbitrary: fc.array(event, { maxLength: 60 }).map((events) => ({ do: 'told' as const, events })) }, { weight: 1, arbitrary: fc.record({ do: fc.constant('read' as const), agent: fc.constantFrom('a', 'b') }) })
  const chosen = fc.record({ a: fc.constantFrom(...ways), b: fc.constantFrom(...ways) })

  test('for any course of things, whatever was read in between', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 12 }), chosen, (steps, way) => {
      const unread = new Map<string, number>()
      const [wanted, represented] = [new Map<string, number>(), new Map<string, number>()]
      const add = (sums: Map<string, number>, key: string, count: number) => sums.set(key, (sums.get(key) ?? 0) + count)
      const settings = (agent: string) => ({ ...standardSettings, ways: { ...standardSettings.ways, ...everyKind(agent === 'a' ? way.a : way.b) } })
      let recent = new Map<string, number>()
      for (const one of steps) {
        if (one.do === 'read') { for (const key of unread.keys()) if (key.startsWith(one.agent)) unread.delete(key); recent = new Map([...recent].filter(([pile]) => !pile.startsWith(one.agent))); continue }
        const standing: Standing = { unread: new Set(unread.keys()), recent }
        const told = grouped(one.events.map(wantedFrom), settings, standing)
        for (const { agent, kind } of one.events) if (settings(agent).ways[kind] !== 'off') add(wanted, pileOf({ agent, kind }), 1)
        expect(new Set(told.map(keyOf)).size).toBe(told.length)
        for (const each of told) {
          if (!unread.has(keyOf(each)) && each.caseId !== null) recent.set(pileOf(each), (recent.get(pileOf(each)) ?? 0) + 1)
          unread.set(keyOf(each), (unread.get(keyOf(each)) ?? 0) + each.count)
          add(represented, pileOf(each), each.count)
        }
        for (const count of recent.values()) expect(count).toBeLessThanOrEqual(ALONE_MAX)
      }
      expect(represented).toEqual(wanted)
    }))
  })

  test('and so it is in the database', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ customer: fc.boolean(), read: fc.boolean(), twice: fc.boolean() }), { minLength: 1, maxLength: 8 }), async (steps) => {
      const agent = await scene.agent('P')
      const number = await given(agent)
      let events = 1
      for (const one of steps) {
        if (one.customer) await writes(number)
        else await note(ben, number)
        events += 1
        if (one.twice) await follow()
        if (one.read) await run(agent, (work) => markOwnNotices(work, { as: 'read' }))
      }
      await follow()
      const rows = await scene.db.selectFrom('notice').select(['kind', 'count', 'read_at']).where('agent_id', '=', agent.id).execute()
      expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(events)
      const unread = rows.filter(({ read_at: read }) => read === null).map(({ kind }) => kind)
      expect(new Set(unread).size).toBe(unread.length)
    }), { numRuns: 12 })
  })
})

const everyKind = (way: Way): Record<string, Way> => Object.fromEntries(noticeKinds.map((kind) => [kind, way]))
const wantedFrom = ({ agent, kind, number, minute }: { agent: string; kind: NoticeKind; number: number; minute: number }): Wanted =>
  ({ agent, kind, subject: `case:${number}`, caseNumber: number, caseId: `c${number}`, at: new Date(minute * 60_000), actor: { kind: 'system', id: null }, data: {} })

describe('quiet hours and digests, on the clock of the person', () => {
  const night = { quiet: { from: 22 * 60, to: 7 * 60 } }
  test.each([
    ['2026-03-02T20:59:00Z', false], ['2026-03-02T21:00:00Z', true], ['2026-03-03T05:59:00Z', true], ['2026-03-03T06:00:00Z', false],
  ])('%s in Berlin: %s', (at, quiet) => expect(isQuiet(night, new Date(at), 'Europe/Berlin')).toBe(quiet))

  test('end at seven, also in the night in which clocks change', () => {
    expect(quietUntil(night, new Date('2026-03-28T23:00:00Z'), 'Europe/Berlin').toISOString()).toBe('2026-03-29T05:00:00.000Z')
    expect(quietUntil(night, new Date('2026-10-24T22:00:00Z'), 'Europe/Berlin').toISOString()).toBe('2026-10-25T06:00:00.000Z')
  })

  test('the daily digest comes once each day of the person, whatever the clocks do', () => {
    for (let at = new Date('2026-03-27T12:00:00Z'), days = 0; days < 5; days++) {
      const next = nextDigestAt({ digest: 'daily', digestHour: 2 }, at, 'Europe/Berlin')!
      expect(next > at && next.getTime() - at.getTime() <= 25 * 3_600_000).toBe(true)
      at = next
    }
    expect(nextDigestAt({ digest: 'off', digestHour: 8 }, new Date(), 'UTC')).toBe(null)
    expect(nextDigestAt({ digest: 'fourHourly', digestHour: 8 }, new Date('2026-03-02T10:00:00Z'), 'UTC')?.toISOString()).toBe('2026-03-02T14:00:00.000Z')
  })
})
