import type { JobTable } from '#platform'
import { removeSampleCentre } from './service.ts'
import { findDemo, saveDemo } from './store.ts'

/** A removal that was interrupted goes on where it stopped: what is gone is gone. */
export const demoJobs = (): JobTable => ({
  'demo.remove': async (_payload, { db, perform }) => {
    const demo = await findDemo(db)
    if (demo.state !== 'removing') return
    await removeSampleCentre(perform, async (cases) => saveDemo(db, { ...demo, done: Math.min(demo.cases, cases) }, 'system:demo.remove'))
  },
})
