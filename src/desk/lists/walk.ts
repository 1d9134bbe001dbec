import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Db, Tx } from '#platform'

/** So far what is done is counted, case by case, when nothing shorter leads there; and so long. */
export const WALK_MAX = 1_000
const WALK_MS_MAX = 400

const CANCELLED = '57014'
const wasCancelled = (error: unknown) => error instanceof Error && 'code' in error && error.code === CANCELLED

/** Counts cases up to a bound; beyond it, or when it takes too long, it says that there are more. */
export async function walked(db: Db | Tx, where: RawBuilder<SqlBool>): Promise<{ count: number; more: boolean }> {
  const count = async (on: Db | Tx) =>
    (await sql<{ n: number }>`select count(*)::int as n from (select from "case" c where ${where} limit ${WALK_MAX + 1}) found`.execute(on)).rows[0]?.n ?? 0
  try {
    const found = db.isTransaction ? await count(db) : await db.transaction().execute(async (tx) => {
      await sql`set local statement_timeout = ${sql.lit(WALK_MS_MAX)}`.execute(tx)
      return count(tx)
    })
    return { count: Math.min(found, WALK_MAX), more: found > WALK_MAX }
  } catch (error) {
    if (!wasCancelled(error)) throw error
    return { count: 0, more: true }
  }
}
