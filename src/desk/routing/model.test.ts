import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { priorities } from '../cases/model.ts'
import { barrierOf, gatherNeeds, inOrder, needsAfter, patienceStandard, pulled, roomFor, route, takeBy, weightOf, type CandidateAgent, type QueueRouting, type RoutingSettings, type SkillNeed, type WaitingCase } from './model.ts'

const NOW = Date.parse('2026-03-02T10:00:00Z')
const MINUTE = 60_000
const now = new Date(NOW)

const queueOf = (given: Partial<QueueRouting> = {}): QueueRouting => ({ ...pulled('q'), mode: 'push', ...given })
const settingsOf = (queue: Partial<QueueRouting> = {}, given: Partial<RoutingSettings> = {}): RoutingSettings =>
  ({ queues: new Map([['q', queueOf(queue)]]), patienceMinutes: patienceStandard, assignmentsMax: 500, ...given })
const agent = (id: string, given: Partial<CandidateAgent> = {}): CandidateAgent =>
  ({ id, teamId: null, admin: false, presence: 'available', presenceAt: NOW - 60 * MINUTE, onShift: true, skills: new Map(), load: 0, capacity: 10, lastAssignedAt: null, ...given })
const waiting = (number: number, given: Partial<WaitingCase> = {}): WaitingCase => ({
  id: `case-${number}`, number, version: 1, queueId: 'q', priority: 'normal', channel: 'email', dueAt: null, waitingSince: NOW - MINUTE, queuedAt: NOW - MINUTE, needs: [], ownerId: null, missed: [], ...given,
})
const need = (skillId: string, given: Partial<SkillNeed> = {}): SkillNeed => ({ skillId, level: 1, dropAfterMinutes: null, source: 'queue', ...given })
const one = (found: WaitingCase, agents: readonly CandidateAgent[], queue: Partial<QueueRouting> = {}) => route([found], agents, now, settingsOf(queue))[0]!
const obstacleOf = (decision: ReturnType<typeof one>, id: string) => decision.reasons.others.find(({ some }) => some.includes(id))?.obstacle

describe('what must hold', () => {
  test.each<[string, Partial<CandidateAgent>, Partial<QueueRouting>, string]>([
    ['busy', { presence: 'busy' }, {}, 'notAvailable'], ['away', { presence: 'away' }, {}, 'notAvailable'], ['off', { presence: 'off' }, {}, 'notAvailable'], ['off shift', { onShift: false }, {}, 'offShift'],
    ['of another team', { teamId: 'b' }, { teams: ['a'] }, 'otherQueue'], ['of no team', {}, { teams: ['a'] }, 'otherQueue'], ['outside of a wall without teams', {}, { walled: true }, 'otherQueue'],
    ['without room', { load: 10 }, {}, 'full'], ['with too little room', { load: 8 }, { weights: { email: 3 } }, 'full'], ['past the share of the queue', { load: 8 }, { capacityPercent: 80 }, 'full'], ['of no capacity', { capacity: 0 }, {}, 'full'],
  ])('nobody %s gets a case', (_name, given, queue, obstacle) => {
    const decision = one(waiting(1), [agent('ana', given)], queue)
    expect([decision.agentId, decision.why, obstacleOf(decision, 'ana')]).toEqual([null, 'nobody', obstacle])
    expect(one(waiting(1), [agent('ana', given), agent('ben', { teamId: queue.teams?.[0] ?? null, admin: true })], queue).agentId).toBe('ben')
  })

  test('skills are asked for by their level; what is optional goes after its wait, one after the other', () => {
    const needs = [need('payouts', { level: 3 }), need('spanish', { dropAfterMinutes: 10 }), need('trust', { dropAfterMinutes: 20 })]
    expect(one(waiting(1, { needs }), [agent('ana', { skills: new Map([['payouts', 2], ['spanish', 5], ['trust', 5]]) })])).toMatchObject({ agentId: null, reasons: { others: [{ obstacle: 'noSkill', count: 1 }] } })
    const droppedAfter = (minutes: number) => needsAfter(needs, minutes * MINUTE).dropped.map(({ skillId }) => skillId)
    expect([0, 9, 10, 29, 30].map(droppedAfter)).toEqual([[], [], ['spanish'], ['spanish'], ['spanish', 'trust']])
    expect(needsAfter(needs, 10 * MINUTE).nextDropMs).toBe(30 * MINUTE)
    const plain = agent('ben', { skills: new Map([['payouts', 3]]) })
    expect([25, 31].map((minutes) => one(waiting(1, { needs, queuedAt: NOW - minutes * MINUTE }), [plain]).agentId)).toEqual([null, 'ben'])
  })

  test('a skill that two ask for is asked at its highest level, and is optional only when both say so', () => {
    expect(gatherNeeds([need('a', { level: 2, dropAfterMinutes: 5 }), need('a', { level: 1, source: 'topic' }), need('b', { dropAfterMinutes: 5 }), need('b', { dropAfterMinutes: 9, source: 'case' })]))
      .toEqual([need('a', { level: 2 }), need('b', { dropAfterMinutes: 9 })])
  })

  test('a queue that is pulled is left alone, and a round ends where it was told to', () => {
    expect(route([waiting(1)], [agent('ana')], now, settingsOf({ mode: 'pull' }))).toEqual([])
    expect(route([1, 2, 3].map((n) => waiting(n)), [agent('ana')], now, settingsOf({}, { assignmentsMax: 2 })).map(({ number }) => number)).toEqual([1, 2])
    expect(route([waiting(1)], [], now, settingsOf())).toMatchObject([{ agentId: null, why: 'nobody' }])
  })
})

