/** A mail as the desk understands it. */

export interface MailPerson {
  /** As it was written; empty when the field names nobody. */
  address: string
  name: string
}

export interface MailAttachment {
  /** Without a path, control characters or marks that turn the direction of reading. */
  name: string
  /** What the bytes are, where they say so; else what the mail says. */
  type: string
  content: Uint8Array
  /** Without its angle brackets. */
  contentId: string | null
  /** Shown within the text rather than below it. */
  inline: boolean
}

/** hard: it will never arrive. soft: given up for now. delayed: still being tried. relayed: it arrived, or went on to where nobody reports. */
export type BounceOutcome = 'hard' | 'soft' | 'delayed' | 'relayed'

export interface BouncedRecipient {
  address: string
  /** RFC 3463, such as 5.1.1. */
  status: string | null
  diagnostic: string | null
  outcome: BounceOutcome
}

/** A report on a mail that somebody sent (RFC 3464, and what servers send in its stead). */
export interface MailBounce {
  /** The worst of its recipients'. */
  outcome: BounceOutcome
  recipients: BouncedRecipient[]
  /** Message-ID of the mail that the report is about, with its brackets. */
  originalMessageId: string | null
}

export interface ParsedMail {
  from: MailPerson | null
  replyTo: MailPerson[]
  to: MailPerson[]
  cc: MailPerson[]
  subject: string
  /** What the Date field says; null when it says nothing readable. */
  date: Date | null
  /** With its angle brackets, as are those in `inReplyTo` and `references`. */
  messageId: string | null
  inReplyTo: string[]
  references: string[]
  /** Addresses that servers noted on the way: Delivered-To, X-Original-To and their like. */
  deliveredTo: string[]
  /** Null when there is none; empty for the null return path. */
  returnPath: string | null
  newText: string
  quotedText: string | null
  signatureText: string | null
  /** Cleaned; null when the mail has no HTML. */
  html: string | null
  attachments: MailAttachment[]
  /** Why nobody but a program wrote this, and nothing may be answered by a program. */
  automatic: { reason: string } | null
  bounce: MailBounce | null
}
