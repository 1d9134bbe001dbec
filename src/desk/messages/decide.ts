import type { Work } from '#platform'
import { loadCase } from '../cases/load.ts'
import { addParticipant } from '../cases/participants.ts'
import type { CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import { refuse } from '../refusals.ts'
import { plainSubject } from './model.ts'
import { openCase } from './open.ts'
import { customerWrote } from './receive.ts'
import { countAccepted, findMessage, moveMessage, setStanding, type MessageRow } from './store.ts'

/** What a person decides about a message: whether a stranger's joins, and whether one that joined belongs elsewhere. */

async function loadMessage(work: Work, number: number, messageId: string): Promise<{ found: CaseRow; message: MessageRow }> {
  const found = await loadCase(work, number)
  const message = await findMessage(work.tx, messageId)
  if (!message || message.caseId !== found.id) throw refuse('message.notFound')
  return { found, message }
}

/** The stranger takes part from now on, and the message counts as if it had joined by itself. */
export async function acceptSuggestion(work: Work, number: number, messageId: string): Promise<CaseRow> {
  const { found, message } = await loadMessage(work, number, messageId)
  if (message.standing !== 'suggested') throw refuse('message.notSuggested')
  await setStanding(work.tx, messageId, 'accepted', { rule: 'accepted', by: work.actor.id })
  await addParticipant(work.tx, { caseId: found.id, customerId: message.authorId ?? found.customerId, address: message.fromAddress ?? '', role: 'cc', at: work.at })
  tellCase(work, found, 'suggestion.accepted', { message: messageId })
  return customerWrote(work, found, { messageId, customerId: message.authorId ?? '', automatic: message.automatic, rule: 'accepted', channel: message.channel })
}

/** Not for this case: it becomes one of its own, so that nothing that came in is lost. */
export async function declineSuggestion(work: Work, number: number, messageId: string): Promise<CaseRow> {
  const { found, message } = await loadMessage(work, number, messageId)
  if (message.standing !== 'suggested') throw refuse('message.notSuggested')
  const own = await caseOfItsOwn(work, found, message)
  tellCase(work, found, 'suggestion.declined', { message: messageId, to: own.number })
  return own
}

/** Takes a message that joined wrongly out into its own case. */
export async function detachMessage(work: Work, number: number, messageId: string): Promise<CaseRow> {
  const { found, message } = await loadMessage(work, number, messageId)
  if (message.direction !== 'in' || message.standing !== 'accepted') throw refuse('message.notTheirs')
  if ((await countAccepted(work.tx, found.id)) < 2) throw refuse('message.onlyOne')
  const own = await caseOfItsOwn(work, found, message)
  tellCase(work, found, 'message.detached', { message: messageId, to: own.number })
  return own
}

async function caseOfItsOwn(work: Work, found: CaseRow, message: MessageRow): Promise<CaseRow> {
  const customer = { customerId: message.authorId ?? found.customerId, accountId: message.authorId === found.customerId ? found.accountId : null, address: message.fromAddress ?? '' }
  const own = await openCase(work, {
    subject: plainSubject(message.subject), channel: message.channel, customer, mailboxId: found.mailboxId, queueId: found.queueId, queueAsked: true, topic: null,
    priority: 'normal', followUpOf: null,
  })
  await moveMessage(work.tx, message.id, own.id, { rule: 'detached', from: found.number })
  tellCase(work, own, 'message.received', { message: message.id, customer: customer.customerId, rule: 'detached', channel: message.channel })
  return own
}
