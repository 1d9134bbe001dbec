import type { Tick } from '#platform'
import { lookAt } from './settle.ts'
import { takeDue } from './store.ts'

const BATCH = 200
/** After so many the next look goes on, so that a stop of the program waits for a batch and not for a backlog. */
const ROUNDS_MAX = 50

/** Notes warnings and breaches at their instants; after a pause of the program those that were missed, each with the instant at which it was. */
export const slaTick: Tick = {
  name: 'sla', everyMs: 1_000,
  run: async ({ perform, actor }) => {
    for (let [taken, round] = [1, 0]; taken > 0 && round < ROUNDS_MAX; round++) {
      taken = await perform(actor, async (work) => {
        const numbers = await takeDue(work.tx, work.at, BATCH)
        await lookAt(work, numbers)
        return numbers.length
      })
    }
  },
}
