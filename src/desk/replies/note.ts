import { maskCards } from '#language'
import { agentsByIds } from '#people'
import { newId, type Work } from '#platform'
import { takeAttachments } from '../attachments/store.ts'
import { dropDraft } from '../drafts/store.ts'
import { saveCase, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import { insertMessage } from '../messages/store.ts'
import { insertMentions } from './store.ts'

export interface NewNote {
  body: string
  /** Agents who are asked to look. */
  mentions: string[]
  /** Attachments uploaded before. */
  attachments: string[]
}

/** Writes a note: text for colleagues, never for customers. Needs the case loaded for change. */
export async function createNote(work: Work, found: CaseRow, given: NewNote): Promise<{ found: CaseRow; messageId: string }> {
  const id = newId()
  const body = maskCards(given.body)
  await insertMessage(work.tx, {
    id, caseId: found.id, direction: 'out', visibility: 'note', standing: 'accepted', authorKind: work.actor.kind, authorId: work.actor.kind === 'agent' ? work.actor.id : null,
    fromAddress: null, fromName: work.actor.name, subject: '', text: body.text, quotedText: null, signatureText: null, html: null, at: work.at, channel: 'desk', internetId: null,
    joined: null, automatic: null, maskedCards: body.masked, delivery: null, sendAt: null, rawMailId: null, inReplyTo: [], recipients: [],
  })
  await takeAttachments(work, found, id, given.attachments)
  const mentioned = (await agentsByIds(work.tx, given.mentions)).filter((agent) => !agent.deactivated)
  await insertMentions(work.tx, { messageId: id, caseId: found.id, at: work.at, agents: mentioned.map((agent) => agent.id) })
  if (work.actor.kind === 'agent') await dropDraft(work.tx, found.id, work.actor.id, 'note')
  const saved = await saveCase(work.tx, { ...found, lastMessageAt: work.at }, work.at)
  tellCase(work, saved, 'note.written', { message: id, mentions: mentioned.map((agent) => agent.id) })
  return { found: saved, messageId: id }
}
