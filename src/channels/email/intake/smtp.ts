import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import { isConnectionFault, type Logger, type Metrics } from '#platform'
import type { Mailboxes } from '../mailboxes/directory.ts'
import { mailboxFor, type Directory, type Mailbox } from '../mailboxes/model.ts'
import { prepare, type Gate } from './accept.ts'

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
  const server = new SMTPServer({ ...settingsOf(options), ...handlersOf(options, parts) })
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

const handlersOf = (options: ListenerOptions, parts: ListenerParts): SMTPServerOptions => ({
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
    takeIn(stream, session, options, parts).then((answers) => done(null, options.lmtp ? answers : answers[0]), (error: unknown) => {
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
async function takeIn(stream: SMTPServerDataStream, session: SMTPServerSession, options: ListenerOptions, { gate, mailboxes }: ListenerParts): Promise<string[]> {
  const raw = await readMessage(stream)
  // Too large: the server itself answers 552 whatever is said here.
  if (!raw) throw new Reply(552, `The message is larger than ${options.bytesMax} bytes`)
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

/** The whole message, or null when it went over the limit; then nothing of it is held any more, and the rest is read and dropped. */
function readMessage(stream: SMTPServerDataStream): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => {
      if (stream.sizeExceeded) chunks = []
      else chunks.push(chunk)
    })
    stream.on('end', () => resolve(stream.sizeExceeded ? null : Buffer.concat(chunks)))
    stream.on('error', reject)
  })
}
