import { factsOfCase, refuse as refuseGround, type Work } from '#platform'
import { refuseBarred } from '../policy.ts'
import { refuse } from '../refusals.ts'
import { findCaseById, lockCaseByNumber, type CaseRow } from './store.ts'

/** Loads a case for a verb: there, visible to the actor, and in the version that the actor saw, if it says which. */
export async function loadCase(work: Work, number: number, versionSeen: number | null = null): Promise<CaseRow> {
  const found = await lockCaseByNumber(work.tx, number)
  if (!found) throw refuse('case.notFound', { number })
  refuseBarred(work.actor, found)
  if (versionSeen !== null && versionSeen !== found.version) throw await stale(work, found, versionSeen)
  return found
}

/** The same for verbs that need a case at work: not closed, not thrown away. */
export async function loadWorkable(work: Work, number: number, versionSeen: number | null = null): Promise<CaseRow> {
  const found = await loadCase(work, number, versionSeen)
  await refuseMerged(work, found)
  if (found.removed) throw refuse('case.removed', { removed: found.removed })
  if (found.status === 'closed') throw refuse('case.closed')
  return found
}

/** A case that was merged is worked where its messages are. */
export async function refuseMerged(work: Work, found: CaseRow): Promise<void> {
  if (found.mergedInto) throw refuse('case.merged', { into: (await findCaseById(work.tx, found.mergedInto))?.number })
}

const FACTS_SHOWN_MAX = 500

async function stale(work: Work, found: CaseRow, versionSeen: number) {
  const facts = await factsOfCase(work.tx, found.number, 0, FACTS_SHOWN_MAX)
  const changed = facts.filter(({ data }) => typeof data['version'] === 'number' && data['version'] > versionSeen)
    .map(({ kind, at, actor, data }) => ({ kind, at, actor, data }))
  return refuseGround('version.stale', { version: found.version, versionSeen, changed })
}
