import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import { isConnectionFault, type Logger, type Metrics } from '#platform'
import type { Mailboxes } from '../mailboxes/directory.ts'
import { mailboxFor, type Directory, type Mailbox } from '../mailboxes/model.ts'
import { prepare, type Gate } from './accept.ts'
import { openCrowd, type Crowd, type CrowdLimits } from './crowd.ts'

export interface ListenerOptions {
  host: string
  port: number
  /** The name in the greeting. */
  name: string
  lmtp: boolean
  /** Files with certificate and key (PEM); with them STARTTLS is offered. */
  tls: { certificate: string; key: string } | null
  bytesMax: number
  clientsMax?: number
  idleSecondsMax?: number
  crowd?: CrowdLimits
}

export interface ListenerParts {
  gate: Gate
  mailboxes: Mailboxes
  metrics: Pick<Metrics, 'count'>
  logger: Pick<Logger, 'error' | 'warn'>
}

export interface Listener {
  port: number
  /** Takes no more connections, lets those under way finish for a while. */
  close(): Promise<void>
}

const CLIENTS_MAX = 200
const RECIPIENTS_MAX = 100
const IDLE_SECONDS_MAX = 120
const GRACE_MS = 3_000
const CONVERSATIONS_OF_ONE_MAX = 50
/** Of mails under way together; at least a few of the largest fit. */
const HELD_BYTES_MAX = 128 * 1024 * 1024
const LARGEST_MIN = 3
/** So much of each mail is taken whatever others hold: large unfinished mails keep nobody's letter out. */
const FREE_BYTES = 256 * 1024

/** An answer to the sending server: code and words, as SMTP has them. */
class Reply extends Error {
  readonly responseCode: number
  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}

const tryLater = () => new Reply(451, 'Cannot take mail in at the moment, try again later')

/** Listens for mail over SMTP (RFC 5321) or LMTP (RFC 2033). 250 means committed; whatever hinders that is 451, so that the sender keeps the mail. */
export async function listenForMail(options: ListenerOptions, parts: ListenerParts): Promise<Listener> {
  const crowd = openCrowd(options.crowd ?? { conversationsOfOneMax: CONVERSATIONS_OF_ONE_MAX, heldBytesMax: Math.max(HELD_BYTES_MAX, LARGEST_MIN * options.bytesMax) })
  const server = new SMTPServer({ ...settingsOf(options), ...handlersOf(options, parts, crowd) })
  server.on('error', (error) => parts.logger.warn({ err: error }, 'a mail connection broke'))
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.server.off('error', reject)
      resolve()
    })
  })
  const address: AddressInfo | string | null = server.server.address()
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const settingsOf = (options: ListenerOptions): SMTPServerOptions => ({
  name: options.name, lmtp: options.lmtp, size: options.bytesMax, rejectOversized: true, maxClients: options.clientsMax ?? CLIENTS_MAX, maxRecipients: RECIPIENTS_MAX,
  authOptional: true, disableReverseLookup: true, hideDSN: true, hideREQUIRETLS: true, hideENHANCEDSTATUSCODES: false, lenientAddressParsing: true, banner: 'Meridian',
  socketTimeout: (options.idleSecondsMax ?? IDLE_SECONDS_MAX) * 1_000, closeTimeout: GRACE_MS,
  disabledCommands: options.tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
  ...(options.tls ? { cert: readFileSync(options.tls.certificate), key: readFileSync(options.tls.key) } : {}),
})

const handlersOf = (options: ListenerOptions, parts: ListenerParts, crowd: Crowd): SMTPServerOptions => ({
  onConnect: (session, done) => done(crowd.enter(session.id, session.remoteAddress) ? null : new Reply(421, 'Too many conversations from your address, try again later')),
  onClose: (session) => crowd.leave(session.id),
  onRcptTo: (address, _session, done) => {
    findMailbox(parts.mailboxes, address.address).then(
      (mailbox) => done(mailbox === undefined ? new Reply(550, 'No mailbox here by that name') : null),
      (error: unknown) => {
        parts.logger.error({ err: error }, 'mailboxes could not be read')
        done(tryLater())
      },
    )
  },
  onData: (stream, session, done) => {
    takeIn(stream, session, options, parts, crowd).then((answers) => done(null, options.lmtp ? answers : answers[0]), (error: unknown) => {
      if (!(error instanceof Reply) && !hungUp(error)) parts.logger.error({ err: error }, 'a mail could not be taken in')
      parts.metrics.count('mail', isConnectionFault(error) ? 'deferred' : 'refused')
      done(error instanceof Reply ? error : tryLater())
    })
  },
})

