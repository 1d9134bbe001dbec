import { sql } from 'kysely'
import type { Actor, Db, Tx } from '#platform'
import type { Query } from '../query/model.ts'
import { reachOf, restOf } from './reach.ts'
import { isPersonal, passOver, sumWhere, TALLY, Terms } from './terms.ts'
import { isTallied } from './ways.ts'

/**
 * How the rows of what is done are found: along the order of the list until the page is full, which is quick when many fit, or gathered by an
 * index and sorted, which is quick when few do. The database guesses how many fit several words at once, and may walk through a million cases
 * for three; the tally knows it.
 */

/** Above that many, looking along the order finds a page sooner. */
const GATHERED_MAX = 4_000
const KEPT_MS = 60_000
const KEPT_MAX = 2_000

const kept = new WeakMap<object, Map<string, { gather: boolean; until: number }>>()

/** Whether what is done is so few for this query that it is better gathered. It is a guess of where to look and never what is shown, so it may be a minute old. */
export async function isBetterGathered(db: Db | Tx, actor: Actor, query: Query): Promise<boolean> {
  const known = restOf(query).terms.filter(isTallied)
  const { done } = reachOf(query)
  // One word alone has an index of its own in the order of age; what is led by something else is few anyway.
  if (done.length === 0 || known.length < 2) return false
  const key = JSON.stringify([done, known, known.some(isPersonal) ? [actor.id, actor.teamId] : null])
  const answers = kept.get(db) ?? new Map<string, { gather: boolean; until: number }>()
  kept.set(db, answers)
  const before = answers.get(key)
  if (before && before.until > Date.now()) return before.gather
  if (answers.size >= KEPT_MAX) answers.clear()
  const terms = new Terms(db)
  const fits = await terms.over({ ...actor, barred: [] }, known)
  const { rows: [row] } = await sql<{ n: number }>`select ${sumWhere(fits)}::int as n from ${passOver(TALLY, await terms.columns())} c where c.status in (${sql.join(done.map((status) => sql.lit(status)))})`.execute(db)
  const gather = (row?.n ?? 0) <= GATHERED_MAX
  answers.set(key, { gather, until: Date.now() + KEPT_MS })
  return gather
}
