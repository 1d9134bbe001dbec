import { breakerLimits, type Became, type RawState } from '../email/intake/model.ts'
import { HELD, type MailState } from '../email/outgoing/model.ts'

/** What the screens of mail say: states, reasons and servers' answers as sentences. */

export type Tone = 'late' | 'soon' | 'done' | 'info' | 'neutral'

export interface Said {
  word: string
  tone: Tone
  /** One sentence more; empty when the word says it all. */
  why: string
}

interface OutgoingWords {
  state: MailState
  local: boolean
  attempts: number
  nextAt: string | null
  problem: string | null
  recipients: readonly { address: string; outcome: 'accepted' | 'refused'; response: string }[]
}

/** What became of an outgoing mail. */
export function outgoingWords(mail: OutgoingWords): Said {
  if (mail.state === 'sent') return sentWords(mail)
  if (mail.state === 'waiting') return waitingWords(mail)
  return fixed[mail.state](mail)
}

const tries = (attempts: number) => (attempts === 1 ? 'one try' : `${attempts} tries`)
const sentence = (text: string) => (text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}`)

const fixed = {
  sending: () => ({ word: 'Being sent', tone: 'info', why: 'A server is taking it right now.' }),
  recalled: () => ({ word: 'Taken back', tone: 'neutral', why: 'Its writer took it back before it left.' }),
  uncertain: ({ nextAt, attempts }) => ({
    word: 'Uncertain', tone: 'soon',
    why: nextAt ? 'It was handed over and no answer came. It may have arrived; it is tried again under the same Message-ID.'
      : `Nobody knows whether it arrived: ${tries(attempts)} ended without an answer. You decide.`,
  }),
  failed: ({ problem, recipients }) => ({ word: 'Failed', tone: 'late', why: heldAmong(recipients) ?? sentence(problem ?? 'It could not be sent.') }),
} satisfies Record<Exclude<MailState, 'sent' | 'waiting'>, (mail: OutgoingWords) => Said>

const heldAmong = (recipients: OutgoingWords['recipients']) =>
  (recipients.some(({ response }) => response === HELD) ? 'The address is held, because mail to it came back.' : null)

function sentWords({ local, recipients }: OutgoingWords): Said {
  if (local) return { word: 'Kept here', tone: 'neutral', why: 'SMTP_URL is not set: it went to nobody, and is kept as it would have been sent.' }
  const refused = recipients.filter(({ outcome }) => outcome === 'refused')
  if (refused.length === 0) return { word: 'Sent', tone: 'done', why: '' }
  return { word: 'Sent in part', tone: 'soon', why: `Refused for ${refused.map(({ address }) => address).join(', ')}.` }
}

function waitingWords({ attempts, problem }: OutgoingWords): Said {
  if (attempts === 0) return { word: 'Waiting', tone: 'info', why: 'It leaves as soon as it can no longer be taken back.' }
  return { word: 'Trying again', tone: 'soon', why: `${sentence(tries(attempts))} so far. ${sentence(problem ?? '')}`.trim() }
}

interface RawWords {
  state: RawState
  became: string | null
  reason: string | null
  case: number | null
  error: string | null
}

const becameCase: Partial<Record<Became, string>> = { case: 'Opened a case', reply: 'Joined its case', followUp: 'Opened a follow-up', suggestion: 'Waits as a suggestion', side: 'Joined a side conversation' }
const bounces: Record<string, string> = {
  hard: 'Says that a mail of ours cannot be delivered', soft: 'Says that a mail of ours was not delivered this time', delayed: 'Says that a mail of ours is late', relayed: 'Says that a mail of ours went on',
}
const loops: Record<string, string> = { messageId: 'It is a mail of ours that came back.', ownMailbox: 'It comes from one of our own mailboxes.' }

/** What became of a mail that came in, and why. */
export function rawMailWords(mail: RawWords): Said {
  if (mail.state === 'received') return { word: 'Not read yet', tone: 'info', why: 'It is safe here and its turn comes.' }
  if (mail.state === 'failed') return { word: 'Could not be read', tone: 'late', why: sentence(mail.error ?? '') }
  if (mail.state === 'quarantined') return { word: 'In quarantine', tone: 'soon', why: quarantineWords(mail.reason) }
  if (mail.became === 'bounce') return bounceWords(mail.reason)
  if (mail.state === 'discarded') return { word: 'Put aside', tone: 'neutral', why: mail.became === 'loop' ? loops[mail.reason ?? ''] ?? 'It is a loop.' : 'Somebody discarded it from the quarantine.' }
  return { word: wordOf(mail.became), tone: mail.became === 'suggestion' ? 'soon' : 'done', why: mail.became === 'suggestion' ? 'Its sender is not part of the case; an agent decides.' : '' }
}

const wordOf = (became: string | null) => Object.entries(becameCase).find(([name]) => name === became)?.[1] ?? 'Taken in'

function bounceWords(reason: string | null): Said {
  if (reason === 'notOurs') return { word: 'Put aside', tone: 'neutral', why: 'It is a report about a mail that we did not send.' }
  return { word: 'Delivery report', tone: reason === 'hard' ? 'late' : 'neutral', why: `${bounces[reason ?? ''] ?? 'Says what became of a mail of ours'}.` }
}

/** Why the breaker holds mails of a sender. */
export function quarantineWords(reason: string | null): string {
  const { mailsMax, sameSubjectMax, minutes } = breakerLimits
  if (reason === 'mails') return `More than ${mailsMax} mails came within ${minutes} minutes.`
  if (reason === 'sameSubject') return `More than ${sameSubjectMax} mails with one subject came within ${minutes} minutes.`
  return 'Its sender wrote faster than people do.'
}

export const wayNames: Readonly<Record<string, string>> = { smtp: 'SMTP', lmtp: 'LMTP', imap: 'IMAP', http: 'HTTP' }

/** What an enhanced status code says (RFC 3463), where it says something for people. */
const statuses: Readonly<Record<string, string>> = {
  '5.1.1': 'There is no such mailbox', '5.1.2': 'There is no such domain', '5.1.3': 'The address is not written right', '5.1.6': 'The mailbox has moved away',
  '5.1.10': 'The domain takes no mail', '5.2.1': 'The mailbox is closed', '5.2.2': 'The mailbox is full', '5.4.4': 'No server of the domain can be found', '5.7.1': 'The server refuses mail from us',
}

export const statusWords = (status: string | null): string => (status === null ? 'The mail came back' : statuses[status] ?? `The server refused it for good (${status})`)

/** A whole list of people in the room of one line. */
export function peopleWords(people: readonly { address: string; name: string }[]): string {
  const [first, ...others] = people.map(({ address, name }) => name || address)
  if (first === undefined) return 'nobody'
  return others.length === 0 ? first : others.length === 1 ? `${first} and ${others[0]}` : `${first} and ${others.length} others`
}

export const mailsWords = (count: number): string => (count === 1 ? '1 mail' : `${count} mails`)

/** How mail comes into a mailbox, and whether it does. */
export function imapWords({ imap, imapStatus }: { imap: { host: string } | null; imapStatus: { state: 'connected' | 'failed'; problem: string | null } | null }): Said {
  if (!imap) return { word: 'Over SMTP', tone: 'neutral', why: '' }
  if (!imapStatus) return { word: 'Over IMAP, not connected yet', tone: 'info', why: '' }
  return imapStatus.state === 'connected' ? { word: `Over IMAP from ${imap.host}`, tone: 'done', why: '' } : { word: 'IMAP fails', tone: 'late', why: sentence(imapStatus.problem ?? '') }
}

/** A subject without the mark by which answers find their case: in a list it only takes room. */
export const withoutMark = (subject: string): string => subject.replace(/\s*\[#\d{1,15}-[0-9a-z]{6,25}\]/gi, '')
