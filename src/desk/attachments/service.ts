import type { Work } from '#platform'
import { loadWorkable, loadCase } from '../cases/load.ts'
import { tellCase } from '../cases/tell.ts'
import { refuse } from '../refusals.ts'
import { dropUpload, insertUpload } from './store.ts'
import type { StoredUpload } from './upload.ts'

export interface Upload {
  id: string
  name: string
  type: string
  size: number
  inline: boolean
}

/** Notes uploaded files on a case, for the reply or note that takes them along. */
export async function keepUpload(work: Work, number: number, stored: readonly StoredUpload[]): Promise<Upload[]> {
  const found = await loadWorkable(work, number)
  const kept: Upload[] = []
  for (const file of stored) {
    const id = await insertUpload(work, found, file)
    kept.push({ id, name: file.name, type: file.type, size: file.size, inline: false })
    tellCase(work, found, 'attachment.added', { attachment: id, size: file.size, ...(file.maskedCards ? { maskedCards: file.maskedCards } : {}) })
  }
  return kept
}

/** Throws an upload of one's own away, as long as no message has taken it. */
export async function discardUpload(work: Work, number: number, id: string): Promise<void> {
  const found = await loadCase(work, number)
  if (!(await dropUpload(work.tx, { id, caseId: found.id, by: `${work.actor.kind}:${work.actor.id}` }))) throw refuse('attachment.notFound')
  tellCase(work, found, 'attachment.dropped', { attachment: id })
}
