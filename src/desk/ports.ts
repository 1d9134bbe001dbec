import type { Db, Tx, Work } from '#platform'

/** What the desk asks of others; src/wire.ts hands in who answers. */

export interface Recipient {
  address: string
  name: string
}

/** Somebody in copy, with the unguessable part of the address that their answers come back to. */
export interface Copied extends Recipient {
  replyToken: string
}

export interface OutgoingMessage {
  /** Of a message of the case, or of a side conversation when `side` says so. */
  messageId: string
  side?: true
  caseNumber: number
  mailboxId: string | null
  internetId: string
  subject: string
  text: string
  fromName: string
  to: Recipient[]
  cc: Copied[]
  /** The unguessable part of the address that the answers of those in `to` come back to. */
  replyToken: string
  inReplyTo: string | null
  /** Message-IDs of the conversation, oldest first. */
  references: string[]
  attachments: { sha256: string; name: string; type: string; size: number }[]
  /** The message that it is about, quoted below the text. */
  quoted?: { from: string; at: Date; text: string }
  /** Not before this instant: until then the sender can take it back. */
  notBefore: Date
}

/** Takes replies out of the house, exactly once; channels/email answers. */
export interface Delivery {
  /** The Message-ID (RFC 5322, with brackets) that this message will have, fixed before the first try. */
  internetIdFor(messageId: string): string
  submit(work: Work, outgoing: OutgoingMessage): Promise<void>
  /** Takes a message back. True only when it had surely not begun to leave. */
  recall(work: Work, messageId: string): Promise<boolean>
}

/** Takes mail of the program to those who work here, never to customers; channels/email answers. */
export interface Post {
  /**
   * Durable with the unit of work, sent at most once. `key` says what it is for.
   * @returns false when there is a mail for this already.
   */
  submit(work: Work, mail: { key: string; agentId: string; address: string; name: string; subject: string; text: string }): Promise<boolean>
}

export type DeliveryOutcome = 'sent' | 'uncertain' | 'failed' | 'bounced'

/** Who is at work by the plan; workforce will answer. */
export interface Staffing {
  /** Those of these agents who are on shift at an instant, and not in a break that the plan knows. */
  onShift(db: Db | Tx, agentIds: readonly string[], at: Date): Promise<Set<string>>
}
