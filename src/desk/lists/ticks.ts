import { sql } from 'kysely'
import type { Tick } from '#platform'

/** So many changes are read as quickly as their sum. */
const UNFOLDED_MAX = 200

/** Sums up what was solved, closed and reopened since, so that counts over history stay a sum over few rows. */
export const tallyTick: Tick = {
  name: 'desk.foldTally', everyMs: 10_000,
  run: async ({ db }) => { await sql`select fold_case_tally() where exists (select from case_tally_change offset ${sql.lit(UNFOLDED_MAX)})`.execute(db) },
}
