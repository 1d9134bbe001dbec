import type { JobTable, Repeating } from '#platform'
import { deleteOldAttempts } from './attempts/store.ts'
import { deleteOldLinks } from './links/store.ts'
import { deleteEndedSessions } from './sessions/store.ts'

const DAY_MS = 86_400_000
/** How long what has ended is kept, for somebody who asks what happened. */
const ENDED_DAYS = 30

export const peopleJobs = (): JobTable => ({
  'people.sweep': async (_payload, { perform, actor }) => {
    await perform(actor, async (work) => {
      const daysAgo = (days: number) => new Date(work.at.getTime() - days * DAY_MS)
      await deleteOldAttempts(work.tx, daysAgo(1))
      await deleteOldLinks(work.tx, daysAgo(ENDED_DAYS))
      await deleteEndedSessions(work.tx, daysAgo(ENDED_DAYS))
    })
  },
})

export const peopleRepeating: readonly Repeating[] = [{ job: 'people.sweep', schedule: '17 * * * *' }]
