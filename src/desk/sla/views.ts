import { Type } from 'typebox'
import { Instant, Line, Nullable, strict, Uuid, Version } from '#platform'
import { priorities } from '../cases/model.ts'
import { metrics, whats } from './model.ts'

/** Promises on the wire. */

export const MetricWord = Type.Enum([...metrics])
const PausedFor = Nullable(Type.Enum(['pending', 'on_hold']))

/** The promise that a row of a list shows. */
export const ShownPromiseView = Type.Object({
  metric: MetricWord, state: Type.Enum(['running', 'paused', 'breached', 'met']), startedAt: Instant, dueAt: Nullable(Instant), breachedAt: Nullable(Instant), metAt: Nullable(Instant),
  pausedFor: PausedFor, share: Type.Number(),
})

const Minute = Type.Integer({ minimum: 0, maximum: 1_440 })
const Day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' })
const Title = Type.String({ maxLength: 200 })
const HoursBody = Type.Object({ from: Minute, to: Minute }, strict)
export const CalendarFields = {
  timeZone: Line(100), slots: Type.Array(Type.Object({ day: Type.Integer({ minimum: 1, maximum: 7 }), from: Minute, to: Minute }, strict), { maxItems: 200 }),
  holidays: Type.Array(Type.Object({ date: Day, name: Title, hours: Type.Optional(HoursBody), yearly: Type.Optional(Type.Boolean()) }, strict), { maxItems: 2_000 }),
  openDays: Type.Array(Type.Object({ date: Day, name: Title, from: Minute, to: Minute }, strict), { maxItems: 2_000 }),
}
const sites = Type.Array(Uuid, { maxItems: 500, uniqueItems: true })

export const CalendarView = Type.Object({
  id: Uuid, name: Type.String(), ...CalendarFields, number: Type.Integer(), versionId: Uuid, sites, standard: Type.Boolean(), archived: Type.Boolean(), version: Version, demo: Type.Boolean(),
})
export const NewCalendarBody = Type.Object({
  name: Line(200), timeZone: CalendarFields.timeZone, slots: CalendarFields.slots, holidays: Type.Optional(CalendarFields.holidays), openDays: Type.Optional(CalendarFields.openDays),
  sites: Type.Optional(sites), standard: Type.Optional(Type.Literal(true)),
}, strict)
export const CalendarChangeBody = Type.Object({
  name: Type.Optional(Line(200)), timeZone: Type.Optional(CalendarFields.timeZone), slots: Type.Optional(CalendarFields.slots), holidays: Type.Optional(CalendarFields.holidays),
  openDays: Type.Optional(CalendarFields.openDays), sites: Type.Optional(sites), standard: Type.Optional(Type.Literal(true)), archived: Type.Optional(Type.Boolean()),
}, { ...strict, minProperties: 1 })

const PriorityWord = Type.Enum([...priorities])
const Minutes = Type.Integer({ minimum: 1, maximum: 527_040 })
const Row = Type.Object({ firstReply: Type.Optional(Minutes), nextReply: Type.Optional(Minutes), resolution: Type.Optional(Minutes) }, strict)
const TargetsBody = Type.Object({ low: Type.Optional(Row), normal: Type.Optional(Row), high: Type.Optional(Row), urgent: Type.Optional(Row) }, strict)
const MetricList = Type.Array(MetricWord, { maxItems: 3, uniqueItems: true })
export const TermsBody = Type.Object({
  hours: Type.Enum(['calendar', 'site', 'always']), calendarId: Nullable(Uuid), always: Type.Array(PriorityWord, { maxItems: 4, uniqueItems: true }), targets: TargetsBody,
  segments: Type.Array(Type.Object({ segment: Type.Enum(['independent', 'startup', 'smb', 'enterprise']), targets: TargetsBody }, strict), { maxItems: 4 }),
  pauses: Type.Object({ pending: MetricList, on_hold: MetricList }, strict), graceMinutes: Type.Integer({ minimum: 0, maximum: 10_080 }), warnPercent: Type.Integer({ minimum: 1, maximum: 99 }),
}, strict)
const Condition = Type.String({ maxLength: 2_000 })

