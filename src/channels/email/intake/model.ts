/** What becomes of a mail on its way in: words and pure decisions. */

export const ways = ['smtp', 'lmtp', 'imap', 'http'] as const
export type Way = (typeof ways)[number]

export const rawStates = ['received', 'done', 'failed', 'quarantined', 'discarded'] as const
export type RawState = (typeof rawStates)[number]

export type Became = 'case' | 'reply' | 'followUp' | 'suggestion' | 'side' | 'bounce' | 'loop' | 'quarantined' | 'discarded'

/** What became of a mail, as its row keeps it. */
export interface Outcome {
  became: Became
  /** Why, where it is not plain: a loop's mark, the breaker's limit. */
  reason?: string
  /** The address that the quarantine holds mail of. */
  sender?: string
}

export interface BreakerLimits {
  mailsMax: number
  sameSubjectMax: number
  minutes: number
}

/** More than people write: thirty mails, or eight of one subject, in ten minutes. */
export const breakerLimits: BreakerLimits = { mailsMax: 30, sameSubjectMax: 8, minutes: 10 }

/** What the database knows of a mail's sender and of its Message-ID at the moment of settling. */
export interface Standing {
  /** The breaker has tripped and nobody has released the sender since. */
  held: boolean
  /** Mails of this sender within the window, this one among them. */
  mails: number
  sameSubject: number
  /** The Message-ID is one that we sent. */
  sentByUs: boolean
}

export type Turn = { turn: 'takeIn' } | { turn: 'loop'; reason: string } | { turn: 'quarantine'; reason: string; trips: boolean }

export interface Marks {
  fromOwnMailbox: boolean
  /** A person said: take it in whatever it looks like. */
  forced: boolean
}

/** Whether a mail goes to the desk. Our own mail coming back never does; too many of one sender wait for somebody to look. */
export function decideTurn(standing: Standing, marks: Marks, limits: BreakerLimits): Turn {
  if (marks.forced) return { turn: 'takeIn' }
  if (standing.sentByUs) return { turn: 'loop', reason: 'messageId' }
  if (marks.fromOwnMailbox) return { turn: 'loop', reason: 'ownMailbox' }
  if (standing.held) return { turn: 'quarantine', reason: 'held', trips: false }
  if (standing.mails > limits.mailsMax) return { turn: 'quarantine', reason: 'mails', trips: true }
  if (standing.sameSubject > limits.sameSubjectMax) return { turn: 'quarantine', reason: 'sameSubject', trips: true }
  return { turn: 'takeIn' }
}

/** Marks in a subject that may point to a case: `[#10482-k3f9xq]`. The desk checks them. */
export const subjectTokens = (subject: string): string[] => [...subject.matchAll(/\[#\d{1,15}-[0-9a-z]{6,25}\]/gi)].map(([token]) => token).slice(0, 5)

/** Whom a mail without a usable sender comes from. The name cannot exist (RFC 2606), so nothing is ever sent there. */
export const unknownSender = 'unknown-sender@mail.invalid'

const usable = /^[^\s@<>,;"()]+@[^\s@<>,;"()]+$/

/** The first address that can stand for a sender: of the From field, of Reply-To, of the envelope. */
export function senderOf(from: { address: string; name: string } | null, replyTo: readonly { address: string }[], envelopeFrom: string | null): { address: string; name: string } {
  const name = from?.name ?? ''
  const address = [from?.address, ...replyTo.map((reply) => reply.address), envelopeFrom].find((candidate) => candidate && candidate.length <= 320 && usable.test(candidate))
  return { address: address?.toLowerCase() ?? unknownSender, name }
}
