import type { Priority, Status } from '../cases/model.ts'
import { isActive, consumedAt, metrics, schedule, targetMs, warnMs, type CaseClocks, type Clock, type Entry, type Metric, type Suspended, type Versions, type What } from './model.ts'

/** Something that happened to a case, as far as promises are concerned. */
export type Happening = { at: Date } & (
  | { what: 'customerWrote' }
  | { what: 'replied'; message: string }
  | { what: 'recalled'; message: string; status: Status | null }
  | { what: 'status'; to: Status }
  | { what: 'suspended'; as: Suspended; status: Status | null }
  | { what: 'restored' }
  /** Messages moved between cases: where the case stands now is said rather than concluded. */
  | { what: 'realigned'; waiting: boolean; replied: boolean; suspended: Suspended | null; status: Status }
  | { what: 'applied'; policyVersion: string | null; calendarVersion: string | null; priority: Priority; segment: string | null; why: string }
  /** Time passed. */
  | { what: 'looked' }
)

/** What is to be told to everybody. */
export interface Told {
  kind: 'sla.atRisk' | 'sla.breached' | 'sla.met' | 'sla.unmet'
  metric: Metric
  data: Record<string, unknown>
}

export interface Decided {
  after: CaseClocks
  entries: Entry[]
  told: Told[]
}

/** How a case begins: new, and nothing promised. */
export const noClocks = (at: Date): CaseClocks =>
  ({ at, policyVersion: null, calendarVersion: null, priority: null, segment: null, status: 'new', suspended: null, waiting: false, replied: false, clocks: {} })

/** What becomes of a case's clocks: what came due until now first, then what happened, then what follows from it. Time never goes back. */
export function decide(before: CaseClocks, happening: Happening, versions: Versions): Decided {
  const at = happening.at > before.at ? happening.at : before.at
  const draft: Draft = { after: { ...before, at, clocks: { ...before.clocks } }, entries: [], told: [], versions, at }
  advance(draft)
  take(draft, happening)
  align(draft, whyOf(happening))
  advance(draft)
  return { after: draft.after, entries: draft.entries, told: draft.told }
}

/** The same for several, one after the other. */
export function decideAll(before: CaseClocks, happenings: readonly Happening[], versions: Versions): Decided {
  return happenings.reduce<Decided>((sofar, happening) => {
    const next = decide(sofar.after, happening, versions)
    return { after: next.after, entries: [...sofar.entries, ...next.entries], told: [...sofar.told, ...next.told] }
  }, { after: before, entries: [], told: [] })
}

interface Draft extends Decided {
  versions: Versions
  at: Date
}

const calendarOf = ({ versions }: Draft, clock: Clock) => versions.calendar(clock.calendarVersion)

function put(draft: Draft, clock: Clock, entry?: { what: What; why: string; at?: Date }): void {
  const next = { ...clock, ...schedule(clock, draft.versions.terms(clock.policyVersion), calendarOf(draft, clock)) }
  draft.after.clocks[clock.metric] = next
  if (!entry) return
  const at = entry.at ?? draft.at
  draft.entries.push({ metric: clock.metric, what: entry.what, at, consumedMs: consumedAt(next, calendarOf(draft, next), at), dueAt: next.dueAt, policyVersion: next.policyVersion, why: entry.why })
}

/** Warnings and breaches whose instant has passed, each at its own instant, in their order. */
function advance(draft: Draft): void {
  for (let clock = nextOf(draft); clock !== null; clock = nextOf(draft)) {
    if (clock.warnedAt === null && clock.nextAt !== null && (clock.dueAt === null || clock.nextAt < clock.dueAt)) {
      // Nobody is warned of what has happened already.
      if (clock.dueAt === null || clock.dueAt >= draft.at) draft.told.push({ kind: 'sla.atRisk', metric: clock.metric, data: { due: clock.dueAt } })
      put(draft, { ...clock, warnedAt: clock.nextAt })
    } else {
      const due = clock.dueAt ?? draft.at
      draft.told.push({ kind: 'sla.breached', metric: clock.metric, data: { due } })
      put(draft, { ...clock, state: 'breached', breachedAt: due }, { what: 'breached', why: 'due', at: due })
    }
  }
}

