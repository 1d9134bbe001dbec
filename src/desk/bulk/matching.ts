import { sql } from 'kysely'
import type { Actor, Db, Tx } from '#platform'
import { partsOf } from '../lists/branches.ts'
import { asListed, reachOf, restOf } from '../lists/reach.ts'
import { parseQuery, type Query } from '../query/model.ts'
import { conditionOf } from '../query/sql.ts'
import { refuse } from '../refusals.ts'
import type { Chosen } from './preview.ts'

/** All cases of a query, as lists read it. */

function requireQuery(text: string): Query {
  const { query, problems } = parseQuery(text)
  if (problems.length > 0) throw refuse('bulk.queryInvalid', { problems, errors: [{ path: '/query', code: 'bulk.queryInvalid' }] })
  return asListed(query)
}

/** The cases that a query finds at this instant, with their versions, oldest first; at most `limit`. */
export async function matching(db: Db | Tx, actor: Actor, text: string, limit: number): Promise<Chosen[]> {
  const query = requireQuery(text)
  const { where } = await conditionOf(db, actor, restOf(query))
  const parts = Object.values(partsOf(reachOf(query))).flatMap((part) => (part ? [sql`(select c.number, c.version from "case" c where ${part} and ${where} limit ${limit})`] : []))
  if (parts.length === 0) return []
  const { rows } = await sql<{ number: number; version: number }>`select number, version from (${sql.join(parts, sql` union all `)}) found order by number limit ${limit}`.execute(db)
  return rows.map(({ number, version }) => ({ number, versionSeen: version }))
}

/** Whether a case is still one of a query's. */
export async function stillMatches(tx: Tx, actor: Actor, text: string, number: number): Promise<boolean> {
  const { where } = await conditionOf(tx, actor, requireQuery(text))
  const { rows } = await sql`select from "case" c where c.number = ${number} and ${where}`.execute(tx)
  return rows.length > 0
}
