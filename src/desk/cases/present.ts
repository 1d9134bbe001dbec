import type { Actor, Db, Tx, Work } from '#platform'
import { readableHtml } from '../messages/document.ts'
import { attachmentsOf, recipientsOf, type MessageRow } from '../messages/store.ts'
import { refuseBarred } from '../policy.ts'
import { refuse } from '../refusals.ts'
import { readCase } from './read.ts'
import { findCase, type CaseRow } from './store.ts'
import type { CaseView, MessageView } from './views.ts'

/** Reads a case for somebody who may see it. @throws case.notFound also when it lies behind a wall. */
export async function requireCase(db: Db | Tx, actor: Actor, number: number): Promise<CaseRow> {
  const found = await findCase(db, number)
  if (!found) throw refuse('case.notFound', { number })
  refuseBarred(actor, found)
  return found
}

/** A case as its screen shows it to this reader. @throws case.notFound */
export async function presentCase(db: Db | Tx, actor: Actor, number: number): Promise<CaseView> {
  const view = await readCase(db, actor, number)
  if (!view) throw refuse('case.notFound', { number })
  return view
}

interface Changing {
  work: Work
  actor: Actor
  answer: { etag(version: number): void }
}

/** A case as a change left it, with its version as the ETag. */
export async function showChanged({ work, actor, answer }: Changing, changed: Pick<CaseRow, 'number' | 'version'>): Promise<CaseView> {
  answer.etag(changed.version)
  return presentCase(work.tx, actor, changed.number)
}

/** Messages as the case's screen shows them. Their HTML is cleaned, with nothing remote in it. */
export async function presentMessages(db: Db | Tx, number: number, messages: readonly MessageRow[]): Promise<MessageView[]> {
  const ids = messages.map((message) => message.id)
  const [attachments, recipients] = [await attachmentsOf(db, ids), await recipientsOf(db, ids)]
  return messages.map((message) => ({
    id: message.id, direction: message.direction, visibility: message.visibility, standing: message.standing,
    from: { kind: message.authorKind, id: message.authorId, name: message.authorName, address: message.fromAddress },
    to: recipients.filter((recipient) => recipient.messageId === message.id).map(({ address, name, kind }) => ({ address, name, kind })),
    subject: message.subject, text: message.text, quotedText: message.quotedText, signatureText: message.signatureText, html: message.html === null ? null : readableHtml({ number, id: message.id }, message.html), at: message.at, channel: message.channel,
    messageId: message.internetId, joined: message.joined ? { ...message.joined } : null, automatic: message.automatic, maskedCards: message.maskedCards, delivery: message.delivery,
    sendAt: message.sendAt, rawMailId: message.rawMailId, home: message.homeNumber,
    attachments: attachments.filter((attached) => attached.messageId === message.id).map(({ id, name, type, size, inline }) => ({ id, name, type, size, inline })),
  }))
}
