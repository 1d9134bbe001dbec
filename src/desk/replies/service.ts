import { maskCards } from '#language'
import { newId, type Work } from '#platform'
import { takeAttachments } from '../attachments/store.ts'
import { loadCase, loadWorkable } from '../cases/load.ts'
import { afterReply, decideStatus, type Status } from '../cases/model.ts'
import { participantsOf, type Participant } from '../cases/participants.ts'
import { lockCaseById, saveCase, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import { dropDraft, putDraft } from '../drafts/store.ts'
import { conversationIds, findMessage, insertMessage, setDelivery, unseenMessages, type MessageRow } from '../messages/store.ts'
import type { Delivery, DeliveryOutcome, Recipient } from '../ports.ts'
import { refuse } from '../refusals.ts'
import { createNote } from './note.ts'

export interface NewReply {
  body: string
  visibility: 'public' | 'note'
  /** The newest message that the writer has seen; the reply is refused when a newer one came in. */
  seenMessageId?: string | undefined
  /** What the case is after the reply; a new case becomes open and others stay when it is left out. */
  status?: Exclude<Status, 'new' | 'closed'> | undefined
  /** Addresses in copy; all participants in copy unless told. */
  cc?: string[] | undefined
  attachments?: string[] | undefined
  mentions?: string[] | undefined
}

export interface ReplyOptions {
  delivery: Delivery
  /** How long a reply can be taken back, in seconds. */
  undoSendSeconds: number
}

export type Reply = (work: Work, number: number, given: NewReply, versionSeen: number | null) => Promise<{ found: CaseRow; messageId: string }>

/** Makes the verb that answers a customer (or writes a note): accepted, durable and on its way in one unit of work. */
export const replier = ({ delivery, undoSendSeconds }: ReplyOptions): Reply => async (work, number, given, versionSeen) => {
  const found = await loadWorkable(work, number, versionSeen)
  if (given.visibility === 'note') {
    const note = await createNote(work, found, { body: given.body, mentions: given.mentions ?? [], attachments: given.attachments ?? [] })
    return { ...note, found: await moveTo(work, note.found, given.status) }
  }
  if (given.seenMessageId) await refuseUnseen(work, found, given.seenMessageId)
  const people = await recipientsFor(work, found, given.cc)
  const id = newId()
  const sendAt = new Date(work.at.getTime() + undoSendSeconds * 1000)
  await sendOut(work, found, { id, given, people, sendAt, delivery })
  if (work.actor.kind === 'agent') await dropDraft(work.tx, found.id, work.actor.id, 'public')
  const saved = await saveCase(work.tx, {
    ...found, ...statusAfter(found, given.status, work.at), lastMessageAt: work.at, waitingSince: null, firstRepliedAt: found.firstRepliedAt ?? work.at, replies: found.replies + 1,
  }, work.at)
  tellCase(work, saved, 'reply.sent', { message: id, first: found.firstRepliedAt === null })
  tellStatus(work, found, saved)
  return { found: saved, messageId: id }
}

async function refuseUnseen(work: Work, found: CaseRow, seenMessageId: string) {
  const newer = await unseenMessages(work.tx, found.id, seenMessageId)
  if (newer.length > 0) throw refuse('reply.unseen', { newer: newer.map(({ id, direction, authorName, at, text }) => ({ id, direction, from: authorName, at, text: text.slice(0, 500) })) })
}

/** The customer, and those in copy whom the writer kept. */
async function recipientsFor(work: Work, found: CaseRow, cc: string[] | undefined): Promise<Participant[]> {
  const people = await participantsOf(work.tx, found.id)
  const kept = people.filter((person) => person.role === 'customer' || !cc || cc.includes(person.address))
  if (!kept.some((person) => person.role === 'customer')) throw refuse('reply.noRecipient')
  return kept
}

interface Leaving {
  id: string
  given: NewReply
  people: Participant[]
  sendAt: Date
  delivery: Delivery
}

async function sendOut(work: Work, found: CaseRow, { id, given, people, sendAt, delivery }: Leaving) {
  const body = maskCards(given.body)
  const references = await conversationIds(work.tx, found.id)
  const internetId = delivery.internetIdFor(id)
  const [customer, ...copies] = people
  if (!customer) throw refuse('reply.noRecipient')
  const recipient = ({ address, name }: Participant): Recipient => ({ address, name })
  const subject = `Re: ${found.subject}`
  await insertMessage(work.tx, {
    id, caseId: found.id, direction: 'out', visibility: 'public', standing: 'accepted', authorKind: work.actor.kind, authorId: work.actor.kind === 'agent' ? work.actor.id : null,
    fromAddress: null, fromName: work.actor.name, subject, text: body.text, quotedText: null, signatureText: null, html: null, at: work.at, channel: 'email', internetId, joined: null,
    automatic: null, maskedCards: body.masked, delivery: 'waiting', sendAt, rawMailId: null, inReplyTo: references.slice(-1),
    recipients: people.map((person) => ({ ...recipient(person), kind: person.role === 'customer' ? 'to' as const : 'cc' as const })),
  })
  const attachments = await takeAttachments(work, found, id, given.attachments ?? [])
  await delivery.submit(work, {
    messageId: id, caseNumber: found.number, mailboxId: found.mailboxId, internetId, subject, text: body.text, fromName: work.actor.name, to: [recipient(customer)],
    cc: copies.map(recipient), replyToken: customer.replyToken, inReplyTo: references.at(-1) ?? null, references, attachments, notBefore: sendAt,
  })
}

function statusAfter(found: CaseRow, wanted: Status | undefined, at: Date) {
  const to = wanted ?? afterReply[found.status]
  const decision = to === 'refused' ? { refused: 'status.never' as const } : decideStatus(found, to, at)
  if ('refused' in decision) throw refuse(decision.refused, { from: found.status, to })
  return decision.life
}

function tellStatus(work: Work, before: CaseRow, after: CaseRow) {
  const decision = decideStatus(before, after.status, work.at)
  if ('fact' in decision && decision.fact) tellCase(work, after, decision.fact, { from: before.status, to: after.status })
}

async function moveTo(work: Work, found: CaseRow, status: Status | undefined): Promise<CaseRow> {
  if (!status || status === found.status) return found
  const saved = await saveCase(work.tx, { ...found, ...statusAfter(found, status, work.at) }, work.at)
  tellStatus(work, found, saved)
  return saved
}

/** Takes a reply back while it has not left: its text becomes the writer's draft again, and a case that it solved or parked is open again. */
export const recaller = (delivery: Delivery) => async (work: Work, number: number, messageId: string): Promise<{ found: CaseRow; message: MessageRow }> => {
  const found = await loadCase(work, number)
  const message = await findMessage(work.tx, messageId)
  if (!message || message.caseId !== found.id || message.direction !== 'out' || message.visibility !== 'public') throw refuse('message.notFound')
  if (message.delivery !== 'waiting' || !(await delivery.recall(work, messageId))) throw refuse('reply.gone')
  await setDelivery(work.tx, messageId, 'recalled')
  const author = work.actor.kind === 'agent' ? work.actor.id : null
  if (author) await putDraft(work.tx, { caseId: found.id, agentId: author, visibility: 'public', body: message.text, cc: [], seenMessageId: null, at: work.at })
  const back = found.status === 'closed' ? null : decideStatus(found, 'open', work.at)
  const saved = await saveCase(work.tx, {
    ...found, ...(back && 'life' in back ? back.life : {}), replies: Math.max(0, found.replies - 1), waitingSince: found.waitingSince ?? work.at,
    firstRepliedAt: found.firstRepliedAt?.getTime() === message.at.getTime() ? null : found.firstRepliedAt,
  }, work.at)
  tellCase(work, saved, 'reply.recalled', { message: messageId })
  tellStatus(work, found, saved)
  return { found: saved, message }
}

/** What became of a reply on the wire; channels tell it in the unit of work in which they note it. */
export async function settleDelivery(work: Work, given: { messageId: string; outcome: DeliveryOutcome; detail?: Record<string, unknown> }): Promise<void> {
  const message = await setDelivery(work.tx, given.messageId, given.outcome)
  const found = message ? await lockCaseById(work.tx, message.caseId) : null
  if (!found) return
  const kind = ({ sent: 'reply.delivered', uncertain: 'reply.uncertain', failed: 'reply.failed', bounced: 'reply.bounced' } as const)[given.outcome]
  tellCase(work, found, kind, { message: given.messageId, ...given.detail })
}
