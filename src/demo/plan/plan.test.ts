import { describe, expect, test } from 'vitest'
import { normaliseAddress } from '#accounts'
import { findCards } from '#language'
import { agents, mailOf } from '../cast/agents.ts'
import { queueOfTopic, queues } from '../cast/places.ts'
import { materials } from '../material/index.ts'
import playbooks from '../playbooks.json' with { type: 'json' }
import { randomOf } from '../random.ts'
import { holderOf } from './colour.ts'
import { instantAt, localOf } from './hours.ts'
import type { PlannedCase } from './model.ts'
import { makePlan } from './plan.ts'

// A Tuesday afternoon in Dublin.
const now = new Date('2026-11-24T15:40:00Z')
const plan = makePlan({ seed: 'meridian', cases: 2_000, accounts: 300, now })
const openings = plan.cases.flatMap(({ steps }) => (steps[0]?.does.kind === 'open' ? [{ at: steps[0].at, does: steps[0].does }] : []))
const texts = (planned: PlannedCase) => planned.steps.flatMap(({ does }) => ('text' in does ? [does.text] : 'note' in does ? [does.note] : []))
const openNow = plan.cases.filter(({ steps, closedAt, queue }) => {
  const last = steps.findLast(({ does }) => ['reply', 'move', 'write', 'take', 'remove'].includes(does.kind))?.does
  return closedAt === null && !(last && ((last.kind === 'remove') || ((last.kind === 'reply' || last.kind === 'move') && last.status === 'solved'))) && queue !== 'general'
})

test('the same seed and instant give the same plan, another seed another one', () => {
  const small = (seed: string) => makePlan({ seed, cases: 40, accounts: 20, now })
  expect(small('a')).toEqual(small('a'))
  expect(small('a').cases).not.toEqual(small('b').cases)
})

describe('the material', () => {
  test('covers the 46 topics, each in a queue that somebody works', () => {
    const keys = playbooks.map(({ key }) => key).toSorted()
    expect(keys).toHaveLength(46)
    expect(materials.map(({ topic }) => topic).toSorted()).toEqual(keys)
    expect(Object.keys(queueOfTopic).toSorted()).toEqual(keys)
    expect(new Set(Object.values(queueOfTopic))).toEqual(new Set(queues.map(({ key }) => key)))
    for (const { teams } of queues) expect(agents.filter(({ team, role }) => role === 'agent' && teams.includes(team)).length).toBeGreaterThanOrEqual(3)
  })

  test('leaves no slot open, says nothing twice on one screen, and holds no card number but those that are meant', () => {
    const all = plan.cases.flatMap(texts)
    expect(all.filter((text) => /\{\w+\}|undefined|NaN/.test(text))).toEqual([])
    expect(all.filter((text) => findCards(text).length > 0).every((text) => text.includes('4242 4242 4242 4242'))).toBe(true)
    const subjects = openings.map(({ does }) => does.subject)
    expect(subjects.filter((subject) => /[\n{}]/.test(subject) || subject.length > 120)).toEqual([])
    const shown = openNow.map(({ steps }) => (steps[0]?.does.kind === 'open' ? steps[0].does.text : ''))
    expect(shown.length - new Set(shown).size).toBeLessThanOrEqual(1)
  })

  test('names only addresses that nobody can own', () => {
    const addresses = [...plan.customers.map(({ address }) => address), ...agents.map(({ name }) => mailOf(name)), ...plan.twins.map(({ address }) => address)]
    for (const address of addresses) expect(address).toMatch(/^[a-z0-9.-]+@[a-z0-9-]+\.example$/)
    for (const address of addresses) expect(normaliseAddress(address)).toBe(address)
    expect(new Set(addresses).size).toBe(addresses.length)
  })
})

