import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { priorities, statuses, type Status } from '../cases/model.ts'
import type { Sort } from './model.ts'
import type { Reach } from './reach.ts'

/** A list is put together from the parts of all cases that it reaches, each read by indexes that hold that part only. */

export interface Place {
  /** The sort value as text, to the microsecond. */
  value: string
  id: string
}

interface Order {
  /** What rows stand in order by, as an index has it. */
  key: RawBuilder<unknown>
  direction: RawBuilder<unknown>
  beyond: RawBuilder<unknown>
}

const up = { direction: sql`asc`, beyond: sql`>` }
const down = { direction: sql`desc`, beyond: sql`<` }
/** Four hundred years of any calendar: further apart than any two cases, so that a priority and an age make one key. */
const AGE = sql.lit('146097 days')
const later = (rank: RawBuilder<unknown>) => sql`(c.opened_at at time zone 'UTC' + ${rank} * interval ${AGE}) at time zone 'UTC'`
const urgentFirst = [...priorities].reverse()
const rank = sql`case c.priority ${sql.join(urgentFirst.map((priority, place) => sql`when ${sql.lit(priority)} then ${sql.lit(place)}`), sql` `)} end`

/** What is missing comes last. */
export const orders: Readonly<Record<Sort, Order>> = {
  newest: { key: sql`c.opened_at`, ...down },
  oldest: { key: sql`c.opened_at`, ...up },
  active: { key: sql`c.last_message_at`, ...down },
  updated: { key: sql`c.updated_at`, ...down },
  due: { key: sql`coalesce(c.due_at, 'infinity'::timestamptz)`, ...up },
  waiting: { key: sql`coalesce(c.waiting_since, 'infinity'::timestamptz)`, ...up },
  priority: { key: later(rank), ...up },
}

/** A part of all cases, and how the order stands in it. */
interface Branch {
  where: RawBuilder<SqlBool>
  order: Order
  /** The same order in the part, when an index has it in other words. */
  by: RawBuilder<unknown>
}

/** Written out rather than bound, so that the partial indexes are seen to fit. */
const isAnyOf = (wanted: readonly Status[]) => sql<SqlBool>`c.status in (${sql.join(statuses.filter((status) => wanted.includes(status)).map((status) => sql.lit(status)))})`

/** The parts, as conditions over a case `c`. */
export const partsOf = (reach: Reach) => ({
  hand: reach.hand.length > 0 ? sql<SqlBool>`${isAnyOf(reach.hand)} and c.removed is null` : null,
  done: reach.done.length > 0 ? sql<SqlBool>`${isAnyOf(reach.done)} and c.removed is null and c.merged_into is null` : null,
  merged: reach.merged ? sql<SqlBool>`c.merged_into is not null and c.removed is null` : null,
  removed: reach.removed.length > 0 ? sql<SqlBool>`${isAnyOf(reach.removed)} and c.removed is not null` : null,
})

export function branchesOf(reach: Reach, sort: Sort): Branch[] {
  const order = orders[sort]
  const { hand, done, merged, removed } = partsOf(reach)
  const branch = (where: RawBuilder<SqlBool> | null): Branch[] => (where ? [{ where, order, by: order.key }] : [])
  return [...branch(hand), ...(sort === 'priority' && done ? urgentFirst.map((priority, place) => ofPriority(done, priority, place)) : branch(done)), ...branch(merged), ...branch(removed)]
}

/** Within one priority the index of what is done stands in the order of age. */
function ofPriority(done: RawBuilder<SqlBool>, priority: string, place: number): Branch {
  return { where: sql<SqlBool>`${done} and c.priority = ${sql.lit(priority)}`, order: { ...orders.priority, key: later(sql.lit(place)) }, by: sql`c.opened_at` }
}

/** The first rows of a part from after a place: their ids and sort values. */
export function pageOfBranch({ where, order, by }: Branch, conditions: readonly RawBuilder<SqlBool>[], after: Place | null, limit: number): RawBuilder<unknown> {
  const { key, direction, beyond } = order
  const parts = [where, ...conditions, ...(after ? [sql<SqlBool>`(${key}, c.id) ${beyond} (${after.value}::timestamptz, ${after.id}::uuid)`] : [])]
  return sql`(select c.id, ${key} as place from "case" c where ${sql.join(parts, sql` and `)} order by ${by} ${direction}, c.id ${direction} limit ${limit})`
}
