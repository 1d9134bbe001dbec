import { createHash } from 'node:crypto'
import type { Files, Metrics, Work } from '#platform'
import type { ParsedMail } from '../mime/index.ts'
import { ownMailbox, splitAddress, type Directory } from '../mailboxes/model.ts'
import { trip } from '../quarantine/store.ts'
import { maskText } from './masking/mail.ts'
import { breakerLimits, decideTurn, senderOf, subjectTokens, type BreakerLimits, type Outcome, type RawState, type Turn } from './model.ts'
import { insertFiles, noteArrival, settleMail, takeForSettling, type StoredMail } from './store.ts'

interface Person {
  address: string
  name: string
}

export interface KeptAttachment {
  sha256: string
  name: string
  type: string
  size: number
  inline: boolean
  contentId: string | null
}

/** What the desk is given; its door's receiveMessage takes exactly this. */
export interface Incoming {
  channel: 'email'
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
  inReplyTo: string[]
  replyTokens: string[]
  subjectTokens: string[]
  automatic: string | null
  maskedCards: number
  rawMailId: string | null
  at: Date
  attachments: KeptAttachment[]
}

/** A report that a mail of ours did not arrive. The envelope's recipients carry the id of that mail, when its return path did. */
export type NotedBounce = Omit<NonNullable<ParsedMail['bounce']>, 'outcome'> & {
  outcome: 'hard' | 'soft' | 'delayed'
  rawMailId: string
  at: Date
  envelopeTo: string[]
}

/** What a mail becomes part of: the desk for messages, the outgoing side for bounces. */
export interface Destinations {
  receiveMessage(work: Work, incoming: Incoming): Promise<{ became: 'case' | 'reply' | 'followUp' | 'suggestion' | 'side'; number: number; messageId: string }>
  /** @returns whether it belonged to a mail of ours. */
  recordBounce(work: Work, bounce: NotedBounce): Promise<boolean>
}

export interface Settling {
  mail: StoredMail
  parsed: ParsedMail
  attachments: readonly KeptAttachment[]
  directory: Directory
  /** A person said: take it in whatever it looks like. */
  forced: boolean
  limits?: BreakerLimits
}

/** Attachments to disk, before the unit of work: content-addressed, so that a second run writes nothing twice. Text has its cards masked here once more. */
export async function keepAttachments(files: Files, parsed: ParsedMail): Promise<KeptAttachment[]> {
  return Promise.all(parsed.attachments.map(async ({ name, type, content, contentId, inline }) => {
    const stored = await files.put(maskedContent(type, content), Number.MAX_SAFE_INTEGER)
    return { ...stored, name: maskText(name, false).text, type, inline, contentId }
  }))
}

function maskedContent(type: string, content: Uint8Array): Uint8Array {
  if (!type.startsWith('text/')) return content
  const text = Buffer.from(content).toString('latin1')
  const found = maskText(text, type === 'text/html')
  return found.masked ? Buffer.from(found.text, 'latin1') : content
}

/** Makes of a stored mail what it is: a message of a case, a bounce, a loop, or one that waits. Settled once: a second run finds it so. */
export async function settle(work: Work, destinations: Destinations, given: Settling): Promise<Outcome['became'] | null> {
  const { mail, parsed, directory } = given
  const sender = storablePerson(senderOf(parsed.from, parsed.replyTo, mail.envelopeFrom))
  if (!(await takeForSettling(work.tx, mail.id, sender.address))) return null
  if (parsed.bounce && !given.forced) return settleBounce(work, destinations, mail, parsed.bounce)
  const turn = await turnOf(work, given, sender)
  if (turn.turn === 'loop') return finish(work, mail, 'discarded', { became: 'loop', reason: turn.reason, sender: sender.address })
  if (turn.turn === 'quarantine') {
    if (turn.trips) await trip(work.tx, sender.address, turn.reason, work.at)
    return finish(work, mail, 'quarantined', { became: 'quarantined', reason: turn.reason, sender: sender.address })
  }
  await insertFiles(work.tx, given.attachments)
  const became = await destinations.receiveMessage(work, incomingFrom(given, sender, directory))
  return finish(work, mail, 'done', { became: became.became }, became)
}