function nextOf({ after, at }: Draft): Clock | null {
  const due = metrics.flatMap((metric) => after.clocks[metric] ?? []).filter(({ nextAt }) => nextAt !== null && nextAt < at)
  return due.toSorted((a, b) => (a.nextAt?.getTime() ?? 0) - (b.nextAt?.getTime() ?? 0))[0] ?? null
}

function take(draft: Draft, happening: Happening): void {
  const { after } = draft
  if (happening.what === 'customerWrote') after.waiting = true
  else if (happening.what === 'replied') reply(draft, happening.message)
  else if (happening.what === 'recalled') recall(draft, happening)
  else if (happening.what === 'status') after.status = happening.to
  else if (happening.what === 'suspended') Object.assign(after, { suspended: happening.as, status: happening.status ?? after.status })
  else if (happening.what === 'restored') after.suspended = null
  else if (happening.what === 'realigned') Object.assign(after, { waiting: happening.waiting, replied: happening.replied, suspended: happening.suspended, status: happening.status })
  else if (happening.what === 'applied') apply(draft, happening)
}

function reply(draft: Draft, message: string): void {
  const { after } = draft
  for (const metric of ['firstReply', 'nextReply'] as const) if (isActive(after.clocks[metric])) fulfil(draft, metric, 'replied', message)
  // What we write before the customer ever did opens the case, and is no answer.
  after.replied ||= after.waiting
  after.waiting = false
}

function recall(draft: Draft, { message, status }: { message: string; status: Status | null }): void {
  const { after } = draft
  const wasSolved = after.status === 'solved'
  after.status = status ?? after.status
  for (const metric of ['firstReply', 'nextReply'] as const) {
    if (after.clocks[metric]?.state !== 'met' || after.clocks[metric].metBy !== message) continue
    after.waiting = true
    if (metric === 'firstReply') after.replied = false
    unfulfil(draft, metric)
  }
  if (wasSolved && status !== null && status !== 'solved') unfulfil(draft, 'resolution')
}

/** Another promise holds: what was used of the one before stays used. */
function apply(draft: Draft, next: { policyVersion: string | null; calendarVersion: string | null; priority: Priority; segment: string | null; why: string }): void {
  const { after, versions } = draft
  Object.assign(after, { policyVersion: next.policyVersion, calendarVersion: next.calendarVersion, priority: next.priority, segment: next.segment })
  const terms = next.policyVersion === null ? null : versions.terms(next.policyVersion)
  for (const metric of metrics) {
    const clock = after.clocks[metric]
    if (!isActive(clock)) continue
    const target = terms && targetMs(terms, metric, next.priority, next.segment)
    if (!terms || target === null || next.policyVersion === null) cancel(draft, metric, next.why)
    else if (clock.policyVersion !== next.policyVersion || clock.calendarVersion !== next.calendarVersion || clock.targetMs !== target) {
      const counted = count(draft, clock)
      const breachedAt = counted.consumedMs < target ? null : counted.breachedAt
      put(draft, {
        ...counted, policyVersion: next.policyVersion, calendarVersion: next.calendarVersion, targetMs: target, breachedAt, state: stateOf({ ...counted, breachedAt }),
        warnedAt: counted.consumedMs < warnMs(target, terms) ? null : counted.warnedAt,
      }, { what: 'applied', why: next.why })
    }
  }
}

const stateOf = ({ breachedAt, runningSince }: Pick<Clock, 'breachedAt' | 'runningSince'>) => (breachedAt !== null ? 'breached' : runningSince !== null ? 'running' : 'paused')

/** The clock with everything up to now counted. */
function count(draft: Draft, clock: Clock): Clock {
  return { ...clock, consumedMs: consumedAt(clock, calendarOf(draft, clock), draft.at), runningSince: clock.runningSince === null ? null : draft.at }
}

/** What the case's standing asks for: which clocks go, and which of them stand still. */
function align(draft: Draft, why: string): void {
  const { after } = draft
  if (after.suspended === null) for (const metric of metrics) match(draft, metric, why)
  for (const metric of metrics) pause(draft, metric)
}

