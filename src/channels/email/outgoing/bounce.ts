import { newId, type Work } from '#platform'
import { mailIdIn } from './addresses.ts'
import type { BounceOutcome } from './model.ts'
import type { SettleOptions } from './settle.ts'
import { findMail, holdAddress, insertBounce, lockMail, lockMailByInternetId, saveCourse, type OutgoingMail } from './store.ts'
import { tellMail } from './tell.ts'

/** A delivery report (RFC 3464) as the way in read it. */
export interface Bounce {
  outcome: BounceOutcome
  recipients: { address: string; status: string | null; diagnostic: string | null }[]
  /** Message-ID of the mail that came back, from the returned headers. */
  originalMessageId: string | null
  /** The addresses that the report was sent to: ours name the mail in them. */
  envelopeTo?: readonly string[]
  rawMailId: string | null
  at: Date
}

/**
 * Lands a bounce on the mail that came back. A hard one holds the address until it is released. Only addresses that the mail was sent
 * to are ever held, so that a forged report by a recipient can silence that recipient and those whom it was sent to with them, nobody else.
 * @returns whether it was about a mail of ours.
 */
export async function recordBounce(work: Work, { settleDelivery }: SettleOptions, bounce: Bounce): Promise<boolean> {
  const mail = await mailOf(work, bounce)
  if (!mail) return false
  const noted = await noteAll(work, mail, bounce)
  if (noted.length === 0) return true
  // A report of whatever kind says that the mail had left, whatever the next server's answer would have been.
  if (mail.state === 'uncertain') {
    await saveCourse(work.tx, mail.id, { state: 'sent', answers: mail.answers, doubts: 0, nextAt: null, problem: mail.problem, response: mail.response }, { at: work.at })
  }
  const hard = noted.filter((one) => one.hard)
  tellMail(work, 'mail.bounced', mail, { outcome: bounce.outcome, recipients: noted.length, bounces: noted.map((one) => one.id), statuses: noted.flatMap((one) => one.status ?? []) })
  for (const { address, id } of hard) {
    if (await holdAddress(work.tx, { address, bounceId: id, at: work.at })) tellMail(work, 'address.held', mail, { bounce: id })
  }
  if (hard.length > 0) await settleDelivery(work, { messageId: mail.messageId, outcome: 'bounced', detail: { mail: mail.id, recipients: hard.length } })
  return true
}

async function mailOf(work: Work, { originalMessageId, envelopeTo = [] }: Bounce): Promise<OutgoingMail | null> {
  const named = originalMessageId ? await lockMailByInternetId(work.tx, originalMessageId.trim()) : null
  if (named) return named
  for (const address of envelopeTo) {
    const id = mailIdIn(address)
    const mail = id && (await findMail(work.tx, id)) ? await lockMail(work.tx, id) : null
    if (mail) return mail
  }
  return null
}

interface Noted {
  id: string
  address: string
  status: string | null
  hard: boolean
}

async function noteAll(work: Work, mail: OutgoingMail, bounce: Bounce): Promise<Noted[]> {
  const noted: Noted[] = []
  const reported = bounce.recipients.length > 0 ? bounce.recipients : mail.to.slice(0, mail.to.length === 1 ? 1 : 0).map((address) => ({ address, status: null, diagnostic: null }))
  for (const { address, status, diagnostic } of reported) {
    const lower = address.trim().toLowerCase()
    // A mail to one person that was forwarded comes back with the other address; the one that we know is the one we wrote to.
    const ours = mail.to.includes(lower) ? lower : mail.to.length === 1 ? mail.to[0] : undefined
    const id = await insertBounce(work.tx, {
      id: newId(), mailId: mail.id, address: ours ?? lower, outcome: bounce.outcome, status: status?.slice(0, 20) ?? null, diagnostic: diagnostic?.slice(0, 1_000) ?? null,
      rawMailId: bounce.rawMailId, at: bounce.at,
    })
    if (id) noted.push({ id, address: ours ?? lower, status, hard: bounce.outcome === 'hard' && ours !== undefined })
  }
  return noted
}
