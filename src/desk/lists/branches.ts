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

/** What is done is not due, and keeps nobody waiting: it comes last, by its id. */
const LAST: Order = { key: sql`'infinity'::timestamptz`, ...up }

/** Written out rather than bound, so that the partial indexes are seen to fit. */
export const isAnyOf = (wanted: readonly Status[]): RawBuilder<SqlBool> => sql<SqlBool>`c.status in (${sql.join(statuses.filter((status) => wanted.includes(status)).map((status) => sql.lit(status)))})`

/** The parts, as conditions over a case `c`. */
export const partsOf = (reach: Reach) => ({
  hand: reach.hand.length > 0 ? sql<SqlBool>`${isAnyOf(reach.hand)} and c.removed is null` : null,
  done: reach.done.length > 0 ? sql<SqlBool>`${isAnyOf(reach.done)} and c.removed is null and c.merged_into is null` : null,
  merged: reach.merged ? sql<SqlBool>`c.merged_into is not null and c.removed is null` : null,
  removed: reach.removed.length > 0 ? sql<SqlBool>`${isAnyOf(reach.removed)} and c.removed is not null` : null,
})

interface Asked {
  sort: Sort
  /** What the list asks besides its reach. */
  conditions: readonly RawBuilder<SqlBool>[]
  after: Place | null
  limit: number
  /** What is done is so few that it is gathered and sorted, rather than looked for along the order. */
  gather: boolean
}

/** The first rows of each part from after a place, as ids and places. */
export function pagesOf(reach: Reach, asked: Asked): RawBuilder<unknown>[] {
  const order = orders[asked.sort]
  const { hand, done, merged, removed } = partsOf(reach)
  const small = [hand, merged, removed].filter((part) => part !== null).map((part) => inOrder(part, order, asked))
  return done === null ? small : [...small, pageOfDone(done, asked)]
}

function pageOfDone(done: RawBuilder<SqlBool>, asked: Asked): RawBuilder<unknown> {
  const order = asked.sort === 'due' || asked.sort === 'waiting' ? LAST : orders[asked.sort]
  if (asked.gather) return gathered(done, order, asked)
  return asked.sort === 'priority' ? byPriority(done, asked) : inOrder(done, order, asked)
}

function wheres(part: RawBuilder<SqlBool>, { key, beyond }: Order, { conditions, after }: Asked): RawBuilder<SqlBool> {
  const from = after ? [sql<SqlBool>`(${key}, c.id) ${beyond} (${after.value}::timestamptz, ${after.id}::uuid)`] : []
  return sql<SqlBool>`${sql.join([part, ...conditions, ...from], sql` and `)}`
}

/** Along an index that has the order, or sorted where the part is small. */
const inOrder = (part: RawBuilder<SqlBool>, order: Order, asked: Asked): RawBuilder<unknown> =>
  sql`(select c.id, ${order.key} as place from "case" c where ${wheres(part, order, asked)} order by ${order === LAST ? sql`` : sql`${order.key} ${order.direction}, `}c.id ${order.direction} limit ${asked.limit})`

const gathered = (part: RawBuilder<SqlBool>, order: Order, asked: Asked): RawBuilder<unknown> =>
  sql`(select id, place from (select c.id, ${order.key} as place from "case" c where ${wheres(part, order, asked)} offset 0) g order by place ${order.direction}, id ${order.direction} limit ${asked.limit})`

/** Within one priority an index has what is done in the order of age. The next priority is looked at only when the page is not full yet. */
function byPriority(done: RawBuilder<SqlBool>, asked: Asked): RawBuilder<unknown> {
  const pages = urgentFirst.map((priority, place) => {
    const order: Order = { key: later(sql.lit(place)), ...up }
    const before = urgentFirst.slice(0, place).map((_, nth) => sql`(select count(*) from ${sql.ref(`p${nth}`)})`)
    const open = before.length > 0 ? sql`${sql.join(before, sql` + `)} < ${asked.limit} and ` : sql``
    return sql`${sql.ref(`p${place}`)} as materialized (select c.id, ${order.key} as place from "case" c where ${open}${wheres(sql<SqlBool>`${done} and c.priority = ${sql.lit(priority)}`, order, asked)}
      order by c.opened_at, c.id limit ${asked.limit})`
  })
  return sql`(with ${sql.join(pages)} ${sql.join(urgentFirst.map((_, place) => sql`select id, place from ${sql.ref(`p${place}`)}`), sql` union all `)})`
}