function match(draft: Draft, metric: Metric, why: string): void {
  const { after, versions } = draft
  const clock = after.clocks[metric]
  const unsolved = after.status !== 'solved' && after.status !== 'closed'
  const wanted = unsolved && (metric === 'resolution' || (after.waiting && after.replied === (metric === 'nextReply')))
  if (isActive(clock)) {
    if (wanted) return
    return !unsolved && metric === 'resolution' ? fulfil(draft, metric, 'solved', null) : cancel(draft, metric, unsolved ? why : 'solved')
  }
  const terms = after.policyVersion === null ? null : versions.terms(after.policyVersion)
  const target = terms && after.priority && targetMs(terms, metric, after.priority, after.segment)
  if (!wanted || !terms || !target || after.policyVersion === null) return
  const promised = { metric, policyVersion: after.policyVersion, calendarVersion: after.calendarVersion, targetMs: target }
  if (metric === 'resolution' && clock?.state === 'met') return reopen(draft, { ...clock, ...promised }, terms.graceMinutes)
  put(draft, {
    ...promised, state: 'running', startedAt: draft.at, consumedMs: 0, runningSince: draft.at, dueAt: null, nextAt: null, pausedFor: null, warnedAt: null, breachedAt: null, metAt: null, metBy: null,
  }, { what: 'activated', why })
}

/** The time that was left goes on, and is at least the grace: a case that comes back is not late at once. */
function reopen(draft: Draft, clock: Clock, graceMinutes: number): void {
  const consumedMs = Math.max(0, Math.min(clock.consumedMs, clock.targetMs - graceMinutes * 60_000))
  put(draft, { ...clock, state: 'running', consumedMs, runningSince: draft.at, pausedFor: null, warnedAt: null, breachedAt: null, metAt: null, metBy: null }, { what: 'reopened', why: 'reopened' })
}

function pauseOf({ after, versions }: Draft, clock: Clock): Clock['pausedFor'] {
  if (after.suspended !== null) return after.suspended
  const { status } = after
  if (status !== 'pending' && status !== 'on_hold') return null
  return versions.terms(clock.policyVersion)?.pauses[status].includes(clock.metric) ? status : null
}

function pause(draft: Draft, metric: Metric): void {
  const clock = draft.after.clocks[metric]
  if (!isActive(clock)) return
  const pausedFor = pauseOf(draft, clock)
  if (pausedFor === clock.pausedFor) return
  const counted = { ...count(draft, clock), runningSince: pausedFor === null ? draft.at : null, pausedFor }
  put(draft, { ...counted, state: stateOf(counted) }, pausedFor === null ? { what: 'resumed', why: clock.pausedFor ?? '' } : { what: 'paused', why: pausedFor })
}

function fulfil(draft: Draft, metric: Metric, why: string, message: string | null): void {
  const clock = draft.after.clocks[metric]
  if (!isActive(clock)) return
  put(draft, { ...count(draft, clock), state: 'met', runningSince: null, pausedFor: null, metAt: draft.at, metBy: message }, { what: 'fulfilled', why })
  draft.told.push({ kind: 'sla.met', metric, data: clock.breachedAt === null ? {} : { late: true } })
}

/** As if it had not been met: the time since then counts too, unless the clock stood still. */
function unfulfil(draft: Draft, metric: Metric): void {
  const clock = draft.after.clocks[metric]
  if (clock?.state !== 'met') return
  const pausedFor = pauseOf(draft, clock)
  const going = { ...clock, runningSince: pausedFor === null ? clock.metAt : null, pausedFor, metAt: null, metBy: null }
  put(draft, { ...going, state: stateOf(going) }, { what: 'resumed', why: 'recalled' })
  draft.told.push({ kind: 'sla.unmet', metric, data: {} })
}

function cancel(draft: Draft, metric: Metric, why: string): void {
  const clock = draft.after.clocks[metric]
  if (!isActive(clock)) return
  put(draft, { ...count(draft, clock), state: 'cancelled', runningSince: null, pausedFor: null }, { what: 'cancelled', why })
}

const whys = { customerWrote: 'customer', replied: 'replied', recalled: 'recalled', suspended: 'suspended', restored: 'restored', realigned: 'moved', looked: 'time' } as const

function whyOf(happening: Happening): string {
  if (happening.what === 'applied') return happening.why
  return happening.what === 'status' ? happening.to : whys[happening.what]
}
