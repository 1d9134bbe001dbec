import { agents, type SampleAgent } from '../../src/demo/cast/agents.ts'
import { queues, skills, type SkillKey } from '../../src/demo/cast/places.ts'
import { makePlan } from '../../src/demo/plan/plan.ts'
import { makeRota } from '../../src/demo/plan/rota.ts'
import { DAY_MS } from '../../src/demo/plan/hours.ts'
import { DAYS } from '../../src/demo/plan/arrivals.ts'
import { randomOf } from '../../src/demo/random.ts'

/** The sample centre as a simulation needs it: what arrives when, who is there when, and what they can. */

export const STEP_MS = 60_000
const NOW = new Date('2026-03-02T10:00:00Z')

export interface Arrival {
  number: number
  at: number
  queue: string
  priority: 'low' | 'normal' | 'high' | 'urgent'
  customer: number
  /** The skills that the work takes: that of the queue, and the customer's language where it is another than English. */
  wants: readonly SkillKey[]
  /** Minutes of work until the first reply, for somebody who can. */
  minutes: number
  /** Comes back so long after the first reply, for so many minutes; null: it does not. */
  back: { afterMs: number; minutes: number } | null
}

export interface Worker {
  id: string
  place: number
  sample: SampleAgent
  levels: ReadonlyMap<string, number>
}

const skillOfQueue: Readonly<Record<string, SkillKey>> = { payouts: 'payouts', payments: 'payments', disputes: 'disputes', billing: 'billing', developers: 'api', verification: 'trust', security: 'trust' }
const skillOfLanguage: Readonly<Record<string, SkillKey>> = { es: 'spanish', pt: 'portuguese', fr: 'french', de: 'german', hi: 'hindi' }
export const skillKeys: readonly SkillKey[] = skills.map(({ key }) => key)

/** Normally distributed (Box and Muller 1958), for handling times that spread as they do: most short, some long. */
const normal = (next: () => number) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())

/** What comes in over the sample centre's sixty days, by its own plan; handling times are ours: lognormal, median 22 minutes. */
export function arrivalsOf(cases: number): Arrival[] {
  const plan = makePlan({ seed: 'meridian', cases, accounts: 300, now: NOW })
  const random = randomOf('handling')
  return plan.cases.flatMap(({ writer, queue, steps }, index) => {
    const opening = steps[0]
    if (opening?.does.kind !== 'open' || !('customer' in writer) || !queues.some(({ key }) => key === queue)) return []
    const language = skillOfLanguage[plan.customers[writer.customer]?.language ?? 'en']
    const own = skillOfQueue[queue]
    const minutes = Math.round(22 * Math.exp(0.6 * normal(() => random.next())))
    const back = random.chance(0.5) ? { afterMs: -Math.log(1 - random.next()) * 4 * 3_600_000, minutes: Math.max(2, Math.round(minutes / 2)) } : null
    return [{ number: index + 1, at: opening.at.getTime(), queue, priority: opening.does.priority, customer: writer.customer, wants: [own, language].filter((skill) => skill !== undefined), minutes: Math.max(3, minutes), back }]
  }).toSorted((a, b) => a.at - b.at)
}

export const workers: readonly Worker[] = agents.flatMap((sample, place) => (sample.role === 'agent' ? [{ id: `agent-${String(place).padStart(2, '0')}`, place, sample, levels: new Map<string, number>(sample.skills) }] : []))
export const from = NOW.getTime() - DAYS * DAY_MS
export const until = NOW.getTime() + 3 * DAY_MS

const QUARTER_MS = 15 * 60_000
/** Who is on shift, by the quarter of an hour. */
export function shifts(): (place: number, at: number) => boolean {
  const rota = makeRota(agents, randomOf('shifts'), NOW.getTime())
  const known = new Map<number, boolean>()
  return (place, at) => {
    const key = Math.floor(at / QUARTER_MS) * 1_000 + place
    const there = known.get(key) ?? rota.onShift(place, Math.floor(at / QUARTER_MS) * QUARTER_MS)
    known.set(key, there)
    return there
  }
}
