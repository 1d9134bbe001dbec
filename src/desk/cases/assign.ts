import { findAgent } from '#people'
import type { Tx, Work } from '#platform'
import { refuse } from '../refusals.ts'
import { outsidersOf } from './sight.ts'
import type { CaseRow } from './store.ts'

/** Gives a case to an agent (by id, or `me`) or to nobody. The agent's team comes with the agent. */
export async function assigned(work: Work, found: CaseRow, assignee: string | null): Promise<CaseRow> {
  if (assignee === null) return { ...found, assigneeId: null }
  const id = assignee === 'me' && work.actor.kind === 'agent' ? work.actor.id : assignee
  const agent = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? await findAgent(work.tx, id) : null
  if (!agent || agent.deactivated) throw refuse('assignee.notFound', { errors: [{ path: '/assignee', code: 'assignee.notFound' }] })
  return { ...found, assigneeId: agent.id, teamId: agent.teamId ?? found.teamId }
}

/** Whoever has a case can look into its queue: checked when either of them changes. */
export async function requireSight(tx: Tx, found: CaseRow): Promise<void> {
  const agent = found.assigneeId === null ? null : await findAgent(tx, found.assigneeId)
  if (agent && (await outsidersOf(tx, found.queueId, [agent])).length > 0) throw refuse('assignee.outside', { assignee: agent.id })
}
