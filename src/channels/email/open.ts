import { newId, system, type Db, type Files, type JobTable, type Logger, type Metrics, type Perform } from '#platform'
import { openGate, type Gate } from './intake/accept.ts'
import { watchImap, type ImapWatch } from './intake/imap.ts'
import { intakeJobs } from './intake/jobs.ts'
import { breakerLimits, type BreakerLimits } from './intake/model.ts'
import type { Destinations } from './intake/settle.ts'
import { listenForMail, type Listener } from './intake/smtp.ts'
import { openMailboxes, type Mailboxes } from './mailboxes/directory.ts'
import { openSecrets, type Secrets } from './mailboxes/secret.ts'
import { insertStandard } from './mailboxes/store.ts'

export interface EmailOptions {
  db: Db
  perform: Perform
  /** For the connection that holds the locks of IMAP mailboxes. */
  ownerUrl: string
  files: Files
  metrics: Pick<Metrics, 'count'>
  logger: Pick<Logger, 'error' | 'warn'>
  /** The installation's own key; passwords of mailboxes are encrypted with one made from it. */
  installationKey: string | Uint8Array
  /** Where SMTP and LMTP listen; port 0 takes a free one, a null LMTP port none. */
  host: string
  smtpPort: number
  lmtpPort: number | null
  /** The name in the greeting. */
  name: string
  tls: { certificate: string; key: string } | null
  bytesMax: number
  smtpUrl: string | null
  /** The address of the mailbox that takes everything until a person sets one up. */
  standardAddress: string
  destinations: Destinations
  breaker?: BreakerLimits
  clientsMax?: number
  imapLookEverySeconds?: number
  imapRetrySecondsMax?: number
}

export interface Email {
  /** Makes the standard mailbox where there is none, and opens the ways in. @returns the ports, which matter when 0 was asked for. */
  start(): Promise<{ smtpPort: number; lmtpPort: number | null }>
  /** Closes the ways in and lets mails under way finish. */
  stop(): Promise<void>
  readonly gate: Gate
  readonly mailboxes: Mailboxes
  readonly secrets: Secrets
  readonly jobs: JobTable
  readonly bytesMax: number
  readonly smtpUrl: string | null
  /** Settings of a mailbox changed: its IMAP conversation is begun anew. */
  mailboxesChanged(): void
}

const LOOK_EVERY_SECONDS = 60
const RETRY_SECONDS_MAX = 60

/** The ways by which mail comes in. Nothing listens before `start`. */
export function openEmail(options: EmailOptions): Email {
  const { db, perform, metrics, logger, files, bytesMax, smtpUrl } = options
  const mailboxes = openMailboxes(db)
  const secrets = openSecrets(options.installationKey)
  const gate = openGate(perform, metrics)
  const listeners: Listener[] = []
  let imap: ImapWatch | null = null
  const listen = async (port: number, lmtp: boolean) => {
    const listener = await listenForMail({ host: options.host, port, name: options.name, lmtp, tls: options.tls, bytesMax, ...(options.clientsMax ? { clientsMax: options.clientsMax } : {}) }, { gate, mailboxes, metrics, logger })
    listeners.push(listener)
    return listener.port
  }
  return {
    gate, mailboxes, secrets, bytesMax, smtpUrl,
    jobs: intakeJobs({ perform, files, mailboxes, destinations: options.destinations, metrics, limits: options.breaker ?? breakerLimits }),
    mailboxesChanged: () => imap?.wake(),
    start: async () => {
      await ensureStandard(perform, options.standardAddress)
      mailboxes.forget()
      const smtpPort = await listen(options.smtpPort, false)
      const lmtpPort = options.lmtpPort === null ? null : await listen(options.lmtpPort, true)
      imap = watchImap({
        db, perform, metrics, logger, bytesMax, secrets, ownerUrl: options.ownerUrl, lookEverySeconds: options.imapLookEverySeconds ?? LOOK_EVERY_SECONDS,
        retrySecondsMax: options.imapRetrySecondsMax ?? RETRY_SECONDS_MAX,
      })
      return { smtpPort, lmtpPort }
    },
    stop: async () => {
      await Promise.all([...listeners.splice(0).map((listener) => listener.close()), imap?.stop()])
      imap = null
    },
  }
}

async function ensureStandard(perform: Perform, address: string) {
  await perform(system('email'), async (work) => {
    const id = newId()
    if (await insertStandard(work.tx, id, address.toLowerCase())) work.tell('channels', { kind: 'mailbox.created', subject: `mailbox:${id}`, data: { standard: true } })
  })
}
