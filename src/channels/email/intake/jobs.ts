import { isConnectionFault, system, type Files, type JobTable, type Metrics, type Perform, type Repeating } from '#platform'
import { parseMail } from '../mime/index.ts'
import type { Mailboxes } from '../mailboxes/directory.ts'
import type { BreakerLimits } from './model.ts'
import { countSettled, keepAttachments, settle, type Destinations } from './settle.ts'
import { forgetArrivals, forgotten, loadMail, markFailed } from './store.ts'

export interface IntakeParts {
  perform: Perform
  files: Files
  mailboxes: Mailboxes
  destinations: Destinations
  metrics: Pick<Metrics, 'count'>
  limits: BreakerLimits
}

/** After so many tries a mail stays failed until somebody looks at it and replays it. */
const TRIES_MAX = 4
const FORGOTTEN_MINUTES = 15
const ARRIVALS_KEPT_HOURS = 24
const TOGETHER = 500

/** The jobs of the way in. One mail's fault is that mail's alone: it is marked, shown, and the next ones go on. */
export const intakeJobs = (parts: IntakeParts): JobTable => ({
  'email.parse': async (payload, { db, perform, actor, attempt }) => {
    const id = String(payload['rawMailId'])
    const mail = await loadMail(db, id)
    if (!mail || (mail.state !== 'received' && mail.state !== 'failed')) return
    try {
      const parsed = await parseMail(mail.content)
      const attachments = await keepAttachments(parts.files, parsed)
      const directory = await parts.mailboxes.now()
      const became = await perform(actor, (work) => settle(work, parts.destinations, { mail, parsed, attachments, directory, forced: payload['forced'] === true, limits: parts.limits }))
      countSettled(parts.metrics, became)
    } catch (error) {
      if (isConnectionFault(error)) throw error
      parts.metrics.count('mail', 'failed')
      await fail(perform, id, error)
      if (attempt < TRIES_MAX) throw error
    }
  },
  /** Finds accepted mails whose job was lost or given up, and takes the breaker's memory back to a day. */
  'email.sweep': async (_payload, { db, perform, actor }) => {
    await forgetArrivals(db, new Date(Date.now() - ARRIVALS_KEPT_HOURS * 3_600_000))
    const ids = await forgotten(db, new Date(Date.now() - FORGOTTEN_MINUTES * 60_000), TOGETHER)
    if (ids.length === 0) return
    await perform(actor, async (work) => { for (const rawMailId of ids) work.enqueue({ name: 'email.parse', payload: { rawMailId }, key: `email.parse:${rawMailId}` }) })
  },
})

export const intakeRepeating: readonly Repeating[] = [{ job: 'email.sweep', schedule: '*/5 * * * *' }]

const ERROR_LENGTH_MAX = 500

async function fail(perform: Perform, id: string, error: unknown) {
  const words = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replaceAll('\u0000', '').slice(0, ERROR_LENGTH_MAX)
  await perform(system('email'), async (work) => {
    if (await markFailed(work.tx, id, words)) work.tell('channels', { kind: 'mail.failed', subject: `rawMail:${id}`, data: { error: error instanceof Error ? error.name : 'unknown' } })
  })
}