export const PolicyView = Type.Object({
  id: Uuid, name: Type.String(), condition: Type.String(), terms: TermsBody, place: Type.Integer(), active: Type.Boolean(), archived: Type.Boolean(), number: Type.Integer(), versionId: Uuid,
  version: Version, demo: Type.Boolean(),
  /** Cases at hand for which it holds. */
  cases: Type.Integer(),
})
export const NewPolicyBody = Type.Object({ name: Line(200), condition: Type.Optional(Condition), terms: TermsBody, active: Type.Optional(Type.Boolean()) }, strict)
export const PolicyChangeBody = Type.Object({
  name: Type.Optional(Line(200)), condition: Type.Optional(Condition), terms: Type.Optional(TermsBody), active: Type.Optional(Type.Boolean()), archived: Type.Optional(Type.Boolean()),
}, { ...strict, minProperties: 1 })
export const OrderBody = Type.Object({ policies: Type.Array(Uuid, { maxItems: 1_000, uniqueItems: true }) }, strict)

const Versioned = Type.Object({ id: Uuid, policyId: Uuid, name: Type.String(), number: Type.Integer() })
const CalendarNamed = Type.Object({ id: Uuid, calendarId: Uuid, name: Type.String(), number: Type.Integer(), timeZone: Type.String() })
export const ClockView = Type.Object({
  metric: MetricWord, state: Type.Enum(['running', 'paused', 'breached', 'met', 'cancelled']), targetMs: Type.Integer(), consumedMs: Type.Integer(), startedAt: Instant, dueAt: Nullable(Instant),
  warnedAt: Nullable(Instant), breachedAt: Nullable(Instant), metAt: Nullable(Instant), pausedFor: Nullable(Type.Enum(['pending', 'on_hold', 'removed', 'merged'])),
})
export const EntryView = Type.Object({
  metric: MetricWord, what: Type.Enum([...whats]), at: Instant, notedAt: Instant, consumedMs: Type.Integer(), dueAt: Nullable(Instant), why: Type.String(), policy: Nullable(Type.String()),
})
export const CaseSlaView = Type.Object({
  policy: Nullable(Versioned), calendar: Nullable(CalendarNamed), now: Instant, shown: Nullable(ShownPromiseView), clocks: Type.Array(ClockView), ledger: Type.Array(EntryView),
})

export const ProbeBody = Type.Object({
  case: Type.Optional(Type.Integer({ minimum: 1, maximum: 9_007_199_254_740_991 })), at: Type.Optional(Type.String({ format: 'date-time' })),
  priority: Type.Optional(PriorityWord), kind: Type.Optional(Type.Enum(['question', 'incident', 'problem', 'request'])), channel: Type.Optional(Line(60)), queue: Type.Optional(Line(100)),
  team: Type.Optional(Nullable(Uuid)), topic: Type.Optional(Nullable(Line(100))), tags: Type.Optional(Type.Array(Line(60), { maxItems: 50 })),
  segment: Type.Optional(Nullable(Type.Enum(['independent', 'startup', 'smb', 'enterprise']))), account: Type.Optional(Nullable(Uuid)), customer: Type.Optional(Type.String({ maxLength: 320 })),
  language: Type.Optional(Nullable(Line(20))), subject: Type.Optional(Type.String({ maxLength: 500 })),
  /** What is being written and not saved yet takes the place of the policy with this id, or comes last. */
  draft: Type.Optional(Type.Object({ id: Nullable(Uuid), name: Line(200), condition: Condition, terms: TermsBody }, strict)),
}, strict)
const Stretch = Type.Object({ from: Instant, to: Instant })
export const ProbeView = Type.Object({
  at: Instant, priority: PriorityWord, segment: Nullable(Type.String()), matched: Nullable(Type.String()), matchedName: Nullable(Type.String()), calendar: Nullable(CalendarNamed),
  policies: Type.Array(Type.Object({
    id: Nullable(Uuid), name: Type.String(), active: Type.Boolean(), condition: Type.String(), result: Type.Enum(['matched', 'later', 'notMet', 'off']),
    /** The terms of its condition that did not hold, as they are written. */
    unmet: Type.Array(Type.String()),
  })),
  targets: Type.Array(Type.Object({ metric: MetricWord, minutes: Type.Integer(), dueAt: Nullable(Instant), warnAt: Nullable(Instant), fromSegment: Type.Boolean() })),
  open: Type.Array(Stretch), until: Instant,
})

export const VerifiedView = Type.Object({ facts: Type.Integer(), entries: Type.Integer(), differences: Type.Array(Type.Object({ where: Type.String(), stored: Type.String(), recomputed: Type.String() })) })
export const IcsView = Type.Object({ days: Type.Array(Type.Object({ date: Day, name: Title, hours: Type.Optional(HoursBody) })), skipped: Type.Integer() })
