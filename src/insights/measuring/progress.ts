import type { Db } from '#platform'
import { findBuild, lastNumber } from './store.ts'

const FIRST_NUMBER = 10_000

/** How much of the log is worked into what is kept, from 0 to 1; by case numbers, which are given one after the other. */
export async function builtShare(db: Db): Promise<number> {
  const { building, built, upto } = await findBuild(db)
  if (building === null) return built > 0 ? 1 : 0
  const all = (await lastNumber(db)) - FIRST_NUMBER
  return all <= 0 ? 1 : Math.min(1, Math.max(0, upto - FIRST_NUMBER) / all)
}
