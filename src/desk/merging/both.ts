import type { Work } from '#platform'
import { loadWorkable } from '../cases/load.ts'
import type { CaseRow } from '../cases/store.ts'
import { refuse } from '../refusals.ts'

export interface Versions {
  /** The version seen of the case that is kept, and of the other. */
  kept: number | null
  other: number | null
}

/** Both cases at work, locked in the order of their numbers, so that two people who merge the same two do not wait for each other in a ring. */
export async function loadBoth(work: Work, kept: number, other: number, seen: Versions): Promise<{ kept: CaseRow; other: CaseRow }> {
  if (kept === other) throw refuse('merge.self')
  const first = await loadWorkable(work, Math.min(kept, other), kept < other ? seen.kept : seen.other)
  const second = await loadWorkable(work, Math.max(kept, other), kept < other ? seen.other : seen.kept)
  return first.number === kept ? { kept: first, other: second } : { kept: second, other: first }
}
