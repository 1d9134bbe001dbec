import type { Actor, Db } from '#platform'
import { isBetterGathered } from '../lists/guide.ts'
import { sorts } from '../lists/model.ts'
import { reachOf, restOf } from '../lists/reach.ts'
import { listCases } from '../lists/store.ts'
import { withoutPlace } from '../lists/summary.ts'
import { conditionOf } from '../query/sql.ts'
import { termsOf, type Query } from '../query/model.ts'
import type { Asked, Found } from './answer.ts'

/** A query without words has nothing to rank: its cases, in the order that it asks for, else the latest first. */
export async function listed(db: Db, actor: Actor, query: Query, { limit, next }: Asked): Promise<Omit<Found, 'problems'>> {
  const { where } = await conditionOf(db, actor, restOf(query))
  const wanted = termsOf(query, 'sort')[0]?.values[0]
  const filter = { reach: reachOf(query), conditions: [where], gather: await isBetterGathered(db, actor, query), readerId: actor.kind === 'agent' ? actor.id : null }
  const rows = await listCases(db, filter, sorts.find((sort) => sort === wanted) ?? 'active', next && 'id' in next ? next : null, limit + 1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map((row) => ({ case: withoutPlace(row), passage: row.subject.replace(/[«»]/g, ''), rank: 0, why: { reason: 'subject', name: '', near: false }, messageId: null })),
    next: last ? { value: last.place, id: last.id } : null, lookedBackTo: null,
  }
}
