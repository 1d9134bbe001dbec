import { resolveCustomer } from '#accounts'
import { maskCards } from '#language'
import { newId, type Work } from '#platform'
import { afterCustomerWrote, decideStatus } from '../cases/model.ts'
import { addParticipant } from '../cases/participants.ts'
import { saveCase, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import { receiveSide } from '../sides/receive.ts'
import { findPointedCase, type Marks } from './find.ts'
import { decideBelonging, plainSubject, type Belonging, type Joined } from './model.ts'
import { openCase } from './open.ts'
import { attachFiles, insertMessage, type Attached } from './store.ts'

interface Person {
  address: string
  name: string
}

/** A message as a channel hands it in. Card numbers in it are masked here once more, whatever the channel did. */
export interface IncomingMessage extends Marks {
  channel: string
  mailboxId: string | null
  queueId: string | null
  from: Person
  to: Person[]
  cc: Person[]
  subject: string
  text: string
  quotedText: string | null
  signatureText: string | null
  html: string | null
  internetId: string | null
  automatic: string | null
  maskedCards: number
  rawMailId: string | null
  at: Date
  attachments: Omit<Attached, 'id'>[]
}

export interface Received {
  became: Belonging | 'side'
  number: number
  messageId: string
}

/** Takes a message in: a partner's into its side conversation, a customer's into the case that it belongs to, or into a new one; a stranger's waits as a suggestion. */
export async function receiveMessage(work: Work, incoming: IncomingMessage): Promise<Received> {
  const aside = await receiveSide(work, incoming)
  if (aside) return { became: 'side', ...aside }
  const sender = await resolveCustomer(work, incoming.from)
  const pointed = await findPointedCase(work, incoming, sender)
  const became = decideBelonging(pointed?.facts ?? null)
  const messageId = newId()
  if (pointed && became === 'suggestion') {
    await store(work, pointed.found, messageId, incoming, sender, { rule: pointed.pointer.rule, evidence: pointed.pointer.evidence }, 'suggested', pointed.pointer.caseId)
    tellCase(work, await saveCase(work.tx, pointed.found, work.at), 'message.suggested', { message: messageId, customer: sender.customerId, rule: pointed.pointer.rule })
    return { became, number: pointed.found.number, messageId }
  }
  if (pointed && became === 'reply') {
    await store(work, pointed.found, messageId, incoming, sender, { rule: pointed.pointer.rule, evidence: pointed.pointer.evidence }, 'accepted', pointed.pointer.caseId)
    const saved = await customerWrote(work, pointed.found, { messageId, customerId: sender.customerId, automatic: incoming.automatic, rule: pointed.pointer.rule, channel: incoming.channel })
    return { became, number: saved.number, messageId }
  }
  const before = became === 'followUp' && pointed ? pointed.found : null
  const opened = await openCase(work, {
    subject: maskCards(plainSubject(incoming.subject)).text, channel: incoming.channel, customer: sender, mailboxId: incoming.mailboxId, queueId: before?.queueId ?? incoming.queueId,
    queueAsked: before !== null, topic: before?.topic ?? null, priority: before?.priority ?? 'normal', followUpOf: before,
  })
  await store(work, opened, messageId, incoming, sender, before ? { rule: 'followUp', evidence: String(before.number) } : { rule: 'opened' }, 'accepted')
  if (before) tellCase(work, await saveCase(work.tx, before, work.at), 'case.followedUp', { by: opened.number })
  await copyIn(work, opened, incoming)
  tellReceived(work, opened, { messageId, customerId: sender.customerId, automatic: incoming.automatic, rule: before ? 'followUp' : 'opened', channel: incoming.channel })
  return { became, number: opened.number, messageId }
}

interface Wrote {
  messageId: string
  customerId: string
  automatic: string | null
  rule: string
  channel: string
}

/** What a customer's message does to its case: it reopens what waited, and the customer's clock starts. An automatic mail moves nothing. */
export async function customerWrote(work: Work, found: CaseRow, wrote: Wrote): Promise<CaseRow> {
  const to = afterCustomerWrote[found.status]
  const decision = wrote.automatic || found.removed || to === 'followUp' ? null : decideStatus(found, to, work.at)
  const moved = decision && 'life' in decision ? decision : null
  const saved = await saveCase(work.tx, {
    ...found, ...moved?.life, lastMessageAt: work.at, waitingSince: wrote.automatic || found.status === 'closed' ? found.waitingSince : found.waitingSince ?? work.at,
  }, work.at)
  tellReceived(work, saved, wrote)
  if (moved?.fact) tellCase(work, saved, moved.fact, { from: found.status, to: saved.status })
  return saved
}

function tellReceived(work: Work, found: CaseRow, wrote: Wrote) {
  tellCase(work, found, 'message.received', {
    message: wrote.messageId, customer: wrote.customerId, rule: wrote.rule, channel: wrote.channel, ...(wrote.automatic ? { automatic: wrote.automatic } : {}),
  })
}

async function store(work: Work, found: CaseRow, id: string, incoming: IncomingMessage, sender: { customerId: string; address: string }, joined: Joined, standing: 'accepted' | 'suggested', home = found.id) {
  const [text, quoted, signature, subject] = [maskCards(incoming.text), maskCards(incoming.quotedText ?? ''), maskCards(incoming.signatureText ?? ''), maskCards(incoming.subject)]
  const html = incoming.html === null ? null : maskCards(incoming.html)
  const plain = (person: Person) => ({ address: person.address, name: maskCards(person.name).text })
  await insertMessage(work.tx, {
    id, caseId: found.id, direction: 'in', visibility: 'public', standing, authorKind: 'customer', authorId: sender.customerId, fromAddress: sender.address,
    fromName: plain(incoming.from).name, subject: subject.text, text: text.text, quotedText: incoming.quotedText === null ? null : quoted.text,
    signatureText: incoming.signatureText === null ? null : signature.text, html: html?.text ?? null, at: incoming.at, channel: incoming.channel, internetId: incoming.internetId,
    joined, automatic: incoming.automatic, maskedCards: incoming.maskedCards + subject.masked + Math.max(text.masked + quoted.masked + signature.masked, html?.masked ?? 0), delivery: null, sendAt: null,
    rawMailId: incoming.rawMailId, homeId: home === found.id ? null : home, inReplyTo: incoming.inReplyTo.slice(0, 50),
    recipients: [...incoming.to.map((to) => ({ ...plain(to), kind: 'to' as const })), ...incoming.cc.map((cc) => ({ ...plain(cc), kind: 'cc' as const }))].filter(({ address }) => address).slice(0, 200),
  })
  await attachFiles(work.tx, { messageId: id, caseId: found.id, at: work.at, by: `customer:${sender.customerId}`, files: incoming.attachments.map((file) => ({ ...file, name: maskCards(file.name).text })) })
}

const COPIED_IN_MAX = 20

/** Those whom the customer put in copy of a first message take part; our own addresses are never among them (the channel leaves them out). */
async function copyIn(work: Work, opened: CaseRow, incoming: IncomingMessage) {
  for (const person of incoming.cc.slice(0, COPIED_IN_MAX)) {
    if (!person.address || person.address === incoming.from.address) continue
    const customer = await resolveCustomer(work, person)
    const added = await addParticipant(work.tx, { caseId: opened.id, customerId: customer.customerId, address: customer.address, role: 'cc', at: work.at })
    if (added) tellCase(work, opened, 'participant.added', { customer: customer.customerId })
  }
}
