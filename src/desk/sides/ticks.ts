import type { Tick } from '#platform'
import { tellCase } from '../cases/tell.ts'
import { takeOverdue } from './store.ts'

const BATCH = 100

/** Tells once of each side conversation whose answer is overdue, also of those that became so while nothing ran. */
export const sidesTick: Tick = {
  name: 'desk.sides', everyMs: 5_000,
  run: async ({ perform, actor }) => {
    for (let told = BATCH; told === BATCH;) {
      told = await perform(actor, async (work) => {
        const due = await takeOverdue(work.tx, work.at, BATCH)
        for (const { id, caseNumber, caseVersion, agentId } of due) tellCase(work, { number: caseNumber, version: caseVersion }, 'side.overdue', { side: id, agent: agentId })
        return due.length
      })
    }
  },
}