describe('the order', () => {
  test('is by when somebody should have it: the promise, or the patience of the priority', () => {
    const cases = [waiting(1, { priority: 'low' }), waiting(2), waiting(3, { priority: 'urgent' }), waiting(4, { dueAt: NOW + 2 * MINUTE }), waiting(5, { dueAt: NOW - MINUTE, priority: 'low' }), waiting(6, { priority: 'high', waitingSince: NOW - 3 * 60 * MINUTE })]
    expect(inOrder(cases, settingsOf()).map(({ number }) => number)).toEqual([6, 5, 4, 3, 2, 1])
    expect(takeBy(cases[3]!, settingsOf()).why).toBe('due')
    expect(takeBy(cases[2]!, settingsOf()).why).toBe('priority')
  })

  test('gives a case that waited long its turn before what is more important and came later', () => {
    const old = waiting(1, { priority: 'low', waitingSince: NOW - 17 * 60 * MINUTE })
    expect(inOrder([waiting(2, { priority: 'urgent' }), old], settingsOf()).map(({ number }) => number)).toEqual([1, 2])
  })
})

describe('the choice', () => {
  test.each<[string, Partial<CandidateAgent>, Partial<CandidateAgent>, string]>([
    ['who is freer', { load: 4 }, { load: 3 }, 'leastLoaded'], ['who is freer by their own capacity', { load: 2, capacity: 4 }, { load: 4, capacity: 10 }, 'leastLoaded'],
    ['who waits longer', { lastAssignedAt: NOW - MINUTE }, { lastAssignedAt: NOW - 2 * MINUTE }, 'longestWithout'], ['who had none yet', { lastAssignedAt: NOW - MINUTE }, {}, 'longestWithout'],
  ])('falls on %s', (_name, ana, ben, why) => {
    expect(one(waiting(2), [agent('ana', ana), agent('ben', ben)])).toMatchObject({ agentId: 'ben', why })
  })

  test('goes round among equals', () => {
    const agents = ['ana', 'ben', 'cleo'].map((id) => agent(id))
    expect([3, 4, 5, 6].map((number) => one(waiting(number), agents).agentId)).toEqual(['ana', 'ben', 'cleo', 'ana'])
    expect(one(waiting(3), agents).why).toBe('turn')
    expect(route([3, 6, 9, 12].map((n) => waiting(n)), agents, now, settingsOf()).map(({ agentId }) => agentId)).toEqual(['ana', 'ben', 'cleo', 'ana'])
  })

  test('falls on whoever answered the customer last when they are free, and else waits for them for a while', () => {
    const [ana, ben] = [agent('ana', { load: 9 }), agent('ben')]
    const known = waiting(1, { ownerId: 'ana' })
    expect(one(known, [ana, ben])).toMatchObject({ agentId: 'ana', why: 'owner' })
    expect(one(known, [{ ...ana, load: 10 }, ben], { stickyMinutes: 5 })).toMatchObject({ agentId: null, why: 'waitsForOwner', until: NOW + 4 * MINUTE })
    expect(one(known, [{ ...ana, presence: 'busy' }, ben], { stickyMinutes: 5 }).why).toBe('waitsForOwner')
    for (const gone of [{ presence: 'off' as const }, { onShift: false }, { teamId: 'x' }]) expect(one(known, [{ ...ana, ...gone }, { ...ben, teamId: 'a' }], { stickyMinutes: 5, teams: ['a'] }).agentId).toBe('ben')
    expect(one({ ...known, queuedAt: NOW - 5 * MINUTE }, [{ ...ana, load: 10 }, ben], { stickyMinutes: 5 }).agentId).toBe('ben')
    expect(one({ ...known, dueAt: NOW }, [{ ...ana, load: 10 }, ben], { stickyMinutes: 5 }).agentId).toBe('ben')
    expect(one(known, [ana, ben], { stickyMinutes: null }).agentId).toBe('ben')
  })

  test('does not fall again on whoever did not react, until they say anew that they are there', () => {
    const missed = waiting(1, { missed: [{ agentId: 'ana', at: NOW - 5 * MINUTE }] })
    expect(obstacleOf(one(missed, [agent('ana')]), 'ana')).toBe('didNotReact')
    expect(one(missed, [agent('ana', { presenceAt: NOW - MINUTE })]).agentId).toBe('ana')
  })

  test('is told with the best five and with what stood against the others', () => {
    const agents = [...'abcdefg'].map((id, index) => agent(id, { load: index })).concat(agent('full', { load: 10 }), agent('gone', { onShift: false }))
    const { reasons, why } = one(waiting(1), agents)
    expect(why).toBe('leastLoaded')
    expect(reasons.best.map(({ agentId, load }) => [agentId, load])).toEqual([['a', 0], ['b', 1], ['c', 2], ['d', 3], ['e', 4]])
    expect([reasons.able, reasons.others]).toEqual([7, [{ obstacle: 'offShift', count: 1, some: ['gone'] }, { obstacle: 'full', count: 1, some: ['full'] }]])
  })

  test('keeps room for a large case past its time, so that smaller ones do not pass it for ever', () => {
    const [large, small] = [waiting(1, { channel: 'phone', dueAt: NOW - MINUTE }), waiting(2)]
    const found = route([small, large], [agent('ana', { load: 8 })], now, settingsOf({ weights: { phone: 5 } }))
    expect(found.map(({ number, agentId }) => [number, agentId])).toEqual([[1, null], [2, null]])
    expect(obstacleOf(found[1]!, 'ana')).toBe('keptFree')
    expect(route([small, { ...large, dueAt: null }], [agent('ana', { load: 8 })], now, settingsOf({ weights: { phone: 5 } })).map(({ agentId }) => agentId)).toEqual([null, 'ana'])
  })
})

