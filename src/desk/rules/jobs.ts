import type { JobTable, Repeating } from '#platform'
import { deleteRunsBefore } from './store.ts'
import { deleteTrialsBefore } from './trial-store.ts'

const DAY_MS = 86_400_000
const RUNS_KEPT_DAYS = 180
const TRIALS_KEPT_DAYS = 30
const BATCH = 1_000

/** What rules did, and what was tried, goes after its time; the log of facts keeps what they changed. */
export const ruleHousekeeping = {
  'desk.forgetRuns': async (_payload, { db, signal }) => {
    const before = (days: number) => new Date(Date.now() - days * DAY_MS)
    for (let gone = BATCH; gone === BATCH && !signal.aborted;) gone = await db.transaction().execute((tx) => deleteRunsBefore(tx, before(RUNS_KEPT_DAYS), BATCH))
    await db.transaction().execute((tx) => deleteTrialsBefore(tx, before(TRIALS_KEPT_DAYS)))
  },
} satisfies JobTable

export const ruleRepeating: readonly Repeating[] = [{ job: 'desk.forgetRuns', schedule: '23 2 * * *', madeUpHours: 24 }]
