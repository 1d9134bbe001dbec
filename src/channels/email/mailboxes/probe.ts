import { createTransport } from 'nodemailer'
import type { Db } from '#platform'
import { refuse } from '../../refusals.ts'
import { imapClient, openFolder } from './imap.ts'
import type { ImapSettings } from './model.ts'
import { problemOf, problems, type Problem } from './problems.ts'
import type { Secrets } from './secret.ts'
import { findMailbox, readSecret } from './store.ts'

export interface Probe {
  works: boolean
  problem: Problem | null
  /** In words: what was seen, or what failed. */
  says: string
}

const BYTES = 65_536
const WAIT_MS = 15_000

const failed = (error: unknown): Probe => {
  const problem = problemOf(error)
  const response = problem === 'other' && error instanceof Error ? `: ${error.message.slice(0, 200)}` : ''
  return { works: false, problem, says: problems[problem] + response }
}

/** Really signs in and opens the folder. */
export async function probeImap(settings: ImapSettings, password: string): Promise<Probe> {
  const client = imapClient(settings, password, BYTES)
  try {
    await client.connect()
    const folder = await openFolder(client, settings.folder)
    return { works: true, problem: null, says: `Signed in; ${settings.folder} holds ${folder.exists} mails` }
  } catch (error) {
    return failed(error)
  } finally {
    await client.logout().catch(() => {})
    client.close()
  }
}

/** Really connects, and signs in where the address says how. */
export async function probeSmtp(url: string | null): Promise<Probe> {
  if (!url) return { works: true, problem: null, says: 'SMTP_URL is not set: mail stays in the local outbox' }
  const transport = createTransport({ url, connectionTimeout: WAIT_MS, greetingTimeout: WAIT_MS, socketTimeout: WAIT_MS })
  try {
    await transport.verify()
    return { works: true, problem: null, says: 'The sending server answers' }
  } catch (error) {
    return failed(error)
  } finally {
    transport.close()
  }
}

export async function probeMailbox(db: Db, secrets: Secrets, smtpUrl: string | null, id: string): Promise<{ imap: Probe | null; smtp: Probe }> {
  const mailbox = await findMailbox(db, id)
  if (!mailbox) throw refuse('mailbox.notFound')
  const [imap, smtp] = await Promise.all([mailbox.imap ? probeStored(db, secrets, id, mailbox.imap) : null, probeSmtp(smtpUrl)])
  return { imap, smtp }
}

async function probeStored(db: Db, secrets: Secrets, id: string, settings: ImapSettings): Promise<Probe> {
  const secret = await readSecret(db, id)
  try {
    return await probeImap(settings, secret ? secrets.open(secret) : '')
  } catch {
    return { works: false, problem: 'passwordUnreadable', says: problems.passwordUnreadable }
  }
}
