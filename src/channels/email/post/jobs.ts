import type { JobTable, Repeating } from '#platform'
import { enqueuePost, sendPost, type PostOptions } from './service.ts'
import { dropPosts, overduePosts } from './store.ts'

const OVERDUE_MS = 60_000
const KEPT_MS = 30 * 86_400_000
const SWEEP_MAX = 500

export const postJobs = (options: PostOptions) => ({
  'email.post': async (payload, tools) => {
    if (typeof payload['mail'] === 'string') await sendPost(payload['mail'], options, tools)
  },
  // What lost its job or its worker is taken up again; what is old is of no use to anybody.
  'email.postSweep': async (_payload, { perform, actor }) => {
    await perform(actor, async (work) => {
      for (const id of await overduePosts(work.tx, new Date(work.at.getTime() - OVERDUE_MS), SWEEP_MAX)) enqueuePost(work, id, work.at)
      await dropPosts(work.tx, new Date(work.at.getTime() - KEPT_MS))
    })
  },
} satisfies JobTable)

export const postRepeating: readonly Repeating[] = [{ job: 'email.postSweep', schedule: '* * * * *' }]
