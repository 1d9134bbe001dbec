import type { Work } from '#platform'

export type MailFact = 'mail.sent' | 'mail.uncertain' | 'mail.failed' | 'mail.recalled' | 'mail.bounced' | 'mail.retried' | 'address.held'

/** A fact about an outgoing mail: ids, numbers and status codes, never addresses or what servers said about them. */
export function tellMail(work: Work, kind: MailFact, mail: { id: string; caseNumber: number }, data: Record<string, unknown> = {}): void {
  work.tell('channels', { kind, case: mail.caseNumber, subject: `outgoingMail:${mail.id}`, data })
}

const LANES = 3

/** The job that sends a mail. At most three run at a time, so that a server that stalls does not keep all other work waiting. */
export function enqueueSend(work: Work, id: string, runAt: Date): void {
  work.enqueue({ name: 'email.send', payload: { mail: id }, runAt, key: `email.send:${id}`, queue: `email.send.${Number.parseInt(id.slice(-4), 16) % LANES}` })
}
