import { canonicalCustomer } from '#accounts'
import type { Work } from '#platform'
import { loadCase, loadWorkable } from '../cases/load.ts'
import { addParticipant } from '../cases/participants.ts'
import { saveCase, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import { refuse } from '../refusals.ts'
import { plainSubject } from './model.ts'
import { openCase } from './open.ts'
import { customerWrote } from './receive.ts'
import { conversationOf, findMessage, moveMessage, setStanding, type MessageRow } from './store.ts'

/** What a person decides about a message: whether a stranger's joins, and whether one that joined belongs elsewhere. */

async function loadMessage(work: Work, found: CaseRow, messageId: string): Promise<MessageRow> {
  const message = await findMessage(work.tx, messageId)
  if (!message || message.caseId !== found.id) throw refuse('message.notFound')
  return message
}

/** The stranger takes part from now on, and the message counts as if it had joined by itself. */
export async function acceptSuggestion(work: Work, number: number, messageId: string): Promise<CaseRow> {
  const found = await loadWorkable(work, number)
  const message = await loadMessage(work, found, messageId)
  if (message.standing !== 'suggested') throw refuse('message.notSuggested')
  await setStanding(work.tx, messageId, 'accepted', { rule: 'accepted', by: work.actor.id })
  const customerId = message.authorId ?? found.customerId
  await addParticipant(work.tx, { caseId: found.id, customerId, address: message.fromAddress ?? '', role: 'cc', at: work.at })
  tellCase(work, { number: found.number, version: found.version + 1 }, 'suggestion.accepted', { message: messageId, customer: customerId })
  return customerWrote(work, found, { messageId, customerId, automatic: message.automatic, rule: 'accepted', channel: message.channel })
}

/** Not for this case: it becomes one of its own, so that nothing that came in is lost. */
export async function declineSuggestion(work: Work, number: number, messageId: string): Promise<CaseRow> {
  const found = await loadCase(work, number)
  const message = await loadMessage(work, found, messageId)
  if (message.standing !== 'suggested') throw refuse('message.notSuggested')
  const own = await caseOfItsOwn(work, found, message)
  tellCase(work, await saveCase(work.tx, found, work.at), 'suggestion.declined', { message: messageId, to: own.number })
  return own
}

/** Takes a message that joined wrongly out into its own case; the one that it leaves is as if it had never come. */
export async function detachMessage(work: Work, number: number, messageId: string): Promise<CaseRow> {
  const found = await loadCase(work, number)
  const message = await loadMessage(work, found, messageId)
  if (message.direction !== 'in' || message.standing !== 'accepted') throw refuse('message.notTheirs')
  if ((await conversationOf(work.tx, found.id)).messages < 2) throw refuse('message.onlyOne')
  const own = await caseOfItsOwn(work, found, message)
  const rest = await conversationOf(work.tx, found.id)
  const left = await saveCase(work.tx, {
    ...found, lastMessageAt: rest.lastAt ?? found.lastMessageAt, waitingSince: found.waitingSince === null ? null : rest.waitingSince,
  }, work.at)
  tellCase(work, left, 'message.detached', { message: messageId, to: own.number })
  return own
}

async function caseOfItsOwn(work: Work, found: CaseRow, message: MessageRow): Promise<CaseRow> {
  const author = await canonicalCustomer(work.tx, message.authorId ?? found.customerId)
  const customer = { customerId: author?.id ?? found.customerId, accountId: author?.accountId ?? null, address: message.fromAddress ?? '' }
  const own = await openCase(work, {
    subject: plainSubject(message.subject), channel: message.channel, customer, mailboxId: found.mailboxId, queueId: found.queueId, queueAsked: true, topic: null,
    priority: 'normal', followUpOf: null,
  })
  await moveMessage(work.tx, message.id, own.id, { rule: 'detached', from: found.number })
  tellCase(work, own, 'message.received', { message: message.id, customer: customer.customerId, rule: 'detached', channel: message.channel })
  return own
}
