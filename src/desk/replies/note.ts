import { maskCards } from '#language'
import { agentsByIds } from '#people'
import { newId, type Work } from '#platform'
import { takeAttachments } from '../attachments/store.ts'
import { outsidersOf } from '../cases/sight.ts'
import { markSeen, saveCase, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import { dropDraft } from '../drafts/store.ts'
import { insertMessage } from '../messages/store.ts'
import { refuse } from '../refusals.ts'
import { insertMentions } from './store.ts'

export interface NewNote {
  body: string
  /** Agents who are asked to look. */
  mentions: string[]
  /** Attachments uploaded before. */
  attachments: string[]
}

/** Writes a note: text for colleagues, never for customers. Saves the case as it is given, which was loaded for change. */
export async function createNote(work: Work, found: CaseRow, given: NewNote): Promise<{ found: CaseRow; messageId: string }> {
  const id = newId()
  const body = maskCards(given.body)
  const mentioned = await requireMentionable(work, found, [...new Set(given.mentions)])
  await insertMessage(work.tx, {
    id, caseId: found.id, direction: 'out', visibility: 'note', standing: 'accepted', authorKind: work.actor.kind, authorId: work.actor.kind === 'agent' ? work.actor.id : null,
    fromAddress: null, fromName: work.actor.name, subject: '', text: body.text, quotedText: null, signatureText: null, html: null, at: work.at, channel: 'desk', internetId: null,
    joined: null, automatic: null, maskedCards: body.masked, delivery: null, sendAt: null, rawMailId: null, inReplyTo: [], recipients: [],
  })
  await takeAttachments(work, found, id, given.attachments)
  await insertMentions(work.tx, { messageId: id, caseId: found.id, at: work.at, agents: mentioned })
  if (work.actor.kind === 'agent') {
    await dropDraft(work.tx, found.id, work.actor.id, 'note')
    await markSeen(work.tx, found.id, work.actor.id, id, work.at)
  }
  const saved = await saveCase(work.tx, { ...found, lastMessageAt: work.at }, work.at)
  tellCase(work, saved, 'note.written', { message: id, mentions: mentioned })
  return { found: saved, messageId: id }
}

/** A mention of somebody who cannot look would lead nowhere, and the writer would rely on it. */
async function requireMentionable(work: Work, found: CaseRow, ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const agents = await agentsByIds(work.tx, ids)
  const outside = [...ids.filter((id) => !agents.some((agent) => agent.id === id)), ...(await outsidersOf(work.tx, found.queueId, agents)).map((agent) => agent.id)]
  if (outside.length > 0) throw refuse('mention.outside', { agents: outside, errors: [{ path: '/mentions', code: 'mention.outside' }] })
  return ids
}
