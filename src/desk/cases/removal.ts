import type { Work } from '#platform'
import { refuse } from '../refusals.ts'
import { loadCase, refuseMerged } from './load.ts'
import { saveCase, type CaseRow } from './store.ts'
import { tellCase } from './tell.ts'

/** Puts a case out of sight: nothing is deleted, and it can be restored. */
export async function removeCase(work: Work, number: number, as: 'spam' | 'trash', versionSeen: number | null = null): Promise<CaseRow> {
  const before = await loadCase(work, number, versionSeen)
  if (before.removed === as) return before
  await refuseMerged(work, before)
  const saved = await saveCase(work.tx, { ...before, removed: as }, work.at)
  tellCase(work, saved, 'case.removed', { as, ...(before.removed ? { from: before.removed } : {}) })
  return saved
}

/** Brings a case back from spam or trash, as it was. */
export async function restoreCase(work: Work, number: number, versionSeen: number | null = null): Promise<CaseRow> {
  const before = await loadCase(work, number, versionSeen)
  if (!before.removed) throw refuse('case.notRemoved')
  const saved = await saveCase(work.tx, { ...before, removed: null }, work.at)
  tellCase(work, saved, 'case.restored', { from: before.removed })
  return saved
}
