import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Actor, Db, Tx } from '#platform'
import { isAnyOf, partsOf } from './branches.ts'
import { asListed, reachOf, restOf, type Reach } from './reach.ts'
import type { Query, Term } from '../query/model.ts'
import { AT_HAND, countWhere, passOver, sumWhere, TALLY, Terms } from './terms.ts'
import { walked } from './walk.ts'
import { isAwaited, wayOf, type Way } from './ways.ts'

/**
 * Counts cases for many queries at once, exactly, in one statement, so that all counts are of one moment: one pass over work at hand answers
 * for all of them, one over the tally for what is done, and what an index leads to is counted by it.
 */

export interface Ask {
  actor: Actor
  query: Query
}

export interface Counted {
  count: number
  /** There are more than that: only for what can be counted by nothing but looking at every old case. */
  more: boolean
}

/** What one query adds up from. */
interface Plan {
  actor: Actor
  reach: Reach
  terms: Term[]
  way: Way
}

function planOf({ actor, query }: Ask): Plan {
  const listed = asListed(query)
  const rest = restOf(listed)
  return { actor, reach: reachOf(listed), terms: rest.terms, way: wayOf(rest) }
}

/** Counts as the lists of these queries are long, those that reach far into what is done no further than is worth it. */
export async function countAll(db: Db | Tx, asks: readonly Ask[]): Promise<Counted[]> {
  const plans = asks.map(planOf)
  const [near, far] = await Promise.all([countNear(db, plans), Promise.all(plans.map((plan) => countFar(db, plan)))])
  return asks.map((_, at) => ({ count: (near[at] ?? 0) + (far[at]?.count ?? 0), more: far[at]?.more ?? false }))
}

/** The same exactly, however long it takes. */
export async function countQueries(db: Db | Tx, actor: Actor, queries: readonly Query[]): Promise<number[]> {
  const plans = queries.map((query) => planOf({ actor, query })).map((plan): Plan => (plan.way === 'walk' ? { ...plan, way: 'index' } : plan))
  return countNear(db, plans)
}

async function countNear(db: Db | Tx, plans: readonly Plan[]): Promise<number[]> {
  if (plans.length === 0) return []
  const [hand, tally, whole] = [new Terms(db), new Terms(db), new Terms(db)]
  const atHand = await Promise.all(plans.map(async ({ actor, reach, terms }) => (reach.hand.length > 0 ? countWhere([isAnyOf(reach.hand), ...await hand.over(actor, terms)]) : NOUGHT)))
  const tallied = await Promise.all(plans.map(async ({ actor, reach, terms, way }) => (reach.done.length > 0 && way === 'tally' ? sumWhere([isAnyOf(reach.done), ...await tally.over(actor, terms)]) : NOUGHT)))
  const led = await Promise.all(plans.map((plan) => countLed(whole, plan)))
  const { rows: [row] } = await sql<{ hand: number[]; tally: number[]; led: number[] }>`select
    ${atHand.every((one) => one === NOUGHT) ? NOTHING : sql`(select array[${sql.join(atHand)}]::int[] from ${passOver(AT_HAND, await hand.columns())} c)`} as hand,
    ${tallied.every((one) => one === NOUGHT) ? NOTHING : sql`(select array[${sql.join(tallied)}]::int[] from ${passOver(TALLY, await tally.columns())} c)`} as tally,
    ${led.every((one) => one === NOUGHT) ? NOTHING : sql`array[${sql.join(led)}]::int[]`} as led`.execute(db)
  return plans.map((_, at) => (row?.hand[at] ?? 0) + (row?.tally[at] ?? 0) + (row?.led[at] ?? 0))
}

const NOUGHT = sql<number>`0`
const NOTHING = sql`'{}'::int[]`

/** What an index leads to: what is done, where something asked leads to few cases, and what lies aside. */
async function countLed(terms: Terms, { actor, reach, terms: wanted, way }: Plan): Promise<RawBuilder<number>> {
  const parts = partsOf({ ...reach, hand: [], done: way === 'index' ? reach.done : [] })
  const where = [parts.done && (wanted.some(isAwaited) ? sql<SqlBool>`${parts.done} and ${AWAITED}` : parts.done), parts.merged, parts.removed].filter((part) => part !== null)
  if (where.length === 0) return NOUGHT
  const condition = await terms.whole(actor, wanted)
  return sql<number>`(${sql.join(where.map((part) => sql`(select count(*) from "case" c where ${part} and ${condition})`), sql` + `)})`
}

const AWAITED = sql<SqlBool>`(c.due_at is not null or c.waiting_since is not null)`

async function countFar(db: Db | Tx, { actor, reach, terms, way }: Plan): Promise<Counted> {
  const { done } = partsOf(reach)
  if (done === null || way !== 'walk') return { count: 0, more: false }
  return walked(db, sql<SqlBool>`${done} and ${await new Terms(db).whole(actor, terms)}`)
}
