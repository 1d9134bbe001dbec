import { resolveCustomer } from '#accounts'
import { maskCards } from '#language'
import { newId, type Work } from '#platform'
import { insertMessage } from '../messages/store.ts'
import { openCase } from '../messages/open.ts'
import { requireQueue } from '../queues/service.ts'
import { topicThere } from '../queues/store.ts'
import { refuse } from '../refusals.ts'
import type { Kind, Priority } from './model.ts'
import { addTag, type CaseRow } from './store.ts'
import { requireTag } from './tags.ts'
import { tellCase } from './tell.ts'

export interface NewCaseWords {
  subject: string
  body: string
  customer: { email: string; name?: string }
  queue?: string
  priority?: Priority
  topic?: string
  kind?: Kind
  tags?: string[]
  channel?: 'api' | 'form'
}

/** Opens a case from the API or a form, with the customer's first message. */
export async function createCase(work: Work, given: NewCaseWords): Promise<CaseRow> {
  if (given.topic !== undefined && !(await topicThere(work.tx, given.topic))) throw refuse('topic.notFound', { errors: [{ path: '/topic', code: 'topic.notFound' }] })
  const queueId = given.queue === undefined ? null : await requireQueue(work, given.queue)
  const customer = await resolveCustomer(work, { address: given.customer.email, ...(given.customer.name ? { name: given.customer.name } : {}) })
  const [subject, body] = [maskCards(given.subject), maskCards(given.body)]
  const channel = given.channel ?? 'api'
  const opened = await openCase(work, {
    subject: subject.text, channel, customer, mailboxId: null, queueId, queueAsked: queueId !== null, topic: given.topic ?? null, priority: given.priority ?? 'normal',
    ...(given.kind ? { kind: given.kind } : {}), followUpOf: null,
  })
  const messageId = newId()
  await insertMessage(work.tx, {
    id: messageId, caseId: opened.id, direction: 'in', visibility: 'public', standing: 'accepted', authorKind: 'customer', authorId: customer.customerId, fromAddress: customer.address,
    fromName: given.customer.name ? maskCards(given.customer.name).text : customer.name, subject: subject.text, text: body.text, quotedText: null, signatureText: null, html: null, at: work.at, channel, internetId: null,
    joined: { rule: 'opened' }, automatic: null, maskedCards: subject.masked + body.masked, delivery: null, sendAt: null, rawMailId: null, inReplyTo: [], recipients: [],
  })
  tellCase(work, opened, 'message.received', { message: messageId, customer: customer.customerId, rule: 'opened', channel })
  for (const text of given.tags ?? []) await tag(work, opened, text)
  return opened
}

async function tag(work: Work, opened: CaseRow, text: string) {
  const word = requireTag(text)
  if (await addTag(work.tx, opened.id, word)) tellCase(work, opened, 'tag.added', { tag: word })
}
