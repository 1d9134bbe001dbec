import { maskCards } from '#language'
import type { Work } from '#platform'
import { loadCase } from '../cases/load.ts'
import { tellCase } from '../cases/tell.ts'
import type { Visibility } from '../messages/model.ts'
import { refuse } from '../refusals.ts'
import { dropDraft, putDraft } from './store.ts'

/** Keeps what an agent is writing, so that no reload loses it and colleagues can see it. */
export async function saveDraft(work: Work, number: number, given: { visibility: Visibility; body: string; cc: string[]; seenMessageId: string | null }, versionSeen: number | null) {
  const found = await loadCase(work, number)
  const body = maskCards(given.body)
  const saved = await putDraft(work.tx, { ...given, body: body.text, caseId: found.id, agentId: work.actor.id, at: work.at }, versionSeen)
  if (!saved) throw refuse('draft.stale')
  if (saved.version === 1) tellCase(work, found, 'draft.begun', { draft: saved.id, visibility: given.visibility })
  return { ...saved, body: body.text, maskedCards: body.masked }
}

export async function discardDraft(work: Work, number: number, visibility: Visibility): Promise<void> {
  const found = await loadCase(work, number)
  if (!(await dropDraft(work.tx, found.id, work.actor.id, visibility))) throw refuse('draft.notFound')
  tellCase(work, found, 'draft.discarded', { visibility })
}
