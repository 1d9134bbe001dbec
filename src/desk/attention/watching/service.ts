import type { Work } from '#platform'
import { requireCase } from '../../cases/present.ts'
import { refuse } from '../../refusals.ts'
import type { WatchState } from './model.ts'
import { setWatch } from './store.ts'

const factOf = { watching: 'case.watched', left: 'case.unwatched', muted: 'case.muted' } as const

/** Says how the actor stands to a case: watches it, does not, or wants to hear nothing of it. Told only when it was not so before. */
export async function watchCase(work: Work, number: number, state: WatchState): Promise<void> {
  const found = await requireCase(work.tx, work.actor, number)
  if (work.actor.kind !== 'agent') throw refuse('watch.agentsOnly')
  const before = await setWatch(work.tx, { caseId: found.id, agentId: work.actor.id, state, at: work.at })
  if (before !== state && !(before === null && state === 'left')) work.tell('desk', { kind: factOf[state], case: number, data: { agent: work.actor.id, how: 'hand' } })
}
