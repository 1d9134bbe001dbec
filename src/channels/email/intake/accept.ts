import { isConnectionFault, newId, system, type Actor, type Metrics, type Perform, type Work } from '#platform'
import { identify } from './fingerprint.ts'
import { maskRawMail } from './masking/mail.ts'
import type { Way } from './model.ts'
import { findSame, insertRawMails, type Arrival, type ArrivalRow } from './store.ts'

export interface Accepted {
  rawMailId: string
  /** The same mail is here already; nothing was written. */
  duplicate: boolean
}

/** Makes a mail ready for the disk: card numbers masked before anything of it is written, its identity taken. */
export function prepare(raw: Buffer, mail: { way: Way; mailboxIds: readonly (string | null)[]; envelopeFrom: string | null; envelopeTo: (mailboxId: string | null) => string[] }): Arrival[] {
  const { raw: content, masked } = maskRawMail(raw)
  const identity = identify(content)
  return mail.mailboxIds.map((mailboxId) => ({
    mailboxId, way: mail.way, envelopeFrom: mail.envelopeFrom?.slice(0, 1_000) ?? null, envelopeTo: mail.envelopeTo(mailboxId), ...identity, content, maskedCards: masked,
  }))
}

/** Writes mails and the jobs that read them in one unit of work: accepted means committed. The same mail twice gives nothing twice. */
export async function storeArrivals(work: Work, arrivals: readonly Arrival[]): Promise<Accepted[]> {
  const rows: ArrivalRow[] = arrivals.map((arrival) => ({ ...arrival, id: newId() }))
  // In one order everywhere, so that two instances that got the same mails do not wait for each other in a circle.
  const fresh = await insertRawMails(work.tx, rows.toSorted((a, b) => a.fingerprint.compare(b.fingerprint)), work.at)
  const accepted: Accepted[] = []
  for (const row of rows) {
    if (!fresh.has(row.id)) {
      accepted.push({ rawMailId: await findSame(work.tx, row), duplicate: true })
      continue
    }
    work.tell('channels', { kind: 'mail.accepted', subject: `rawMail:${row.id}`, data: { way: row.way, mailbox: row.mailboxId, bytes: row.content.length, ...(row.maskedCards ? { maskedCards: row.maskedCards } : {}) } })
    work.enqueue({ name: 'email.parse', payload: { rawMailId: row.id } })
    accepted.push({ rawMailId: row.id, duplicate: false })
  }
  return accepted
}

/** Takes mails in; a promise that holds means that they are durable. */
export interface Gate {
  accept(arrivals: readonly Arrival[], actor?: Actor): Promise<Accepted[]>
}

interface Waiting {
  arrivals: readonly Arrival[]
  resolve(accepted: Accepted[]): void
  reject(error: unknown): void
}

const TOGETHER_MAX = 40
const BYTES_TOGETHER_MAX = 16 * 1024 * 1024
const COMMITS_AT_ONCE = 2

/**
 * Mails that arrive while a commit is under way share the next one, so that many connections cost few commits. When a shared
 * commit fails, each is tried alone: one mail that the database refuses does not take its neighbours with it.
 */
export function openGate(perform: Perform, metrics: Pick<Metrics, 'count'>): Gate {
  const waiting: Waiting[] = []
  let underWay = 0
  const count = (accepted: readonly Accepted[]) => { for (const { duplicate } of accepted) metrics.count('mail', duplicate ? 'duplicate' : 'accepted') }
  const store = (arrivals: readonly Arrival[], actor: Actor = system('email')) => perform(actor, (work) => storeArrivals(work, arrivals))
  const storeTogether = async (together: readonly Waiting[]) => {
    try {
      const accepted = await store(together.flatMap(({ arrivals }) => arrivals))
      count(accepted)
      let from = 0
      for (const { arrivals, resolve } of together) resolve(accepted.slice(from, from += arrivals.length))
    } catch (error) {
      if (together.length === 1 || isConnectionFault(error)) for (const { reject } of together) reject(error)
      else await Promise.all(together.map((alone) => storeTogether([alone])))
    }
  }
  const next = () => {
    if (underWay >= COMMITS_AT_ONCE || waiting.length === 0) return
    underWay++
    void storeTogether(takeTogether(waiting)).finally(() => {
      underWay--
      next()
    })
  }
  return {
    accept: async (arrivals, actor) => {
      if (actor) {
        const accepted = await store(arrivals, actor)
        count(accepted)
        return accepted
      }
      return new Promise((resolve, reject) => {
        waiting.push({ arrivals, resolve, reject })
        setImmediate(next)
      })
    },
  }
}

function takeTogether(waiting: Waiting[]): Waiting[] {
  let bytes = 0
  let taken = 0
  for (const { arrivals } of waiting) {
    bytes += arrivals.reduce((sum, { content }) => sum + content.length, 0)
    if (taken > 0 && (taken >= TOGETHER_MAX || bytes > BYTES_TOGETHER_MAX)) break
    taken++
  }
  return waiting.splice(0, taken)
}
