import type { Role, Tx } from '#platform'
import { deskPolicy } from '../policy.ts'
import { wallOf } from '../queues/store.ts'

interface Colleague {
  id: string
  teamId: string | null
  roles: readonly Role[]
  deactivated: boolean
}

/** Whether a colleague works here and may read cases at all. */
export const readsCases = (agent: Colleague): boolean => {
  const readers: readonly Role[] = deskPolicy['case.read']
  return !agent.deactivated && agent.roles.some((role) => readers.includes(role))
}

/** Those of these colleagues who could not look into a case of this queue: work is not given to them, and a mention would lead nowhere. */
export async function outsidersOf<C extends Colleague>(tx: Tx, queueId: string, agents: readonly C[]): Promise<C[]> {
  if (agents.length === 0) return []
  const wall = await wallOf(tx, queueId)
  return agents.filter((agent) => !readsCases(agent) || (wall !== null && !agent.roles.includes('admin') && !(agent.teamId !== null && wall.teams.includes(agent.teamId))))
}
