import { createMacro, noteUses } from '#desk'
import { system, type Db, type Perform } from '#platform'
import { sampleMacros } from '../cast/macros.ts'
import { markMacro, solvedCasesOf } from '../store.ts'
import type { Cast } from './cast.ts'

const CASES_EACH = 6

/** Writes the sample centre's snippets and macros, and says of some of its cases that they were used there. */
export async function writeMacros({ db, perform, cast, at }: { db: Db; perform: Perform; cast: Cast; at: Date }): Promise<void> {
  for (const given of sampleMacros) {
    const id = await perform(system('sample centre'), async (work) => {
      const macro = await createMacro(work, given)
      await markMacro(work.tx, macro.id)
      return macro.id
    }, at)
    for (const { number, assigneeId, solvedAt } of await solvedCasesOf(db, given.topics ?? [], CASES_EACH)) {
      const agent = cast.agents.find((one) => one.id === assigneeId)
      if (agent) await perform(agent, (work) => noteUses(work, number, [id]), solvedAt)
    }
  }
}
