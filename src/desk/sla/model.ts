import type { Priority, Status } from '../cases/model.ts'
import { addBusiness, businessMs, type Calendar } from './calendar.ts'

/** The words of promises. Also runs in the browser. */
export { addBusiness, businessMs, dateOf, dayOf, hoursOn, openBetween, weekdayOf, type Calendar, type Holiday, type Hours, type OpenDay, type Slot } from './calendar.ts'
export { isZone, midnightOf, offsetAt, shiftOn, stretchesOf, wallAt } from './zones.ts'

export const metrics = ['firstReply', 'nextReply', 'resolution'] as const
export type Metric = (typeof metrics)[number]

/** Minutes that are promised; without one for a metric nothing is. */
export type Targets = Partial<Record<Priority, Partial<Record<Metric, number>>>>

/** What a version of a policy promises. */
export interface Terms {
  /** The policy's own calendar, that of the site of the case's team (else the standard one), or every hour counts. */
  hours: 'calendar' | 'site' | 'always'
  calendarId: string | null
  /** Priorities for which every hour counts, whatever the hours are. */
  always: readonly Priority[]
  targets: Targets
  /** Where a segment is promised something else; what is left out is as above. */
  segments: readonly { segment: string; targets: Targets }[]
  /** Which clocks stand still while the case waits for the customer, or for somebody else. */
  pauses: { pending: readonly Metric[]; on_hold: readonly Metric[] }
  /** The least that is left after a case was reopened, in minutes. */
  graceMinutes: number
  /** The share of a target after which it is at risk, in percent. */
  warnPercent: number
}

/** A version of a policy, as it was compared with a case. */
export interface PolicyVersion {
  id: string
  policyId: string
  name: string
  number: number
  condition: string
  terms: Terms
}

export interface CalendarVersion {
  id: string
  calendarId: string
  name: string
  number: number
  calendar: Calendar
}

export type ClockState = 'running' | 'paused' | 'breached' | 'met' | 'cancelled'
export type Suspended = 'removed' | 'merged'

/** A promise that runs, or ran: one round of one metric of a case. Times of business are milliseconds. */
export interface Clock {
  metric: Metric
  state: ClockState
  policyVersion: string
  calendarVersion: string | null
  targetMs: number
  startedAt: Date
  consumedMs: number
  runningSince: Date | null
  dueAt: Date | null
  nextAt: Date | null
  pausedFor: 'pending' | 'on_hold' | Suspended | null
  warnedAt: Date | null
  breachedAt: Date | null
  metAt: Date | null
  metBy: string | null
}

/** All that is known of a case's promises: a function of its facts. */
export interface CaseClocks {
  at: Date
  policyVersion: string | null
  calendarVersion: string | null
  priority: Priority | null
  segment: string | null
  status: Status
  suspended: Suspended | null
  waiting: boolean
  replied: boolean
  clocks: Partial<Record<Metric, Clock>>
}

export const whats = ['activated', 'paused', 'resumed', 'applied', 'fulfilled', 'reopened', 'breached', 'cancelled'] as const
export type What = (typeof whats)[number]

/** A line of the ledger. */
export interface Entry {
  metric: Metric
  what: What
  at: Date
  consumedMs: number
  dueAt: Date | null
  policyVersion: string
  why: string
}

/** What the arithmetic looks up: versions never change. */
export interface Versions {
  terms(policyVersion: string): Terms | null
  calendar(calendarVersion: string | null): Calendar | null
}

const MINUTE_MS = 60_000

/** What is promised for a metric, in milliseconds of business time; null when nothing is. */
export function targetMs(terms: Terms, metric: Metric, priority: Priority, segment: string | null): number | null {
  const own = terms.segments.find((override) => override.segment === segment)?.targets[priority]?.[metric]
  const minutes = own ?? terms.targets[priority]?.[metric]
  return minutes === undefined ? null : minutes * MINUTE_MS
}

