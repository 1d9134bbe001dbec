import type { JobTable, Repeating } from '#platform'
import { sendMail, type SendOptions } from './send.ts'
import { overdueMails } from './store.ts'
import { enqueueSend } from './tell.ts'

const OVERDUE_SECONDS = 60
const SWEEP_MAX = 500

export const outgoingJobs = (options: SendOptions) => ({
  'email.send': async (payload, tools) => {
    if (typeof payload['mail'] === 'string') await sendMail(payload['mail'], options, tools)
  },
  // A job can be lost or give up while the database is away; the rows say what is still to be done.
  'email.sendSweep': async (_payload, { perform, actor }) => {
    await perform(actor, async (work) => {
      const before = new Date(work.at.getTime() - OVERDUE_SECONDS * 1000)
      for (const { id, due } of await overdueMails(work.tx, before, SWEEP_MAX)) enqueueSend(work, id, due)
    })
  },
} satisfies JobTable)

export const outgoingRepeating: readonly Repeating[] = [{ job: 'email.sendSweep', schedule: '* * * * *' }]
