import type { JobTable, Tick } from '#platform'
import { buildStep, isBuilt } from './measuring/service.ts'

const CASES_A_STEP = 500
const LOOK_EVERY_MS = 15_000

/** Makes all moments from the log, in steps that each commit; one that was interrupted goes on where it was. */
export const insightsJobs = () => ({
  'insights.build': async (_payload, { perform, actor, signal }) => {
    for (let more = true; more && !signal.aborted;) more = await perform(actor, (work) => buildStep(work, CASES_A_STEP))
  },
} satisfies JobTable)

/** Asks for the moments where they are not those of this version: after the first start, after an update, after a break. */
export const insightsTicks: readonly Tick[] = [{
  name: 'insights.build', everyMs: LOOK_EVERY_MS,
  run: ({ perform, actor }) => perform(actor, async (work) => {
    if (!(await isBuilt(work))) work.enqueue({ name: 'insights.build', payload: {}, key: 'insights.build', queue: 'insights' })
  }),
}]
