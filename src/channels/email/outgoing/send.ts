import type { Readable } from 'node:stream'
import { isConnectionFault, newId, type Db, type JobTools, type May, type Work } from '#platform'
import { compose, type ComposeOptions } from './compose.ts'
import { sendEach } from './each.ts'
import { afterDeath, decideAfter, HELD, letterFor, patience, pendingOf, type Answer, type Attempt, type Patience } from './model.ts'
import { settle, type SettleOptions } from './settle.ts'
import type { Transport } from './smtp.ts'
import { claimMail, heldAmong, keepAnswers, lockMail, renewLease, type OutgoingMail } from './store.ts'
import { enqueueSend } from './tell.ts'

export interface SendOptions extends SettleOptions, ComposeOptions {
  may: May
  transport: Transport
  /** Whether `transport` keeps mails in the house. */
  local: boolean
  patience?: Patience
  /** How long a worker may be silent before it counts as dead, in seconds. */
  leaseSeconds?: number
}

const LEASE_SECONDS = 20

/**
 * One try to send one mail, to each recipient by itself. The row is taken in a transaction of its own, the conversation runs in none, and what came of it is noted
 * in a third. A worker that dies in between leaves the row in `sending` with a lease that nobody renews: the next run calls that
 * uncertain, and tries again under the same Message-ID.
 */
export async function sendMail(id: string, options: SendOptions, { perform, db, actor, signal }: JobTools): Promise<void> {
  const seconds = options.leaseSeconds ?? LEASE_SECONDS
  const claim = await perform(actor, (work) => take(work, id, options, seconds))
  if (!claim) return
  const lease = keepLease(db, claim, seconds)
  try {
    const { mail } = claim
    const until = AbortSignal.any([lease.lost, signal])
    const { answers, attempt } = await sendEach(mail, {
      send: (address) => options.transport.send({ from: mail.from, to: [address] }, () => letterBytes(mail, address, options), until),
      keep: (known) => persistently(() => keepAnswers(db, mail.id, claim.lease, known)),
    })
    await persistently(() => perform(actor, (work) => note(work, { ...claim, mail: { ...mail, answers } }, attempt, options)))
  } finally {
    lease.end()
  }
}

interface Claim {
  mail: OutgoingMail
  lease: string
  /** What was known when the row was taken. */
  known: readonly Answer[]
}

async function take(work: Work, id: string, options: SendOptions, seconds: number): Promise<Claim | null> {
  const mail = await lockMail(work.tx, id)
  if (!mail) return null
  if (mail.state === 'sending') {
    if (mail.abandoned) await settle(work, options, mail, afterDeath(mail, work.at, options.patience ?? patience))
    else enqueueSend(work, id, mail.leaseUntil ?? work.at)
    return null
  }
  if ((mail.state !== 'waiting' && mail.state !== 'uncertain') || !mail.nextAt) return null
  if (mail.nextAt > work.at) {
    enqueueSend(work, id, mail.nextAt)
    return null
  }
  const open = await withoutHeld(work, mail)
  const refusal = !options.may(work.actor, 'mail.send', { space: mail.space }) ? 'sending is not allowed' : pendingOf(open).length === 0 ? 'every address is held' : null
  if (refusal) {
    await settle(work, options, mail, decideAfter(open, { kind: 'broken', problem: refusal }, work.at))
    return null
  }
  const lease = newId()
  await claimMail(work.tx, id, lease, seconds)
  return { mail: { ...open, attempts: mail.attempts + 1 }, lease, known: mail.answers }
}

/** Addresses that came to be held since the mail was submitted are left out. */
async function withoutHeld(work: Work, mail: OutgoingMail): Promise<OutgoingMail> {
  const held = await heldAmong(work.tx, pendingOf(mail))
  return { ...mail, answers: [...mail.answers, ...held.map((address): Answer => ({ address, outcome: 'refused', response: HELD }))] }
}

const letterBytes = ({ letter }: OutgoingMail, address: string, options: ComposeOptions): Promise<Readable> => compose(letterFor(letter, address), options)

/** Writes down how a try went. When this worker was taken for dead meanwhile, only a certain answer still counts. */
async function note(work: Work, { mail, lease, known }: Claim, attempt: Attempt, options: SendOptions): Promise<void> {
  const now = await lockMail(work.tx, mail.id)
  if (!now) return
  if (now.lease !== lease && !(now.state === 'uncertain' && attempt.kind === 'taken')) return
  const before = { ...now, answers: mail.answers, attempts: mail.attempts }
  const course = decideAfter(before, attempt, work.at, options.patience ?? patience)
  await settle(work, options, { ...now, answers: [...known], attempts: mail.attempts }, course, options.local ? { local: true } : {})
}

/** Renews the lease while the conversation lasts; `lost` fires when it cannot be renewed in time, so that two never talk at once. */
function keepLease(db: Db, { mail, lease }: Claim, seconds: number) {
  const lost = new AbortController()
  let until = performance.now() + seconds * 1000
  const renew = async () => {
    const asked = performance.now()
    const kept = await renewLease(db, mail.id, lease, seconds).catch(() => null)
    if (kept) until = asked + seconds * 1000
    if (kept === false) lost.abort()
  }
  const timer = setInterval(() => {
    if (performance.now() > until - seconds * 250) lost.abort()
    else void renew()
  }, seconds * 250)
  return { lost: lost.signal, end: () => clearInterval(timer) }
}

const PERSIST_MS = 60_000
const PAUSE_MS = 500

/** What the server answered is known here and nowhere else, so a database that is restarting is waited for. */
async function persistently(action: () => Promise<void>): Promise<void> {
  for (const end = performance.now() + PERSIST_MS; ;) {
    try {
      return await action()
    } catch (error) {
      if (!isConnectionFault(error) || performance.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}
