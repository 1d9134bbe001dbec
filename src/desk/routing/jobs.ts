import type { JobTable } from '#platform'
import { dropOldDecisions } from './writes.ts'

const [DAY_MS, HOUR_MS] = [86_400_000, 3_600_000]
const KEPT_DAYS = 90
const KEPT_OF_CASE = 5
/** Twice the pause between two runs. */
const LATELY_MS = 2 * HOUR_MS

/** Decisions are kept for a while, and of each case the last ones. */
export const routingJobs = {
  'desk.dropDecisions': async (_payload, { perform, actor }) => {
    await perform(actor, (work) => dropOldDecisions(work.tx, new Date(work.at.getTime() - KEPT_DAYS * DAY_MS), new Date(work.at.getTime() - LATELY_MS), KEPT_OF_CASE))
  },
} satisfies JobTable
