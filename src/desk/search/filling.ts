import { sql } from 'kysely'
import type { Db } from '#platform'

/** @returns how many shelves were made; usually none. */
export async function makeShelves(db: Db): Promise<number> {
  const { rows } = await sql<{ made: number }>`select search_shelves() as made`.execute(db)
  return rows[0]?.made ?? 0
}

/** Reads the next messages in that are not in yet, from the newest back. One at a time among all instances; done again it changes nothing. @returns how many. */
export async function fillBatch(db: Db, size: number): Promise<number> {
  const { rows } = await sql<{ filled: number }>`select search_fill(${size}) as filled`.execute(db)
  return rows[0]?.filled ?? 0
}

export interface Filling {
  /** Read in so far. */
  filled: number
  isDone: boolean
}

/** How far what was written before there was search has been read in. */
export async function fillingOf(db: Db): Promise<Filling> {
  const row = await db.selectFrom('search_filling').select(['from_id', 'filled']).executeTakeFirst()
  return { filled: row?.filled ?? 0, isDone: (row?.from_id ?? null) === null }
}
