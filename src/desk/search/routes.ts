import { Type } from 'typebox'
import { decodeCursor, encodeCursor, Instant, Nullable, read, refuse as refuseAnything, strict, Uuid } from '#platform'
import { CaseSummary } from '../cases/views.ts'
import type { Next } from './answer.ts'
import { ProblemView } from '../query/routes.ts'
import { searchCases } from './find.ts'
import { reasons } from './model.ts'

const HitView = Type.Object({
  case: CaseSummary, passage: Type.String({ description: 'What matched, with what fits between « and »' }), rank: Type.Number(),
  why: Type.Object({ reason: Type.Enum([...reasons]), name: Type.String(), near: Type.Boolean({ description: 'It is like what was asked for, not the same' }) }),
  messageId: Nullable(Uuid),
})

const FoundView = Type.Object({
  items: Type.Array(HitView), nextCursor: Nullable(Type.String()), problems: Type.Array(ProblemView),
  lookedBackTo: Nullable(Type.Unsafe<Date>({ ...Instant, description: 'What was written before is looked through by the next page; null: everything was' })),
})

const PLACE_MAX = 9_007_199_254_740_991
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const cursorOf = (next: Next | null): string | null => next && encodeCursor('below' in next ? [next.below, next.after, (next.isFirst ? 1 : 0) + (next.isBegun ? 2 : 0)] : ['case', next.value, next.id])

/** @throws cursor.invalid when no search gave it. */
function nextFrom(cursor: string | undefined): Next | null {
  if (!cursor) return null
  const [first, second, third] = decodeCursor(cursor, 3)
  if (first === 'case' && typeof second === 'string' && /^(?:infinity|[\d :.+-]{10,50})$/.test(second) && typeof third === 'string' && UUID.test(third)) return { value: second, id: third }
  const isPlace = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < PLACE_MAX
  if (isPlace(first) && isPlace(second) && isPlace(third) && second < 100_000 && third < 4) return { below: first, after: second, isFirst: third % 2 === 1, isBegun: third >= 2 }
  throw refuseAnything('cursor.invalid')
}

export const searchRoutes = () => ({
  'GET /api/v1/search': read({
    summary: 'Cases by what was written in them, by ids, addresses and names, in the query language; the best first, with the passage that matched',
    permission: 'case.read', tags: ['search'],
    query: Type.Object({
      q: Type.String({ maxLength: 2_000 }), limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 20 })), cursor: Type.Optional(Type.String({ maxLength: 300 })),
    }, strict), answer: FoundView,
    handle: async ({ db, actor, query }) => {
      const { items, next, problems, lookedBackTo } = await searchCases(db, actor, { text: query.q, limit: query.limit ?? 20, next: nextFrom(query.cursor) })
      return { items, nextCursor: cursorOf(next), problems, lookedBackTo }
    },
  }),
})
