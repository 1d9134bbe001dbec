import type { Tick } from '#platform'
import { wakeDueCases } from './service.ts'

const BATCH = 200

/** Wakes cases at their instant, or as soon as an instance runs again. */
export const wakeTick: Tick = {
  name: 'desk.wake', everyMs: 1_000,
  run: async ({ perform, actor }) => {
    for (let woken = BATCH; woken === BATCH;) woken = await perform(actor, (work) => wakeDueCases(work, BATCH))
  },
}
