import type { Follower } from '#platform'
import { addUse, noteReopening } from './usage.ts'

/** Counts what snippets and macros come to, as the log says it. A step that was taken back is no reopening. */
export const macroUsage: Follower = {
  name: 'desk.macroUsage',
  wants: ({ kind, data }) => kind === 'macro.used' || (kind === 'case.reopened' && data['undone'] !== true),
  handle: async (work, facts) => {
    for (const { kind, case: number, at, actor, data } of facts) {
      if (number === null) continue
      if (kind === 'case.reopened') await noteReopening(work.tx, number, at)
      else if (typeof data['macro'] === 'string') await addUse(work.tx, { macroId: data['macro'], caseNumber: number, agentId: actor.kind === 'agent' ? actor.id : null, at })
    }
  },
}