async function turnOf(work: Work, { mail, parsed, directory, forced, limits = breakerLimits }: Settling, sender: Person): Promise<Turn> {
  // Mails without a subject have nothing in common by it.
  const subject = parsed.subject.trim().toLowerCase()
  const subjectHash = subject ? createHash('sha256').update(subject).digest() : null
  const standing = await noteArrival(work.tx, { id: mail.id, sender: sender.address, subjectHash, receivedAt: mail.receivedAt, internetId: storableOrNull(parsed.messageId), minutes: limits.minutes })
  return decideTurn(standing, { fromOwnMailbox: ownMailbox(directory, sender.address) !== undefined, forced }, limits)
}

/** A report on a mail that we did not send is kept and shown, and reaches nobody. */
async function settleBounce(work: Work, destinations: Destinations, mail: StoredMail, bounce: NonNullable<ParsedMail['bounce']>): Promise<Outcome['became']> {
  const { outcome } = bounce
  // The mail went on to a server that reports no further: good news, and nothing to do.
  if (outcome === 'relayed') return finish(work, mail, 'done', { became: 'bounce', reason: outcome })
  let ours = false
  for (const kind of ['hard', 'soft', 'delayed'] as const) {
    // Each recipient fared in a way of their own; a report that names none is about everybody.
    const recipients = bounce.recipients.filter((recipient) => recipient.outcome === kind)
    if (recipients.length === 0 && (bounce.recipients.length > 0 || kind !== outcome)) continue
    const noted = await destinations.recordBounce(work, { ...bounce, outcome: kind, recipients, rawMailId: mail.id, at: mail.receivedAt, envelopeTo: mail.envelopeTo })
    ours ||= noted
  }
  return finish(work, mail, ours ? 'done' : 'discarded', { became: 'bounce', reason: ours ? bounce.outcome : 'notOurs' })
}

async function finish(work: Work, mail: StoredMail, state: RawState, outcome: Outcome, found: { number: number; messageId: string } | null = null): Promise<Outcome['became']> {
  await settleMail(work.tx, mail.id, state, outcome, work.at, found)
  const kind = state === 'quarantined' ? 'mail.quarantined' : state === 'discarded' ? 'mail.discarded' : 'mail.settled'
  work.tell('channels', {
    kind, subject: `rawMail:${mail.id}`, ...(found ? { case: found.number } : {}),
    data: { became: outcome.became, mailbox: mail.mailboxId, ...(outcome.reason ? { reason: outcome.reason } : {}) },
  })
  return outcome.became
}

/** What a column of text can hold: PostgreSQL refuses U+0000, and half a surrogate pair is no character. */
const storable = (text: string): string => text.replaceAll('\u0000', '').toWellFormed()
const storableOrNull = (text: string | null): string | null => (text === null ? null : storable(text))
const storablePerson = ({ address, name }: Person): Person => ({ address: storable(address), name: storable(name) })

function incomingFrom({ mail, parsed, attachments }: Settling, sender: Person, directory: Directory): Incoming {
  const own = (address: string) => ownMailbox(directory, address) !== undefined
  const tokens = [...mail.envelopeTo, ...[...parsed.to, ...parsed.cc].map(({ address }) => address).filter(own), ...parsed.deliveredTo.filter(own)].map((address) => splitAddress(address).token)
  return {
    channel: 'email', mailboxId: mail.mailboxId, queueId: mail.queueId, from: storablePerson(sender),
    // Our reply addresses are secrets of their readers: on screens and in copies they stand as the plain mailbox.
    to: parsed.to.map(storablePerson).map((person) => (own(person.address) ? { ...person, address: splitAddress(person.address).base } : person)),
    cc: parsed.cc.map(storablePerson).filter(({ address }) => !own(address)),
    subject: storable(parsed.subject), text: storable(parsed.newText), quotedText: storableOrNull(parsed.quotedText), signatureText: storableOrNull(parsed.signatureText),
    html: storableOrNull(parsed.html), internetId: storableOrNull(parsed.messageId), inReplyTo: [...new Set([...parsed.inReplyTo, ...parsed.references.toReversed()].map(storable))],
    replyTokens: [...new Set(tokens.filter((token) => token !== null))], subjectTokens: subjectTokens(parsed.subject),
    automatic: parsed.automatic?.reason ?? (mail.envelopeFrom === '' || parsed.returnPath === '' ? 'nullReturnPath' : null),
    maskedCards: mail.maskedCards, rawMailId: mail.id, at: mail.receivedAt, attachments: attachments.map((kept) => ({ ...kept, name: storable(kept.name), contentId: storableOrNull(kept.contentId) })),
  }
}

/** Counts what mails became. */
export const countSettled = (metrics: Pick<Metrics, 'count'>, became: Outcome['became'] | null) => { if (became) metrics.count('mail', became) }
