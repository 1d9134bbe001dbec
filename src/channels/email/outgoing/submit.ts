import { domainToASCII } from 'node:url'
import { newId, type May, type Work } from '#platform'
import { bounceAddress, boundReferences, isMailable, replyAddress, soundId } from './addresses.ts'
import type { Letter, OutgoingMessage, Recipient } from './model.ts'
import { refuse } from './refusals.ts'
import { heldAmong, insertMail, recallMail, senderMailbox, spaceOfCase } from './store.ts'
import { enqueueSend, tellMail } from './tell.ts'
import { oneLine, subjectWithToken } from './subject.ts'

export interface SubmitOptions {
  may: May
  /** The domain of our Message-IDs, and of the sender's address until a mailbox is set up. */
  mailDomain: string
}

/** The Message-ID of a message (RFC 5322, with brackets): the same at every asking, so that it stands before the first try. */
export const internetIdOf = (messageId: string, mailDomain: string): string => `<${messageId}@${mailDomain}>`

/** Takes a message for sending, in the unit of work that wrote it: either both are durable or neither. */
export async function submit(work: Work, { may, mailDomain }: SubmitOptions, outgoing: OutgoingMessage): Promise<string> {
  const space = await spaceOfCase(work.tx, outgoing.caseNumber)
  if (!may(work.actor, 'mail.send', { space })) throw refuse('mail.notAllowed')
  const to = sound(outgoing.to)
  const cc = sound(outgoing.cc).filter(({ address }) => !to.some((other) => other.address === address))
  const addresses = [...to, ...cc].map(({ address }) => address)
  const held = await heldAmong(work.tx, addresses)
  if (held.length > 0) throw refuse('address.held', { addresses: held })
  const mailbox = (await senderMailbox(work.tx, outgoing.mailboxId)) ?? { address: `support@${mailDomain}`, name: '' }
  const id = newId()
  await insertMail(work.tx, {
    id, messageId: outgoing.messageId, side: outgoing.side ?? false, from: bounceAddress(mailbox.address, id), to: addresses, notBefore: outgoing.notBefore, at: work.at,
    letter: letterOf(outgoing, { to, cc, mailbox, date: work.at }),
  })
  enqueueSend(work, id, outgoing.notBefore)
  return id
}

/** Undo send. @returns true only when surely no server has taken the mail, and then none will. */
export async function recall(work: Work, messageId: string): Promise<boolean> {
  const mail = await recallMail(work.tx, messageId)
  if (mail) tellMail(work, 'mail.recalled', mail)
  return mail !== null
}

/** Each address once, as it stands in an envelope. */
function sound(recipients: readonly Recipient[]): Recipient[] {
  const seen = new Map<string, Recipient>()
  for (const { address, name } of recipients) {
    const plain = enveloped(address)
    if (!isMailable(plain)) throw refuse('address.invalid', { address: oneLine(address, 254) })
    if (!seen.has(plain)) seen.set(plain, { address: plain, name: oneLine(name, 120) })
  }
  return [...seen.values()]
}

/** Lower case, and the domain as DNS writes it (IDNA). */
function enveloped(address: string): string {
  const lower = address.trim().toLowerCase()
  const at = lower.lastIndexOf('@')
  return `${lower.slice(0, at + 1)}${/^[\p{ASCII}]*$/u.test(lower.slice(at)) ? lower.slice(at + 1) : domainToASCII(lower.slice(at + 1))}`
}

function letterOf(outgoing: OutgoingMessage, given: { to: Recipient[]; cc: Recipient[]; mailbox: Recipient; date: Date }): Letter {
  const { mailbox, to, cc, date } = given
  const personal = (token: string) => ({ subject: subjectWithToken(outgoing.subject, outgoing.caseNumber, token), replyTo: replyAddress(mailbox.address, token) })
  return {
    internetId: outgoing.internetId, caseNumber: outgoing.caseNumber, date: date.toISOString(), ...personal(outgoing.replyToken),
    copies: cc.flatMap(({ address }) => outgoing.cc.filter((copied) => enveloped(copied.address) === address).slice(0, 1).map(({ replyToken }) => ({ address, ...personal(replyToken) }))),
    text: outgoing.text.toWellFormed().replaceAll('\u0000', ''), from: { address: mailbox.address, name: oneLine(outgoing.fromName, 120) || mailbox.name }, to, cc,
    inReplyTo: soundId(outgoing.inReplyTo), references: boundReferences(outgoing.references),
    attachments: outgoing.attachments.map(({ sha256, name, type, size }) => ({ sha256, name: oneLine(name, 200), type, size })),
    automatic: outgoing.automatic ?? null,
    quoted: outgoing.quoted ? { from: oneLine(outgoing.quoted.from, 120), at: outgoing.quoted.at.toISOString(), text: outgoing.quoted.text.toWellFormed().replaceAll('\u0000', '') } : null,
  }
}