/** The other side went away in the middle of its mail; it will come again. */
const hungUp = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ECONNECTION'

/** A refusal is final for the sender, so it is given only after asking the database anew. */
async function findMailbox(mailboxes: Mailboxes, address: string): Promise<Mailbox | null | undefined> {
  const known = mailboxFor(await mailboxes.now(), address)
  return known === undefined ? mailboxFor(await mailboxes.sure(), address) : known
}

/** @returns an answer for each recipient. Recipients of one mailbox share one row; each mailbox has its own. */
async function takeIn(stream: SMTPServerDataStream, session: SMTPServerSession, options: ListenerOptions, parts: ListenerParts, crowd: Crowd): Promise<string[]> {
  const { raw, release } = await readMessage(stream, crowd)
  try {
    // Too large: the server itself answers 552 whatever is said here.
    if (raw === 'tooLarge') throw new Reply(552, `The message is larger than ${options.bytesMax} bytes`)
    if (raw === 'crowded') throw tryLater()
    return await acceptMessage(raw, session, options, parts)
  } finally {
    release()
  }
}

async function acceptMessage(raw: Buffer, session: SMTPServerSession, options: ListenerOptions, { gate, mailboxes }: ListenerParts): Promise<string[]> {
  const recipients = session.envelope.rcptTo.map(({ address }) => address)
  const places = placesOf(await mailboxes.now(), recipients)
  const accepted = await gate.accept(prepare(raw, {
    way: options.lmtp ? 'lmtp' : 'smtp', mailboxIds: [...places.keys()], envelopeFrom: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
    envelopeTo: (mailboxId) => places.get(mailboxId) ?? [],
  }))
  const ids = new Map([...places.keys()].map((mailboxId, index) => [mailboxId, accepted[index]]))
  return recipients.map((recipient) => {
    const id = [...places].find(([, addresses]) => addresses.includes(recipient))?.[0] ?? null
    const answer = ids.get(id)
    return `OK: ${answer?.duplicate ? 'already here' : 'taken in'} as ${answer?.rawMailId}`
  })
}

function placesOf(directory: Directory, recipients: readonly string[]): Map<string | null, string[]> {
  const places = new Map<string | null, string[]>()
  for (const recipient of recipients) {
    // A mailbox that was archived between RCPT and DATA: its mail was promised a place, so it gets the standard one.
    const mailbox = mailboxFor(directory, recipient) ?? directory.standard
    places.set(mailbox?.id ?? null, [...places.get(mailbox?.id ?? null) ?? [], recipient])
  }
  return places
}

interface Read {
  raw: Buffer | 'tooLarge' | 'crowded'
  /** Gives back the memory that the mail was granted. */
  release(): void
}

/** The whole message, unless it went over a limit; then nothing of it is held any more, and the rest is read and dropped. */
function readMessage(stream: SMTPServerDataStream, crowd: Crowd): Promise<Read> {
  return new Promise((resolve, reject) => {
    let [chunks, size, held, crowded]: [Buffer[], number, number, boolean] = [[], 0, 0, false]
    const release = () => {
      crowd.release(held)
      held = 0
      chunks = []
    }
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length
      const asked = size > FREE_BYTES ? chunk.length : 0
      crowded ||= !crowd.hold(asked)
      if (!crowded) held += asked
      if (crowded || stream.sizeExceeded) release()
      else chunks.push(chunk)
    })
    stream.on('end', () => resolve({ raw: stream.sizeExceeded ? 'tooLarge' : crowded ? 'crowded' : Buffer.concat(chunks), release }))
    stream.on('error', (error) => {
      release()
      reject(error)
    })
  })
}
