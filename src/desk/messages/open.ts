import type { Work } from '#platform'
import type { Kind, Priority } from '../cases/model.ts'
import { insertCase, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'

export interface Opening {
  subject: string
  channel: string
  customer: { customerId: string; accountId: string | null; address: string }
  mailboxId: string | null
  /** The queue that was asked for, or that the mailbox feeds; without one the topic's or the standard queue. */
  queueId: string | null
  queueAsked?: boolean
  topic: string | null
  priority: Priority
  kind?: Kind
  followUpOf: CaseRow | null
}

/** Opens a case for a customer: the one way in which cases begin, whichever way the message came. */
export async function openCase(work: Work, given: Opening): Promise<CaseRow> {
  const opened = await insertCase(work.tx, {
    subject: given.subject || '(no subject)', priority: given.priority, kind: given.kind ?? 'question', channel: given.channel, mailboxId: given.mailboxId,
    queueId: given.queueAsked ? given.queueId : null, mailboxQueueId: given.queueId, address: given.customer.address,
    accountId: given.customer.accountId, customerId: given.customer.customerId, topic: given.topic, followUpOf: given.followUpOf?.id ?? null, at: work.at,
  })
  tellCase(work, opened, 'case.opened', {
    channel: given.channel, queue: opened.queueId, customer: given.customer.customerId, account: given.customer.accountId, topic: given.topic, priority: given.priority,
    ...(given.followUpOf ? { followUpOf: given.followUpOf.number } : {}),
  })
  return opened
}
