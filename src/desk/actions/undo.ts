import type { Work } from '#platform'
import { loadWorkable } from '../cases/load.ts'
import type { Life, Status, StatusFact } from '../cases/model.ts'
import { saveCase, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'

/** How a case lived before a step that is taken back. */
export interface FormerLife extends Life {
  waitingSince: Date | null
}

/**
 * Puts a case's status back as it was before a step, as if the step had not been: it is no reopening, and since when the customer waits is as
 * before. Only while the step's status still stands from the instant of that step. The fact says `undone`, so that measures can pass it over.
 */
export async function undoStatus(work: Work, number: number, { before, since }: { before: FormerLife; since: Date }): Promise<CaseRow | null> {
  const found = await loadWorkable(work, number)
  if (found.statusAt.getTime() !== since.getTime()) return null
  const { status, statusAt, solvedAt, closedAt, reopens, waitingSince } = before
  const saved = await saveCase(work.tx, { ...found, status, statusAt, solvedAt, closedAt, reopens, waitingSince }, work.at)
  tellCase(work, saved, factTo(found.status, status), { from: found.status, to: status, undone: true })
  return saved
}

/** The nearest word for a step back; nothing else goes back to new. */
function factTo(from: Status, to: Status): StatusFact {
  switch (to) {
    case 'pending': return 'case.pended'
    case 'on_hold': return 'case.held'
    case 'solved': return 'case.solved'
    case 'closed': return 'case.closed'
    default: return from === 'solved' ? 'case.reopened' : 'case.resumed'
  }
}
