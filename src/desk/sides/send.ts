import { maskCards } from '#language'
import { newId, type Work } from '#platform'
import type { CaseRow } from '../cases/store.ts'
import type { Delivery, OutgoingMessage, Recipient } from '../ports.ts'
import { refuse } from '../refusals.ts'
import { bringFiles, insertSideMessage, sideConversation } from './messages.ts'
import { partiesOf, type Party, type Side } from './store.ts'

export interface SideText {
  body: string
  /** Files of the case, or uploads. */
  attachments?: string[] | undefined
  /** By when an answer is needed. */
  dueAt?: Date | null | undefined
}

export interface Sending {
  delivery: Delivery
  undoSendSeconds: number
}

/** Writes a message of a side conversation and takes it to the wire: durable together. The life that it changes is kept with it. */
export async function sendAside(work: Work, { delivery, undoSendSeconds }: Sending, found: CaseRow, side: Side, given: SideText & { quoted?: OutgoingMessage['quoted'] }): Promise<string> {
  const [first, ...others] = await partiesOf(work.tx, [side.id])
  if (!first) throw refuse('side.noRecipient')
  const id = newId()
  const internetId = delivery.internetIdFor(id)
  const references = await sideConversation(work.tx, side.id)
  const text = maskCards(given.body).text
  const sendAt = new Date(work.at.getTime() + undoSendSeconds * 1000)
  await insertSideMessage(work.tx, {
    id, sideId: side.id, direction: 'out', standing: 'accepted', agentId: work.actor.kind === 'agent' ? work.actor.id : null, fromAddress: null, fromName: work.actor.name, text,
    quotedText: given.quoted?.text ?? null, at: work.at, internetId, automatic: null, delivery: 'waiting', sendAt, rawMailId: null, undo: undoOf(side),
  })
  const attachments = await bringFiles(work, { caseId: found.id, messageId: id, ids: given.attachments ?? [] })
  await delivery.submit(work, {
    messageId: id, side: true, caseNumber: found.number, mailboxId: found.mailboxId, internetId, subject: references.length > 0 ? `Re: ${side.subject}` : side.subject, text, fromName: work.actor.name,
    to: [recipient(first)], cc: others.map((party) => ({ ...recipient(party), replyToken: party.replyToken })), replyToken: first.replyToken, inReplyTo: references.at(-1) ?? null, references, attachments,
    notBefore: sendAt, ...(given.quoted ? { quoted: given.quoted } : {}),
  })
  return id
}

const recipient = ({ address, name }: Party): Recipient => ({ address, name })

const undoOf = (side: Side) => ({
  status: side.status, askedAt: side.askedAt?.toISOString() ?? null, dueAt: side.dueAt?.toISOString() ?? null, overdueAt: side.overdueAt?.toISOString() ?? null, lastAt: side.lastAt.toISOString(), version: side.version + 1,
})