describe('the shape of the work', () => {
  test('people write most on Mondays, little at weekends, by day where they are', () => {
    const byDay = [0, 0, 0, 0, 0, 0, 0]
    let byNight = 0
    for (const { writer, steps } of plan.cases) {
      const customer = 'customer' in writer ? plan.customers[writer.customer] : undefined
      const zone = customer && plan.accounts[customer.account]?.country.timeZone
      if (!zone || !steps[0]) continue
      const { weekday, minutes } = localOf(zone, steps[0].at.getTime())
      byDay[weekday] = (byDay[weekday] ?? 0) + 1
      if (minutes < 6 * 60) byNight += 1
    }
    const [sunday = 0, monday = 0, ...rest] = byDay
    expect(Math.max(...rest)).toBeLessThan(monday)
    expect(sunday + (rest.at(-1) ?? 0)).toBeLessThan(monday)
    expect(byNight / plan.cases.length).toBeLessThan(0.06)
  })

  test('it spans the last sixty days and ends now', () => {
    const times = plan.cases.flatMap(({ steps }) => steps.map(({ at }) => at.getTime()))
    expect(Math.max(...times)).toBeLessThanOrEqual(now.getTime())
    expect(now.getTime() - Math.max(...times)).toBeLessThan(3_600_000)
    expect(now.getTime() - Math.min(...times)).toBeGreaterThan(58 * 86_400_000)
  })

  test('work at hand: 120 to 260 cases, some with nobody, none of the agents with more than a dozen', () => {
    expect(openNow.length).toBeGreaterThan(120)
    expect(openNow.length).toBeLessThan(260)
    const holders = openNow.map(({ steps }) => holderOf(steps))
    expect(holders.filter((holder) => holder === null).length).toBeGreaterThan(10)
    const loads = agents.flatMap(({ role }, place) => (role === 'agent' ? [holders.filter((holder) => holder === place).length] : []))
    expect(Math.max(...loads)).toBeLessThanOrEqual(12)
    expect(loads.filter((load) => load >= 3).length).toBeGreaterThan(loads.length / 2)
  })

  test('agents work their own hours, and only what they may see', () => {
    for (const { steps, queue } of plan.cases) {
      for (const { at, does } of steps) {
        if (does.kind !== 'reply' && does.kind !== 'handOver') continue
        const agent = agents[does.by]
        const zone = agent?.team.endsWith('americas') ? 'America/Mexico_City' : agent?.team.endsWith('asia') ? 'Asia/Kolkata' : 'Europe/Dublin'
        const { minutes } = localOf(zone, at.getTime())
        expect(minutes).toBeGreaterThanOrEqual((agent?.shift[0] ?? 24) * 60)
        expect(minutes).toBeLessThan((agent?.shift[1] ?? 0) * 60)
        if (queue === 'security') expect(agent?.team).toBe('trust-europe')
      }
    }
  })

  test('everything that happens in a centre happens here: handed over, reopened, late, on hold, junk, drafts, strangers, follow-ups', () => {
    const count = (is: (planned: PlannedCase) => boolean) => plan.cases.filter(is).length
    const does = (kind: string) => count(({ steps }) => steps.some((step) => step.does.kind === kind))
    expect(does('handOver')).toBeGreaterThan(100)
    expect(does('draft')).toBeGreaterThan(8)
    expect(does('suggest')).toBeGreaterThan(8)
    expect(does('remove')).toBeGreaterThan(8)
    expect(count(({ follows }) => follows !== null)).toBeGreaterThan(20)
    expect(count(({ steps }) => steps.some(({ does: deed }) => deed.kind === 'reply' && deed.status === 'on_hold'))).toBeGreaterThan(50)
    expect(count(({ steps }) => steps.some(({ does: deed }) => deed.kind === 'reply' && deed.outcome !== 'sent'))).toBeGreaterThan(1)
    expect(count(({ steps }) => steps.some(({ does: deed }) => deed.kind === 'note' && deed.mentions.length > 0))).toBeGreaterThan(50)
    expect(count(({ steps }) => (steps.find(({ does: deed }) => deed.kind === 'reply')?.at.getTime() ?? 0) - (steps[0]?.at.getTime() ?? 0) > 2 * 86_400_000)).toBeGreaterThan(50)
  })
})

test('local hours: before, in and after summer time, and where the half hour counts', () => {
  expect(localOf('Europe/Dublin', Date.parse('2026-10-24T23:30:00Z'))).toEqual({ weekday: 0, dayOfMonth: 25, minutes: 30 })
  expect(localOf('Asia/Kolkata', Date.parse('2026-11-24T19:00:00Z'))).toEqual({ weekday: 3, dayOfMonth: 25, minutes: 30 })
  expect(new Date(instantAt('Europe/Dublin', Date.parse('2026-10-24T12:00:00Z'), 1, 9 * 60)).toISOString()).toBe('2026-10-25T09:00:00.000Z')
  expect(new Date(instantAt('America/Mexico_City', Date.parse('2026-11-24T03:00:00Z'), 0, 8 * 60)).toISOString()).toBe('2026-11-23T14:00:00.000Z')
})

test('chance is even, and weighs what it is told to weigh', () => {
  const random = randomOf('even')
  const throws = Array.from({ length: 6_000 }, () => random.between(1, 6))
  for (let face = 1; face <= 6; face++) expect(Math.abs(throws.filter((thrown) => thrown === face).length - 1_000)).toBeLessThan(130)
  const heavy = Array.from({ length: 4_000 }, () => random.weighted(['a', 'b'], (item) => (item === 'a' ? 3 : 1))).filter((item) => item === 'a').length
  expect(Math.abs(heavy - 3_000)).toBeLessThan(150)
})
