import { Type } from 'typebox'
import { Cursor, Instant, Nullable, strict } from '#platform'
import { clocks, dimensions, groups, periods } from '../measures/model.ts'

/** The words of measures on the wire. */

export const MeasureView = Type.Object({
  key: Type.String(), name: Type.String(), group: Type.Enum([...groups]), words: Type.String(), kind: Type.Enum(['time', 'share', 'count', 'level']), unit: Type.Enum(['milliseconds', 'share', 'cases']),
  counted: Type.Enum(['case', 'reply', 'target']), part: Type.String(), event: Type.String(), by: Type.Array(Type.Enum([...dimensions])), better: Type.Enum(['less', 'more', 'neither']), source: Type.String(),
})
const Count = Type.Integer({ minimum: 0 })
/** `p50` and `p90` in milliseconds; a share is `part` of `count`. */
const figure = { count: Count, part: Count, p50: Nullable(Type.Number()), p90: Nullable(Type.Number()) }
const FigureView = Type.Object(figure)

export const FiguresView = Type.Object({
  measure: MeasureView, from: Instant, to: Instant, zone: Type.String(), clock: Type.Enum([...clocks]),
  /** The moment of reading, and how much of the log was worked in: 1 unless all is being made anew. */
  asOf: Instant, built: Type.Number(),
  /** Queues whose cases are left out, since the reader may not look into them. */
  leftOut: Count,
  total: FigureView, series: Type.Array(FigureView), periods: Type.Array(Type.Object({ period: Type.String(), from: Instant, to: Instant })),
  groups: Type.Array(Type.Object({ id: Nullable(Type.String()), name: Nullable(Type.String()), ...figure, series: Type.Array(FigureView) })),
})

export const CountedView = Type.Object({
  number: Type.Integer(), turn: Type.Integer(), at: Instant, ms: Nullable(Type.Number()), businessMs: Nullable(Type.Number()), part: Nullable(Type.Boolean()), subject: Type.String(), status: Type.String(),
  queue: Type.String(), assignee: Nullable(Type.String()), customer: Type.String(),
})

export const KeyParam = Type.Object({ key: Type.String({ maxLength: 60 }) })
const Words = Type.Optional(Type.String({ maxLength: 2_000 }))
const When = Type.Optional(Type.String({ maxLength: 40, description: 'An instant (ISO 8601), or a date: its midnight in the zone' }))
const range = { from: When, to: When, zone: Type.Optional(Type.String({ maxLength: 60, description: 'IANA; UTC unless told' })), clock: Type.Optional(Type.Enum([...clocks])) }
const only = { queue: Words, team: Words, site: Words, segment: Words, topic: Words, channel: Words, priority: Words, agent: Words }
const shape = { by: Type.Optional(Type.Enum([...dimensions])), each: Type.Optional(Type.Enum([...periods])) }
/** A file for spreadsheets: `bom` begins it with a byte order mark, which some of them need to read UTF-8. */
const file = { bom: Type.Optional(Type.Literal('1')) }
const cases = { part: Type.Optional(Type.Enum(['1', '0'])), sort: Type.Optional(Type.Enum(['recent', 'longest'])) }

export const FiguresQuery = Type.Object({ ...range, ...only, ...shape }, strict)
export const TableQuery = Type.Object({ ...range, ...only, ...shape, ...file }, strict)
export const CasesQuery = Type.Object({ ...range, ...only, ...cases, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })), cursor: Type.Optional(Cursor) }, strict)
export const CasesFileQuery = Type.Object({ ...range, ...only, ...cases, ...file }, strict)
