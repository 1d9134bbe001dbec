import type { ImapFlow } from 'imapflow'
import { isConnectionFault, newId, system, type Db, type Logger, type Metrics, type Perform, type Work } from '#platform'
import { imapClient, openFolder } from '../mailboxes/imap.ts'
import type { ImapSettings } from '../mailboxes/model.ts'
import { prepare, storeArrivals } from './accept.ts'
import { lastArrival, noteTaken, readPosition, savePosition, take, takenAmong, type Position } from './imap-store.ts'
import { insertRawMails, markFailed, type Arrival } from './store.ts'

export interface ImapParts {
  db: Db
  perform: Perform
  metrics: Pick<Metrics, 'count'>
  logger: Pick<Logger, 'warn' | 'error'>
  bytesMax: number
  /** Without news from the server the folder is looked at this often. */
  lookEverySeconds: number
}

export interface Account {
  mailboxId: string
  address: string
  settings: ImapSettings
  password: string
}

const OVERLAP_DAYS = 3

/** One conversation with a mail server: takes what is new, then waits for news (IDLE), until it is told to stop or the line breaks. */
export async function converse(account: Account, parts: ImapParts, signal: AbortSignal, connected: () => Promise<void>): Promise<void> {
  const client = imapClient(account.settings, account.password, parts.bytesMax)
  const news = listenForNews(client, signal)
  const hangUp = () => client.close()
  signal.addEventListener('abort', hangUp, { once: true })
  try {
    await client.connect()
    await openFolder(client, account.settings.folder)
    await connected()
    while (!signal.aborted) {
      await takeNew(client, account, parts, signal)
      await news.wait(parts.lookEverySeconds)
      if (!client.usable && !signal.aborted) throw Object.assign(new Error('the server ended the connection'), { code: 'NoConnection' })
    }
  } finally {
    signal.removeEventListener('abort', hangUp)
    await client.logout().catch(() => {})
    client.close()
  }
}

/** Remembers news that come while mails are being taken, so that none waits for the next look. */
function listenForNews(client: ImapFlow, signal: AbortSignal) {
  let heard = false
  let wake: (() => void) | null = null
  const hear = () => {
    heard = true
    wake?.()
  }
  client.on('exists', hear)
  client.on('close', hear)
  signal.addEventListener('abort', hear, { once: true })
  return {
    wait: async (seconds: number) => {
      if (!heard && !signal.aborted && client.usable) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, seconds * 1_000)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
          void client.idle().catch(() => {})
        })
      }
      wake = null
      heard = false
    },
  }
}

async function takeNew(client: ImapFlow, account: Account, parts: ImapParts, signal: AbortSignal): Promise<void> {
  const box = client.mailbox
  if (!box) return
  const { mailboxId, settings: { folder } } = account
  const uidValidity = Number(box.uidValidity)
  const position = await readPosition(parts.db, mailboxId, folder)
  const until = box.uidNext - 1
  const uids = await candidates(client, position, uidValidity, () => lastArrival(parts.db, mailboxId))
  const taken = await takenAmong(parts.db, mailboxId, folder, uidValidity, uids)
  let whole = true
  for (const uid of uids) {
    if (signal.aborted) return
    if (!taken.has(uid)) whole = (await takeOne(client, account, parts, { mailboxId, folder, uidValidity, uid })) && whole
  }
  // A mail that could not be taken holds the position where it is: it is tried again, and the others are known as taken.
  const reached = Math.max(until, position?.uidValidity === uidValidity ? position.uid : 0, ...uids)
  if (whole && (position?.uidValidity !== uidValidity || position.uid !== reached)) await savePosition(parts.db, mailboxId, folder, { uidValidity, uid: reached })
}

/**
 * The UIDs to look at. On the first visit what nobody has read; after a change of UIDVALIDITY, when the old numbers mean nothing, the
 * mails of the days around the last one that came: those that were taken then are known by their content.
 */
async function candidates(client: ImapFlow, position: Position | null, uidValidity: number, lastAt: () => Promise<Date | null>): Promise<number[]> {
  // An empty folder has no last mail, and some servers take offence at "*" then.
  if (client.mailbox && client.mailbox.exists === 0) return []
  if (position?.uidValidity === uidValidity) {
    const found: number[] = []
    for await (const message of client.fetch(`${position.uid + 1}:*`, { uid: true }, { uid: true })) if (message.uid > position.uid) found.push(message.uid)
    return found.sort((a, b) => a - b)
  }
  const last = position ? await lastAt() : null
  const found = await client.search(last ? { since: new Date(last.getTime() - OVERLAP_DAYS * 86_400_000) } : { seen: false }, { uid: true })
  return found ? found.toSorted((a, b) => a - b) : []
}

type Place = Parameters<typeof take>[1]

/** @returns false when this mail has to be tried again; other mails go on. */
async function takeOne(client: ImapFlow, account: Account, parts: ImapParts, place: Place): Promise<boolean> {
  try {
    const sized = await client.fetchOne(String(place.uid), { uid: true, size: true }, { uid: true })
    if (!sized) return true
    const tooLarge = (sized.size ?? 0) > parts.bytesMax
    const fetched = await client.fetchOne(String(place.uid), tooLarge ? { headers: true } : { source: true }, { uid: true })
    const raw = fetched && (tooLarge ? fetched.headers : fetched.source)
    if (!raw) return true
    const [arrival] = prepare(raw, { way: 'imap', mailboxIds: [account.mailboxId], envelopeFrom: null, envelopeTo: () => [account.address] })
    const outcome = await parts.perform(system('email.imap'), (work) => record(work, place, arrival!, tooLarge ? `The mail has ${sized.size} bytes, the limit is ${parts.bytesMax}; only its header was taken` : null))
    if (outcome) parts.metrics.count('mail', outcome)
    if (account.settings.markSeen) await client.messageFlagsAdd(String(place.uid), ['\\Seen'], { uid: true })
    return true
  } catch (error) {
    if (!client.usable || isConnectionFault(error)) throw error
    parts.logger.error({ err: error, mailbox: account.mailboxId, uid: place.uid }, 'a mail could not be taken over IMAP')
    return false
  }
}

/** The mark that it is taken and the mail itself are one unit of work: a fall in between leaves neither. */
async function record(work: Work, place: Place, arrival: Arrival, tooLarge: string | null): Promise<'accepted' | 'duplicate' | 'failed' | null> {
  if (!(await take(work.tx, place))) return null
  if (tooLarge) {
    const id = newId()
    const fresh = await insertRawMails(work.tx, [{ ...arrival, id }], work.at)
    if (!fresh.has(id)) return 'duplicate'
    await noteTaken(work.tx, place, id)
    await markFailed(work.tx, id, tooLarge)
    work.tell('channels', { kind: 'mail.failed', subject: `rawMail:${id}`, data: { error: 'tooLarge', mailbox: place.mailboxId } })
    return 'failed'
  }
  const [accepted] = await storeArrivals(work, [arrival])
  if (!accepted) return null
  await noteTaken(work.tx, place, accepted.rawMailId)
  return accepted.duplicate ? 'duplicate' : 'accepted'
}
