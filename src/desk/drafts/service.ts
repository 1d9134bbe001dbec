import { maskCards } from '#language'
import type { Work } from '#platform'
import { hangOnDraft } from '../attachments/store.ts'
import { loadCase } from '../cases/load.ts'
import { tellCase } from '../cases/tell.ts'
import type { Visibility } from '../messages/model.ts'
import { refuse } from '../refusals.ts'
import { dropDraft, findDraft, putDraft, type Draft } from './store.ts'

export interface DraftText {
  visibility: Visibility
  body: string
  /** Addresses in copy; null for everybody on the case. */
  cc?: string[] | null
  seenMessageId?: string | null
  /** Uploads that it takes along; null leaves them as they are. */
  attachments?: string[] | null
}

/**
 * Keeps what an agent is writing, so that no reload loses it and colleagues can see it. Only its beginning is told: a fact for every
 * pause in typing would say nothing more.
 */
export async function saveDraft(work: Work, number: number, given: DraftText, versionSeen: number | null = null): Promise<Draft> {
  if (work.actor.kind !== 'agent') throw refuse('draft.agentsOnly')
  const found = await loadCase(work, number)
  const words = { visibility: given.visibility, body: maskCards(given.body).text, cc: given.cc ?? null, seenMessageId: given.seenMessageId ?? null }
  const saved = await putDraft(work.tx, { ...words, caseId: found.id, agentId: work.actor.id, at: work.at }, versionSeen)
  if (!saved) throw refuse('draft.stale')
  if (given.attachments) await hangOnDraft(work, found, saved.id, given.attachments)
  if (saved.version === 1) tellCase(work, found, 'draft.begun', { draft: saved.id, visibility: given.visibility })
  const draft = await findDraft(work.tx, found.id, work.actor.id, given.visibility)
  if (!draft) throw new Error('a draft that was saved is gone')
  return draft
}

/** Throws one's own draft away. */
export async function discardDraft(work: Work, number: number, visibility: Visibility): Promise<void> {
  const found = await loadCase(work, number)
  const draft = await dropDraft(work.tx, found.id, work.actor.id, visibility)
  if (!draft) throw refuse('draft.notFound')
  tellCase(work, found, 'draft.discarded', { draft, visibility })
}
