import type { JobTable, Repeating } from '#platform'
import { dropOldNotices } from './service.ts'

const BATCH = 1_000

export const noticeJobs = {
  // What nobody will look at any more goes at night.
  'desk.dropNotices': async (_payload, { perform, actor, signal }) => {
    for (let dropped = BATCH; dropped === BATCH && !signal.aborted;) dropped = await perform(actor, (work) => dropOldNotices(work, BATCH))
  },
} satisfies JobTable

export const noticeRepeating: readonly Repeating[] = [{ job: 'desk.dropNotices', schedule: '23 2 * * *', madeUpHours: 24 }]