const skill = fc.constantFrom('a', 'b', 'c')
const agents = fc.array(fc.record({
  teamId: fc.constantFrom(null, 'x', 'y'), presence: fc.constantFrom('available' as const, 'available' as const, 'busy' as const, 'off' as const), onShift: fc.boolean(), load: fc.nat(8), capacity: fc.nat(8),
  lastAssignedAt: fc.option(fc.integer({ min: NOW - 1_000_000, max: NOW })), skills: fc.array(fc.tuple(skill, fc.integer({ min: 1, max: 3 }))).map((levels) => new Map(levels)),
}), { maxLength: 12 }).map((list) => list.map((given, index) => agent(`agent-${index}`, given)))
const cases = fc.array(fc.record({
  queueId: fc.constantFrom('q', 'r'), priority: fc.constantFrom(...priorities), channel: fc.constantFrom('email', 'phone'), dueAt: fc.option(fc.integer({ min: NOW - 1_000_000, max: NOW + 1_000_000 })),
  waitingSince: fc.integer({ min: NOW - 90_000_000, max: NOW }), ownerId: fc.option(fc.nat(11).map((n) => `agent-${n}`)), missed: fc.array(fc.record({ agentId: fc.nat(11).map((n) => `agent-${n}`), at: fc.constant(NOW) }), { maxLength: 2 }),
  needs: fc.array(fc.record({ skillId: skill, level: fc.integer({ min: 1, max: 3 }), dropAfterMinutes: fc.option(fc.nat(60)), source: fc.constant('queue' as const) }), { maxLength: 2 }).map(gatherNeeds),
}), { maxLength: 40 }).map((list) => list.map((given, index) => waiting(index + 1, { ...given, queuedAt: given.waitingSince })))
const twoQueues = fc.record({ teams: fc.constantFrom([], ['x']), capacityPercent: fc.constantFrom(50, 100), stickyMinutes: fc.constantFrom(null, 0, 30), weights: fc.constantFrom<Record<string, number>[]>({}, { phone: 3 }) })
  .map((given) => settingsOf({}, { queues: new Map([['q', queueOf(given)], ['r', { ...queueOf(), queueId: 'r' }]]) }))

