import { canonicalCustomer } from '#accounts'
import { maskCards } from '#language'
import type { Work } from '#platform'
import { loadCase, loadWorkable } from '../cases/load.ts'
import { addParticipant, participantsOf } from '../cases/participants.ts'
import { addLink, findCaseById, saveCase, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import { plainSubject } from '../messages/model.ts'
import { openCase } from '../messages/open.ts'
import { conversationOf, findMessage, recipientsOf, type MessageRow } from '../messages/store.ts'
import { refuse } from '../refusals.ts'
import { mergeCases, talkOf } from './service.ts'
import { findSplit, insertSplit, noteSplitUndone, takeApart, takeBack } from './split-store.ts'

export interface Splitting {
  messages: string[]
  /** Left out: that of the first message. */
  subject?: string | undefined
}

/** Takes messages into a case of their own, with their files and the people they are between. Both cases are linked. @returns the new case. */
export async function splitCase(work: Work, number: number, given: Splitting, versionSeen: number | null = null): Promise<CaseRow> {
  const found = await loadWorkable(work, number, versionSeen)
  const messages = await loadMessages(work, found, given.messages)
  const own = await openFor(work, found, messages, given.subject)
  await takeApart(work.tx, messages.map(({ id }) => id), own.id)
  if ((await conversationOf(work.tx, found.id)).messages === 0) throw refuse('split.all')
  await insertSplit(work.tx, { caseId: own.id, fromId: found.id, at: work.at, messages: messages.map(({ id, homeId }) => ({ id, homeId })) })
  await addLink(work.tx, found.id, own.id, 'related', work.at)
  const opened = await resettle(work, own)
  const left = await resettle(work, found)
  const ids = messages.map(({ id }) => id)
  tellCase(work, left, 'message.split', { messages: ids, to: own.number })
  tellCase(work, opened, 'message.split', { messages: ids, from: found.number })
  tellCase(work, left, 'case.linked', { other: own.number, as: 'related' })
  tellCase(work, opened, 'case.linked', { other: found.number, as: 'related' })
  return opened
}

/** Puts split messages back. What was written in the new case since goes along: the two are merged, and mail to either lands in the old one. */
export async function unsplitCase(work: Work, number: number): Promise<CaseRow> {
  const own = await loadCase(work, number)
  const split = await findSplit(work.tx, own.id)
  if (!split) throw refuse('split.done')
  const from = await findCaseById(work.tx, split.fromId)
  if (!from) throw refuse('split.done')
  await noteSplitUndone(work.tx, split.id, work.at)
  const merged = await mergeCases(work, from.number, number, { copyPeople: true })
  await takeBack(work.tx, split.messages, { fromId: from.id, ownId: own.id })
  return merged
}

async function loadMessages(work: Work, found: CaseRow, ids: readonly string[]): Promise<MessageRow[]> {
  const messages: MessageRow[] = []
  for (const id of new Set(ids)) {
    const message = await findMessage(work.tx, id)
    if (!message || message.caseId !== found.id || message.standing === 'declined' || message.delivery === 'recalled') throw refuse('split.none')
    if (message.delivery === 'waiting') throw refuse('split.leaving')
    messages.push(message)
  }
  return messages.sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** The first who wrote is the customer of the new case; who else wrote or was written to takes part as before. */
async function openFor(work: Work, found: CaseRow, messages: readonly MessageRow[], subject: string | undefined): Promise<CaseRow> {
  const people = await participantsOf(work.tx, found.id)
  const wrote = messages.find(({ direction }) => direction === 'in')
  const author = wrote?.authorId ? await canonicalCustomer(work.tx, wrote.authorId) : null
  const first = people.find(({ role }) => role === 'customer')
  const customer = author && wrote?.fromAddress ? { customerId: author.id, accountId: author.accountId, address: wrote.fromAddress } : { customerId: found.customerId, accountId: found.accountId, address: first?.address ?? '' }
  const own = await openCase(work, {
    subject: maskCards(subject?.trim() || plainSubject(wrote?.subject || found.subject)).text, channel: messages[0]?.channel === 'desk' ? found.channel : messages[0]?.channel ?? found.channel, customer,
    mailboxId: found.mailboxId, queueId: found.queueId, queueAsked: true, topic: null, priority: found.priority, followUpOf: null,
  })
  const addresses = new Set([...messages.map(({ fromAddress }) => fromAddress), ...(await recipientsOf(work.tx, messages.map(({ id }) => id))).map(({ address }) => address)])
  for (const person of people.filter(({ address }) => addresses.has(address) && address !== customer.address)) {
    await addParticipant(work.tx, { caseId: own.id, customerId: person.customerId, address: person.address, role: 'cc', at: work.at })
  }
  return own
}

/** Says of a case what its messages say now. */
async function resettle(work: Work, found: CaseRow): Promise<CaseRow> {
  const talk = await conversationOf(work.tx, found.id)
  const waits = found.status === 'new' || found.status === 'open' || found.waitingSince !== null
  return saveCase(work.tx, { ...found, ...(await talkOf(work, found)), lastMessageAt: talk.lastAt ?? found.lastMessageAt, waitingSince: waits ? talk.waitingSince : null }, work.at)
}