/** One that goes on, or stands still and will go on. */
export type ActiveClock = Clock & { state: 'running' | 'paused' | 'breached' }
export const isActive = (clock: Clock | undefined): clock is ActiveClock => clock !== undefined && (clock.state === 'running' || clock.state === 'paused' || clock.state === 'breached')

/** How much of the target is used at an instant, in milliseconds of business time. */
export const consumedAt = (clock: Pick<Clock, 'consumedMs' | 'runningSince'>, calendar: Calendar | null, at: Date): number =>
  clock.consumedMs + (clock.runningSince === null ? 0 : businessMs(calendar, clock.runningSince, at))

/** When a running clock is due, and when it says something next. A breach that happened is in the past; nothing else is. */
export function schedule(clock: Clock, terms: Terms | null, calendar: Calendar | null): Pick<Clock, 'dueAt' | 'nextAt'> {
  if (clock.runningSince === null) return { dueAt: null, nextAt: null }
  if (clock.breachedAt !== null) return { dueAt: clock.breachedAt, nextAt: null }
  const dueAt = addBusiness(calendar, clock.runningSince, clock.targetMs - clock.consumedMs)
  if (clock.warnedAt !== null || terms === null) return { dueAt, nextAt: dueAt }
  return { dueAt, nextAt: addBusiness(calendar, clock.runningSince, warnMs(clock.targetMs, terms) - clock.consumedMs) ?? dueAt }
}

export const warnMs = (target: number, terms: Pick<Terms, 'warnPercent'>): number => Math.floor(target * terms.warnPercent / 100)

/** The soonest instant at which a promise of the case is due: what lists are sorted by. */
export function soonest(clocks: CaseClocks['clocks']): Date | null {
  const due = metrics.flatMap((metric) => clocks[metric]?.dueAt ?? [])
  return due.length === 0 ? null : new Date(Math.min(...due.map((at) => at.getTime())))
}

/** The one promise that a row of a list shows. */
export interface ShownPromise {
  metric: Metric
  state: 'running' | 'paused' | 'breached' | 'met'
  startedAt: Date
  dueAt: Date | null
  breachedAt: Date | null
  metAt: Date | null
  pausedFor: 'pending' | 'on_hold' | null
  /** How much of the time is used: 1 is all of it. */
  share: number
}

/**
 * The promise that comes first: of those that run the one that is due soonest, else one that stands still, else the one that was kept last. Between
 * when it began to run and when it is due the share goes by the clock on the wall, so that no calendar is needed to draw a row.
 */
export function shownPromise(clocks: readonly Clock[], now: Date): ShownPromise | null {
  const first = clocks.filter((clock) => clock.state !== 'cancelled' && clock.pausedFor !== 'removed' && clock.pausedFor !== 'merged').toSorted((a, b) => rank(a) - rank(b))[0]
  if (!first || first.state === 'cancelled' || first.pausedFor === 'removed' || first.pausedFor === 'merged') return null
  const { metric, state, startedAt, dueAt, breachedAt, metAt, pausedFor } = first
  return { metric, state, startedAt, dueAt, breachedAt, metAt, pausedFor, share: shareOf(first, now) }
}

/** Smaller comes first. Instants are far below the steps between the kinds. */
function rank(clock: Clock): number {
  if (clock.state === 'met') return 2e15 - (clock.metAt?.getTime() ?? 0)
  if (clock.runningSince === null) return clock.breachedAt ? 3e14 : 4e14 + clock.targetMs - clock.consumedMs
  return clock.dueAt?.getTime() ?? 2e14
}

export function shareOf(clock: Clock, now: Date): number {
  const used = clock.consumedMs / clock.targetMs
  if (clock.breachedAt !== null) return Math.max(1, used)
  if (clock.runningSince === null || clock.dueAt === null) return used
  const [from, to] = [clock.runningSince.getTime(), clock.dueAt.getTime()]
  return to <= from ? 1 : Math.min(1, used + (1 - used) * Math.max(0, now.getTime() - from) / (to - from))
}
