import { refuse } from '../refusals.ts'
import { refuseBarred } from '../policy.ts'
import type { Actor, Db, Tx } from '#platform'
import { summaryOf } from '../lists/store.ts'
import { attachmentsOf, recipientsOf, type MessageRow } from '../messages/store.ts'
import { choicesFrom } from './model.ts'
import { participantsOf } from './participants.ts'
import { findCase, type CaseRow } from './store.ts'
import { linksOf } from './links.ts'
import type { CaseView, MessageView } from './views.ts'

/** Reads a case for somebody who may see it. @throws case.notFound also when it lies behind a wall. */
export async function requireCase(db: Db | Tx, actor: Actor, number: number): Promise<CaseRow> {
  const found = await findCase(db, number)
  if (!found) throw refuse('case.notFound', { number })
  refuseBarred(actor, found)
  return found
}

/** A case as its screen shows it to this reader. */
export async function presentCase(db: Db | Tx, actor: Actor, found: CaseRow): Promise<CaseView> {
  const summary = await summaryOf(db, found.number)
  if (!summary) throw refuse('case.notFound', { number: found.number })
  const people = await participantsOf(db, found.id)
  return {
    ...summary, participants: people.map(({ customerId, name, address, role }) => ({ customerId, name, address, role })), links: await linksOf(db, found, actor.kind === 'system' ? [] : actor.barred),
    firstRepliedAt: found.firstRepliedAt, closedAt: found.closedAt, reopens: found.reopens, replies: found.replies, mailboxId: found.mailboxId, choices: choicesFrom(found.status),
  }
}

export async function presentMessages(db: Db | Tx, messages: readonly MessageRow[]): Promise<MessageView[]> {
  const ids = messages.map((message) => message.id)
  const [attachments, recipients] = [await attachmentsOf(db, ids), await recipientsOf(db, ids)]
  return messages.map((message) => ({
    id: message.id, direction: message.direction, visibility: message.visibility, standing: message.standing,
    from: { kind: message.authorKind, id: message.authorId, name: message.authorName, address: message.fromAddress },
    to: recipients.filter((recipient) => recipient.messageId === message.id).map(({ address, name, kind }) => ({ address, name, kind })),
    subject: message.subject, text: message.text, quotedText: message.quotedText, signatureText: message.signatureText, html: message.html, at: message.at, channel: message.channel,
    messageId: message.internetId, joined: message.joined ? { ...message.joined } : null, automatic: message.automatic, maskedCards: message.maskedCards, delivery: message.delivery,
    sendAt: message.sendAt, rawMailId: message.rawMailId,
    attachments: attachments.filter((attached) => attached.messageId === message.id).map(({ id, name, type, size, inline }) => ({ id, name, type, size, inline })),
  }))
}
