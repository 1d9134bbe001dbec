import type { JobTable } from '#platform'
import { applyAnew } from './settle.ts'
import { staleAtHand } from './store.ts'

const BATCH = 100

/** Compares the cases at hand with rules that changed, a batch at a time, so that nobody waits for all of them. */
export const slaJobs = () => ({
  'desk.applySla': async (payload, { db, perform, actor, signal }) => {
    const why = typeof payload['why'] === 'string' ? payload['why'] : 'policy'
    const account = typeof payload['account'] === 'string' ? payload['account'] : null
    for (let after = 0; !signal.aborted;) {
      const numbers = await staleAtHand(db, after, BATCH, account)
      const last = numbers.at(-1)
      if (last === undefined) return
      await perform(actor, (work) => applyAnew(work, numbers, why))
      after = last
    }
  },
} satisfies JobTable)