describe('for any people and cases', () => {
  test('nobody is given more than their room, or anything that they cannot, may not or do not take', () => {
    fc.assert(fc.property(cases, agents, twoQueues, (list, people, settings) => {
      const loads = new Map(people.map(({ id, load }) => [id, load]))
      for (const { agentId, caseId, queueId } of route(list, people, now, settings)) {
        if (agentId === null) continue
        const [found, given, queue] = [list.find(({ id }) => id === caseId)!, people.find(({ id }) => id === agentId)!, settings.queues.get(queueId)!]
        expect(barrierOf(given, queue, needsAfter(found.needs, NOW - found.queuedAt).asked)).toBeNull()
        loads.set(agentId, loads.get(agentId)! + weightOf(queue, found.channel))
        expect(loads.get(agentId)).toBeLessThanOrEqual(roomFor(queue, given.capacity))
        expect(found.missed.some((missed) => missed.agentId === agentId)).toBe(false)
      }
    }))
  })

  test('each case is decided once, and the order in which they come does not matter', () => {
    fc.assert(fc.property(cases, agents, twoQueues, fc.integer(), (list, people, settings, seed) => {
      const mixed = <T>(items: readonly T[]) => items.map((item, index) => ({ item, key: (index * 7_919 + seed) % 101 })).sort((a, b) => a.key - b.key).map(({ item }) => item)
      const decisions = route(list, people, now, settings)
      expect(decisions.map(({ number }) => number).sort((a, b) => a - b)).toEqual(list.map(({ number }) => number))
      expect(route(mixed(list), mixed(people), now, settings)).toEqual(decisions)
    }))
  })

  test('whoever stays without a case is explained: all are either able or counted with what stood against them', () => {
    fc.assert(fc.property(cases, agents, twoQueues, (list, people, settings) => {
      for (const { agentId, why, reasons } of route(list, people, now, settings)) {
        expect(reasons.able + reasons.others.reduce((sum, { count }) => sum + count, 0)).toBe(people.length)
        if (why === 'nobody') expect([agentId, reasons.able]).toEqual([null, 0])
      }
    }))
  })

  test('equals get equally much: of cases that are alike, nobody gets two more than another', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 100_000 }), (people, count, first) => {
      const list = Array.from({ length: count }, (_, index) => waiting(first + index * 3))
      const given = route(list, Array.from({ length: people }, (_, index) => agent(`agent-${index}`)), now, settingsOf()).flatMap(({ agentId }) => agentId ?? [])
      const counts = Array.from({ length: people }, (_, index) => given.filter((id) => id === `agent-${index}`).length)
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
      expect(given).toHaveLength(Math.min(count, people * 10))
    }))
  })

  test('nothing starves: under a stream of urgent cases that fills everybody, a low and large one is taken in bounded time', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 5, max: 40 }), (people, weight, minutes) => {
      const settings = settingsOf({ weights: { phone: weight } })
      const open = Array.from({ length: people }, () => 5)
      let list = [waiting(1, { priority: 'low', channel: 'phone', waitingSince: NOW, queuedAt: NOW })]
      let rounds = 0
      // In each round somebody finishes one case, and two urgent ones come: more than there is room for.
      for (let number = 2; list.some((found) => found.number === 1); rounds++) {
        const at = NOW + rounds * minutes * MINUTE
        open[rounds % people] = Math.max(0, open[rounds % people]! - 1)
        list.push(...[number, number + 1].map((n) => waiting(n, { priority: 'urgent', waitingSince: at, queuedAt: at })))
        number += 2
        const gone = route(list, open.map((load, index) => agent(`agent-${index}`, { load, capacity: 5 })), new Date(at), settings).filter(({ agentId }) => agentId !== null)
        for (const { agentId, reasons } of gone) open[Number(agentId!.slice(6))]! += reasons.weight
        list = list.filter((found) => !gone.some((one_) => one_.number === found.number))
        expect(rounds).toBeLessThan(4 * Math.ceil((patienceStandard.low + 5) / minutes) + people * 5 * weight + 10)
      }
    }), { numRuns: 40 })
  })
})
