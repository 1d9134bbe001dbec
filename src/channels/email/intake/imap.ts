import pg from 'pg'
import { saveStatus, listMailboxes, readSecret } from '../mailboxes/store.ts'
import { problemOf, problems } from '../mailboxes/problems.ts'
import type { Mailbox } from '../mailboxes/model.ts'
import type { Secrets } from '../mailboxes/secret.ts'
import { converse, type Account, type ImapParts } from './imap-session.ts'

export interface ImapWatch {
  /** Looks at once for mailboxes that were set up, changed or put away. */
  wake(): void
  stop(): Promise<void>
}

export interface WatchParts extends ImapParts {
  secrets: Secrets
  /** Locks live on a connection of their own: when it breaks they are gone, and another instance takes over. */
  ownerUrl: string
  retrySecondsMax: number
}

interface Reading {
  version: number
  ending: AbortController
  done: Promise<void>
}

const LOOK_MS = 5_000
const LOCK_CLASS = 73042

/** Reads every mailbox that has IMAP settings; of several instances one reads a mailbox. */
export function watchImap(parts: WatchParts): ImapWatch {
  const readings = new Map<string, Reading>()
  const locks = openLocks(parts.ownerUrl, () => { for (const { ending } of readings.values()) ending.abort() })
  let stopped = false
  const begin = (mailbox: Mailbox) => {
    const ending = new AbortController()
    const done = readOn(mailbox, parts, ending.signal).finally(async () => {
      readings.delete(mailbox.id)
      await locks.release(mailbox.id)
      lookSafely()
    })
    readings.set(mailbox.id, { version: mailbox.version, ending, done })
  }
  const look = async () => {
    const wanted = new Map((await listMailboxes(parts.db)).filter(({ imap }) => imap).map((mailbox) => [mailbox.id, mailbox]))
    for (const [id, reading] of readings) if (wanted.get(id)?.version !== reading.version) reading.ending.abort()
    for (const [id, mailbox] of wanted) if (!stopped && !readings.has(id) && await locks.take(id) && !stopped) begin(mailbox)
  }
  let looking: Promise<void> = Promise.resolve()
  const lookSafely = () => { looking = looking.then(() => (stopped ? undefined : look())).catch((error: unknown) => parts.logger.warn({ err: error }, 'mailboxes could not be looked at')) }
  lookSafely()
  const timer = setInterval(lookSafely, LOOK_MS)
  return {
    wake: lookSafely,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await looking
      for (const { ending } of readings.values()) ending.abort()
      await Promise.allSettled([...readings.values()].map(({ done }) => done))
      await locks.close()
    },
  }
}

/** Converses until told to stop; a broken conversation is begun anew, a little later each time. */
async function readOn(mailbox: Mailbox, parts: WatchParts, signal: AbortSignal): Promise<void> {
  const say = (state: 'connected' | 'failed', problem: string | null) =>
    saveStatus(parts.db, mailbox.id, { state, at: new Date().toISOString(), problem }).then(() => {}, () => {})
  for (let failures = 0; !signal.aborted;) {
    try {
      const account = await accountOf(mailbox, parts)
      await converse(account, parts, signal, async () => {
        failures = 0
        await say('connected', null)
      })
    } catch (error) {
      if (signal.aborted) return
      failures++
      parts.metrics.count('imap', 'failed')
      await say('failed', problems[problemOf(error)])
      await pause(Math.min(parts.retrySecondsMax, 2 ** Math.min(failures - 1, 10)) * 1_000, signal)
    }
  }
}

async function accountOf(mailbox: Mailbox, { db, secrets }: WatchParts): Promise<Account> {
  const secret = await readSecret(db, mailbox.id)
  if (!mailbox.imap || !secret) throw Object.assign(new Error('no password'), { code: 'PasswordUnreadable' })
  let password: string
  try {
    password = secrets.open(secret)
  } catch (error) {
    throw Object.assign(new Error('the password cannot be read', { cause: error }), { code: 'PasswordUnreadable' })
  }
  return { mailboxId: mailbox.id, address: mailbox.address, settings: mailbox.imap, password }
}

const pause = (ms: number, signal: AbortSignal) => new Promise<void>((resolve) => {
  const done = () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', done)
    resolve()
  }
  const timer = setTimeout(done, ms)
  signal.addEventListener('abort', done, { once: true })
})

/** Advisory locks on one connection. */
function openLocks(ownerUrl: string, lost: () => void) {
  let holder: pg.Client | null = null
  const connect = async () => {
    if (holder) return holder
    const client = new pg.Client({ connectionString: ownerUrl, application_name: 'meridian imap', keepAlive: true })
    client.on('error', () => {})
    client.on('end', () => {
      if (holder !== client) return
      holder = null
      lost()
    })
    await client.connect()
    holder = client
    return client
  }
  return {
    take: async (id: string): Promise<boolean> => {
      const { rows } = await (await connect()).query<{ got: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as got', [LOCK_CLASS, id])
      return rows[0]?.got ?? false
    },
    release: async (id: string) => { await holder?.query('select pg_advisory_unlock($1, hashtext($2))', [LOCK_CLASS, id]).catch(() => {}) },
    close: async () => {
      const client = holder
      holder = null
      await client?.end().catch(() => {})
    },
  }
}
