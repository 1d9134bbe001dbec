import type { JobTable, Repeating } from '#platform'
import { dropForgottenUploads } from './attachments/store.ts'
import { bulkJob } from './bulk/jobs.ts'
import { closeSolved } from './cases/close.ts'
import { dropOldUses } from './macros/usage.ts'
import { tellCase } from './cases/tell.ts'
import { problemUpdateJob } from './problems/jobs.ts'
import { slaJobs } from './sla/jobs.ts'
import { noticeJobs, noticeRepeating } from './attention/notices/jobs.ts'
import { ruleHousekeeping, ruleRepeating } from './rules/jobs.ts'
import { ruleJob } from './rules/follow.ts'
import { trialJob } from './rules/trial.ts'
import { replier, type ReplyOptions } from './replies/service.ts'
import { routingJobs } from './routing/jobs.ts'

export interface DeskJobsParts {
  /** How long a solved case can be reopened, in days. */
  closeAfterDays: number
}

const DAY_MS = 86_400_000
const BATCH = 200

/** The desk's work by the clock: cases that stayed solved are closed, uploads that nobody sent are dropped. */
export const deskJobs = ({ closeAfterDays }: DeskJobsParts) => ({
  'desk.closeSolved': async (_payload, { perform, actor, signal }) => {
    for (let closed = BATCH; closed === BATCH && !signal.aborted;) closed = await perform(actor, (work) => closeSolved(work, closeAfterDays * DAY_MS, BATCH))
  },
  // What was uploaded and neither sent nor kept in a draft for a day is nobody's any more.
  'desk.dropUploads': async (_payload, { perform, actor, signal }) => {
    for (let dropped = BATCH; dropped === BATCH && !signal.aborted;) {
      dropped = await perform(actor, async (work) => {
        const gone = await dropForgottenUploads(work.tx, new Date(work.at.getTime() - DAY_MS), BATCH)
        for (const { id, caseNumber, version } of gone) tellCase(work, { number: caseNumber, version }, 'attachment.dropped', { attachment: id })
        return gone.length
      })
    }
  },
  // What was used in a case longer ago than a reopening counts for is in the counts alone.
  'desk.dropMacroUses': async (_payload, { db, signal }) => {
    for (let dropped = BATCH; dropped === BATCH && !signal.aborted;) dropped = await db.transaction().execute((tx) => dropOldUses(tx, new Date(Date.now() - 30 * DAY_MS), BATCH))
  },
  ...routingJobs, ...noticeJobs, ...ruleHousekeeping,
  ...slaJobs(),
} satisfies JobTable)

/** Work that may write to customers. */
export const deskReplyJobs = (options: ReplyOptions) => ({ 'desk.problemUpdate': problemUpdateJob(options), 'desk.bulk': bulkJob(options), 'desk.rules': ruleJob(replier(options)), 'desk.tryRule': trialJob }) satisfies JobTable

export const deskRepeating: readonly Repeating[] = [...ruleRepeating, ...noticeRepeating, { job: 'desk.closeSolved', schedule: '*/10 * * * *' }, { job: 'desk.dropUploads', schedule: '17 * * * *' }, { job: 'desk.dropDecisions', schedule: '37 * * * *' }, { job: 'desk.dropMacroUses', schedule: '41 2 * * *' }]
