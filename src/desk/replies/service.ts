import { normaliseAddress, resolveCustomer } from '#accounts'
import { maskCards } from '#language'
import { newId, type Work } from '#platform'
import { takeAttachments } from '../attachments/store.ts'
import { loadWorkable } from '../cases/load.ts'
import { afterReply, decideStatus, waitingAfter, type Status } from '../cases/model.ts'
import { addParticipant, participantsOf, type Participant } from '../cases/participants.ts'
import { markSeen, saveCase, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import { dropDraft } from '../drafts/store.ts'
import { conversationIds, insertMessage, unseenMessages, type Undo } from '../messages/store.ts'
import type { Delivery, Recipient } from '../ports.ts'
import { refuse } from '../refusals.ts'
import { unescaped, unfilledIn } from '../snippets/model.ts'
import { createNote } from './note.ts'

export interface NewReply {
  body: string
  visibility: 'public' | 'note'
  /**
   * The newest message that the writer has seen; the reply is refused when a newer one came in. Screens always say it. A program that answers
   * without having read anything may leave it out, and then nothing is checked.
   */
  seenMessageId?: string | null | undefined
  /** What the case is after the reply; a new case becomes open and others stay when it is left out. */
  status?: Exclude<Status, 'new' | 'closed'> | undefined
  /** Addresses in copy; all participants in copy unless told. One that is not on the case yet joins it. */
  cc?: string[] | null | undefined
  attachments?: string[] | undefined
  mentions?: string[] | undefined
  /** Teams of which everybody is asked to look. */
  teams?: string[] | undefined
}

export interface ReplyOptions {
  delivery: Delivery
  /** How long a reply can be taken back, in seconds. */
  undoSendSeconds: number
}

export interface Replied {
  found: CaseRow
  messageId: string
}

export type Reply = (work: Work, number: number, given: NewReply, versionSeen?: number | null) => Promise<Replied>

/** Makes the verb that answers a customer (or writes a note): accepted, durable and on its way in one unit of work. */
export const replier = ({ delivery, undoSendSeconds }: ReplyOptions): Reply => async (work, number, given, versionSeen = null) => {
  const found = await loadWorkable(work, number, versionSeen)
  if (given.visibility === 'note') return note(work, found, given)
  refuseUnfilled(given.body)
  if (given.seenMessageId) await refuseUnseen(work, found, given.seenMessageId)
  const { life, fact } = statusAfter(found, given.status, work.at)
  const id = newId()
  const sendAt = new Date(work.at.getTime() + undoSendSeconds * 1000)
  await sendOut(work, found, { id, given, people: await recipientsFor(work, found, given.cc), sendAt, delivery })
  if (work.actor.kind === 'agent') {
    await dropDraft(work.tx, found.id, work.actor.id, 'public')
    await markSeen(work.tx, found.id, work.actor.id, id, work.at)
  }
  const saved = await saveCase(work.tx, { ...found, ...life, lastMessageAt: work.at, waitingSince: null, firstRepliedAt: found.firstRepliedAt ?? work.at, replies: found.replies + 1 }, work.at)
  tellCase(work, saved, 'reply.sent', { message: id, first: found.firstRepliedAt === null })
  if (fact) tellCase(work, saved, fact, { from: found.status, to: saved.status })
  return { found: saved, messageId: id }
}

/** No customer reads `{{customer.firstName}}`. What is meant as it stands has a backslash before it. */
function refuseUnfilled(body: string) {
  const missing = unfilledIn(body)
  if (missing.length > 0) throw refuse('reply.unfilled', { missing, errors: [{ path: '/body', code: 'reply.unfilled' }] })
}

async function note(work: Work, found: CaseRow, given: NewReply): Promise<Replied> {
  const { life, fact } = given.status ? statusAfter(found, given.status, work.at) : { life: {}, fact: null }
  const written = await createNote(work, found, { body: given.body, mentions: given.mentions ?? [], teams: given.teams ?? [], attachments: given.attachments ?? [] })
  if (!fact) return written
  const saved = await saveCase(work.tx, { ...written.found, ...life, waitingSince: waitingAfter(given.status ?? found.status, found.waitingSince) }, work.at)
  tellCase(work, saved, fact, { from: found.status, to: saved.status })
  return { ...written, found: saved }
}

const SHOWN_LENGTH = 500

async function refuseUnseen(work: Work, found: CaseRow, seenMessageId: string) {
  const newer = await unseenMessages(work.tx, found.id, seenMessageId)
  if (newer.length > 0) throw refuse('reply.unseen', { newer: newer.map(({ id, direction, authorName, at, text }) => ({ id, direction, from: authorName, at, text: text.slice(0, SHOWN_LENGTH) })) })
}

function statusAfter(found: CaseRow, wanted: Status | undefined, at: Date) {
  const to = wanted ?? afterReply[found.status]
  const decision = to === 'refused' ? { refused: 'status.never' as const } : decideStatus(found, to, at)
  if ('refused' in decision) throw refuse(decision.refused, { from: found.status, to })
  return decision
}

/** The customer, and those in copy whom the writer kept or adds. */
async function recipientsFor(work: Work, found: CaseRow, cc: string[] | null | undefined): Promise<Participant[]> {
  const people = await participantsOf(work.tx, found.id)
  const customer = people.find((person) => person.role === 'customer')
  if (!customer) throw refuse('reply.noRecipient')
  if (!cc) return people
  const wanted = new Set(cc.map((address) => normaliseAddress(address) ?? address))
  const strangers = [...wanted].filter((address) => !people.some((person) => person.address === address))
  for (const address of strangers) await bringIn(work, found, address)
  const everybody = strangers.length > 0 ? await participantsOf(work.tx, found.id) : people
  return [customer, ...everybody.filter((person) => person.id !== customer.id && wanted.has(person.address))]
}

async function bringIn(work: Work, found: CaseRow, address: string) {
  const customer = await resolveCustomer(work, { address })
  const added = await addParticipant(work.tx, { caseId: found.id, customerId: customer.customerId, address: customer.address, role: 'cc', at: work.at })
  if (added) tellCase(work, { number: found.number, version: found.version + 1 }, 'participant.added', { customer: customer.customerId })
}

interface Leaving {
  id: string
  given: NewReply
  people: Participant[]
  sendAt: Date
  delivery: Delivery
}

async function sendOut(work: Work, found: CaseRow, { id, given, people, sendAt, delivery }: Leaving) {
  const body = maskCards(unescaped(given.body))
  const references = await conversationIds(work.tx, found.id)
  const internetId = delivery.internetIdFor(id)
  const [customer, ...copies] = people
  if (!customer) throw refuse('reply.noRecipient')
  const recipient = ({ address, name }: Participant): Recipient => ({ address, name })
  const subject = `Re: ${found.subject}`
  await insertMessage(work.tx, {
    id, caseId: found.id, direction: 'out', visibility: 'public', standing: 'accepted', authorKind: work.actor.kind, authorId: work.actor.kind === 'agent' ? work.actor.id : null,
    fromAddress: null, fromName: work.actor.name, subject, text: body.text, quotedText: null, signatureText: null, html: null, at: work.at, channel: 'email', internetId, joined: null,
    automatic: null, maskedCards: body.masked, delivery: 'waiting', sendAt, rawMailId: null, inReplyTo: references.slice(-1), undo: undoOf(found, given),
    recipients: people.map((person) => ({ ...recipient(person), kind: person.id === customer.id ? 'to' as const : 'cc' as const })),
  })
  const attachments = await takeAttachments(work, found, id, given.attachments ?? [])
  await delivery.submit(work, {
    messageId: id, caseNumber: found.number, mailboxId: found.mailboxId, internetId, subject, text: body.text, fromName: work.actor.name, to: [recipient(customer)],
    cc: copies.map((person) => ({ ...recipient(person), replyToken: person.replyToken })), replyToken: customer.replyToken, inReplyTo: references.at(-1) ?? null, references, attachments, notBefore: sendAt,
  })
}

const undoOf = (found: CaseRow, given: NewReply): Undo => ({
  status: found.status, statusAt: found.statusAt.toISOString(), solvedAt: found.solvedAt?.toISOString() ?? null, closedAt: found.closedAt?.toISOString() ?? null, reopens: found.reopens,
  waitingSince: found.waitingSince?.toISOString() ?? null, lastMessageAt: found.lastMessageAt.toISOString(), seenMessageId: given.seenMessageId ?? null, cc: given.cc ?? null,
})
