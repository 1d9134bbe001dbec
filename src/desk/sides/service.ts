import { normaliseAddress } from '#accounts'
import { maskCards } from '#language'
import type { Work } from '#platform'
import { loadCase, loadWorkable } from '../cases/load.ts'
import { decideStatus } from '../cases/model.ts'
import { participantsOf } from '../cases/participants.ts'
import { saveCase, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import { findMessage } from '../messages/store.ts'
import { refuse as refuseGround } from '#platform'
import { refuseBarred } from '../policy.ts'
import { refuse } from '../refusals.ts'
import { findSideMessage, loosenFiles, messagesOfSides, setSideDelivery, setSideStanding, sideUndoOf } from './messages.ts'
import { afterAsked, afterSet, PARTIES_MAX, sideStatuses, type SideStatus } from './model.ts'
import { answered } from './receive.ts'
import { sendAside, type Sending, type SideText } from './send.ts'
import { addParties, findSide, insertSide, lockSide, partiesOf, saveSide, type Side } from './store.ts'

export interface NewSide extends SideText {
  to: { address: string; name?: string | undefined }[]
  subject: string
  /** A message of the case to quote below the text. */
  quote?: string | null | undefined
  /** Puts the case on hold with it. */
  hold?: boolean | undefined
}

export interface Written {
  found: CaseRow
  side: Side
  messageId: string
}

/** Makes the verbs that write in side conversations. */
export const sideWriter = (sending: Sending) => ({
  /** Begins a side conversation: asks somebody who is no part of the case. */
  open: async (work: Work, number: number, given: NewSide, versionSeen: number | null = null): Promise<Written> => {
    const found = await loadWorkable(work, number, versionSeen)
    const people = await soundPeople(work, found, given.to, [])
    if (people.length === 0) throw refuse('side.noRecipient', { errors: [{ path: '/to', code: 'side.noRecipient' }] })
    const life = afterAsked(work.at, given.dueAt ?? null)
    const id = await insertSide(work.tx, { caseId: found.id, subject: maskCards(given.subject).text.trim() || found.subject, agentId: work.actor.kind === 'agent' ? work.actor.id : null, life, at: work.at })
    await addParties(work.tx, id, people)
    const side = await requireSide(work, found, id)
    const messageId = await sendAside(work, sending, found, side, { ...given, quoted: given.quote ? await quotedFrom(work, found, given.quote) : undefined })
    const held = given.hold ? await onHold(work, found) : found
    tellCase(work, held, 'side.opened', { side: id, message: messageId, people: people.length, ...(given.dueAt ? { dueAt: given.dueAt.toISOString() } : {}) })
    if (held.status !== found.status) tellCase(work, held, 'case.held', { from: found.status, to: held.status })
    // The version that the message's own undo looks for.
    return { found: held, side: await saveSide(work.tx, side), messageId }
  },
  /** Writes on; refused over an answer that the writer has not seen. */
  write: async (work: Work, sideId: string, given: SideText & { add?: NewSide['to'] | undefined; seenMessageId?: string | null | undefined }): Promise<Written> => {
    const { found, side } = await loadSide(work, sideId)
    if (given.seenMessageId) await refuseUnseen(work, side, given.seenMessageId)
    const before = (await partiesOf(work.tx, [side.id])).map(({ address }) => address)
    await addParties(work.tx, side.id, await soundPeople(work, found, given.add ?? [], before))
    const messageId = await sendAside(work, sending, found, side, given)
    const saved = await saveSide(work.tx, { ...side, ...afterAsked(work.at, given.dueAt === undefined ? side.dueAt !== null && side.dueAt > work.at ? side.dueAt : null : given.dueAt), lastAt: work.at })
    tellCase(work, found, 'side.written', { side: side.id, message: messageId })
    return { found, side: saved, messageId }
  },
  /** Takes a message back while it has not left. @returns its text, for writing on. */
  recall: async (work: Work, sideId: string, messageId: string): Promise<{ side: Side; body: string; attachments: string[] }> => {
    const { found, side } = await loadSide(work, sideId)
    const message = await findSideMessage(work.tx, messageId)
    if (!message || message.sideId !== side.id || message.direction !== 'out') throw refuse('message.notFound')
    if (message.delivery !== 'waiting' || !(await sending.delivery.recall(work, messageId))) throw refuse('side.gone')
    await setSideDelivery(work.tx, messageId, 'recalled')
    const files = await work.tx.selectFrom('attachment').select('id').where('side_message_id', '=', messageId).execute()
    await loosenFiles(work.tx, messageId)
    const undo = await sideUndoOf(work.tx, messageId)
    const only = (await messagesOfSides(work.tx, [side.id])).length === 0
    const saved = await saveSide(work.tx, undo && undo.version === side.version ? { ...side, ...lifeOf(undo), ...(only ? { status: 'done' } : {}) } : side)
    tellCase(work, found, 'side.recalled', { side: side.id, message: messageId })
    return { side: saved, body: message.text, attachments: files.map(({ id }) => id) }
  },
})

const instant = (text: string | null) => (text === null ? null : new Date(text))
const lifeOf = (undo: { status: string; askedAt: string | null; dueAt: string | null; overdueAt: string | null; lastAt: string }) => ({
  status: sideStatuses.find((word) => word === undo.status) ?? 'open', askedAt: instant(undo.askedAt), dueAt: instant(undo.dueAt), overdueAt: instant(undo.overdueAt), lastAt: new Date(undo.lastAt),
})

/** Sets a side conversation to done, open or waiting, or when an answer is due. */
export async function changeSide(work: Work, sideId: string, given: { status?: SideStatus | undefined; dueAt?: Date | null | undefined }, versionSeen: number | null = null): Promise<Side> {
  const { found, side } = await loadSide(work, sideId)
  if (versionSeen !== null && versionSeen !== side.version) throw refuseGround('version.stale', { version: side.version, versionSeen, changed: [] })
  const life = afterSet(side, given.status ?? side.status, work.at)
  const due = given.dueAt === undefined ? life : { ...life, dueAt: life.status === 'waiting' ? given.dueAt : null, overdueAt: null }
  if (due.status === side.status && due.dueAt?.getTime() === side.dueAt?.getTime()) return side
  const saved = await saveSide(work.tx, { ...side, ...due })
  const kind = saved.status === side.status ? 'side.changed' : saved.status === 'done' ? 'side.finished' : 'side.reopened'
  tellCase(work, found, kind, { side: side.id, from: side.status, to: saved.status, dueAt: saved.dueAt?.toISOString() ?? null })
  return saved
}

/** Somebody who was not asked is let in, and is one of those asked from now on; or is kept out, and what they wrote stays to be read. */
export async function decideSuggested(work: Work, sideId: string, messageId: string, accept: boolean): Promise<Side> {
  const { found, side } = await loadSide(work, sideId)
  const message = await findSideMessage(work.tx, messageId)
  if (!message || message.sideId !== side.id) throw refuse('message.notFound')
  if (message.standing !== 'suggested') throw refuse('side.notSuggested')
  await setSideStanding(work.tx, messageId, accept ? 'accepted' : 'declined')
  if (!accept) {
    const saved = await saveSide(work.tx, side)
    tellCase(work, found, 'side.declined', { side: side.id, message: messageId })
    return saved
  }
  await addParties(work.tx, side.id, message.fromAddress ? [{ address: message.fromAddress, name: message.fromName }] : [])
  tellCase(work, found, 'side.accepted', { side: side.id, message: messageId })
  return answered(work, found, side, { messageId, automatic: message.automatic })
}

/** Side conversation and case, locked, in that order of importance: the case first, as mail that comes in does. */
async function loadSide(work: Work, sideId: string): Promise<{ found: CaseRow; side: Side }> {
  const there = await findSide(work.tx, sideId)
  if (!there) throw refuse('side.notFound')
  const found = await loadCase(work, there.caseNumber).catch(() => { throw refuse('side.notFound') })
  return { found, side: await requireSide(work, found, sideId) }
}

async function requireSide(work: Work, found: CaseRow, sideId: string): Promise<Side> {
  const side = await lockSide(work.tx, sideId)
  if (!side || side.caseId !== found.id) throw refuse('side.notFound')
  refuseBarred(work.actor, found)
  return side
}

/** Addresses as we keep them, each once. Whoever is on the case is answered there: a side conversation is behind the customer's back. */
async function soundPeople(work: Work, found: CaseRow, given: NewSide['to'], there: readonly string[]): Promise<{ address: string; name: string }[]> {
  const people = new Map<string, string>()
  for (const { address, name } of given) {
    const plain = normaliseAddress(address)
    if (plain === null) throw refuse('customer.mailInvalid', { errors: [{ path: '/to', code: 'customer.mailInvalid' }] })
    if (!there.includes(plain)) people.set(plain, maskCards(name ?? '').text)
  }
  if (people.size + there.length > PARTIES_MAX) throw refuse('side.tooMany')
  const both = (await participantsOf(work.tx, found.id)).find(({ address }) => people.has(address))
  if (both) throw refuse('side.customer', { address: both.address, errors: [{ path: '/to', code: 'side.customer' }] })
  return [...people].map(([address, name]) => ({ address, name }))
}

async function quotedFrom(work: Work, found: CaseRow, messageId: string) {
  const message = await findMessage(work.tx, messageId)
  if (!message || message.caseId !== found.id || message.visibility !== 'public') throw refuse('message.notFound')
  return { from: message.authorName, at: message.at, text: message.text }
}

async function onHold(work: Work, found: CaseRow): Promise<CaseRow> {
  const decision = decideStatus(found, 'on_hold', work.at)
  return 'life' in decision && decision.fact ? saveCase(work.tx, { ...found, ...decision.life }, work.at) : found
}

async function refuseUnseen(work: Work, side: Side, seenId: string): Promise<void> {
  const messages = await messagesOfSides(work.tx, [side.id])
  const seen = messages.findIndex(({ id }) => id === seenId)
  const newer = messages.slice(seen + 1).filter(({ direction, standing }) => direction === 'in' && standing === 'accepted')
  if (newer.length > 0) throw refuse('side.unseen', { newer: newer.map(({ id, fromName, at, text }) => ({ id, from: fromName, at, text: text.slice(0, 500) })) })
}
