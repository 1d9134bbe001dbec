import { Type } from 'typebox'
import { Instant, Nullable, PageQuery, strict, Uuid } from '#platform'
import { CaseActionsBody } from '../actions/views.ts'
import { CaseNumber } from '../cases/views.ts'
import { CASES_MAX, itemStates } from './model.ts'

/** Bulk runs on the wire. */

const Count = Type.Integer({ minimum: 0 })
const QueryText = Type.String({ maxLength: 2_000, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })

/** A case, and the version that was looked at: two numbers, since there may be many. */
const Seen = Type.Array(Type.Integer({ minimum: 1, maximum: 9_007_199_254_740_991 }), { minItems: 2, maxItems: 2 })
export const RunBody = Type.Object({ actions: CaseActionsBody, cases: Type.Array(Seen, { minItems: 1, maxItems: CASES_MAX }), query: Type.Optional(Nullable(QueryText)) }, strict)
export const PreviewBody = Type.Object({ actions: CaseActionsBody, cases: Type.Optional(Type.Array(Seen, { maxItems: CASES_MAX })), query: Type.Optional(Nullable(QueryText)) }, strict)

const GroupView = Type.Object({ code: Type.String(), cases: Count, numbers: Type.Array(CaseNumber) })
export const PreviewView = Type.Object({
  total: Count, change: Count, same: Count, since: GroupView, refused: Type.Array(GroupView),
  effects: Type.Array(Type.Object({ field: Type.String(), from: Nullable(Type.String()), to: Nullable(Type.String()), cases: Count })),
  sample: Nullable(Type.Object({ number: CaseNumber, text: Type.String() })),
  /** So many may be changed at once by whoever asks. */
  casesMax: Count,
  /** The cases that the query found: a run over them takes these, so that it does what was looked at. */
  cases: Nullable(Type.Array(Seen)),
})

export const RunView = Type.Object({
  id: Uuid, state: Type.Enum(['running', 'finished', 'cancelled']), by: Type.Object({ kind: Type.String(), id: Type.String(), name: Type.String() }), actions: CaseActionsBody, query: Nullable(Type.String()),
  undoOf: Nullable(Uuid), undoneBy: Nullable(Uuid), mayUndo: Type.Boolean(), total: Count, begunAt: Instant, finishedAt: Nullable(Instant),
  counts: Type.Object({ waiting: Count, done: Count, same: Count, refused: Count, failed: Count, cancelled: Count }),
})

const FieldView = Type.Object({ field: Type.String(), from: Nullable(Type.String()), to: Nullable(Type.String()) })
export const ItemView = Type.Object({
  place: Count, number: CaseNumber, subject: Type.String(), state: Type.Enum([...itemStates]), code: Nullable(Type.String()), at: Nullable(Instant), fields: Type.Array(FieldView), replies: Count, notes: Count,
  /** What could not be taken back, and why. */
  kept: Type.Array(Type.Object({ field: Type.String(), value: Nullable(Type.String()), why: Type.String() })),
})

export const RunParam = Type.Object({ id: Uuid })
export const RunsQuery = Type.Object({ ...PageQuery, of: Type.Optional(Type.Enum(['me', 'all'])) }, strict)
export const ItemsQuery = Type.Object({ ...PageQuery, state: Type.Optional(Type.String({ maxLength: 100 })) }, strict)
