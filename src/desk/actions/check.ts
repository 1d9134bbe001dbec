import { agentsByIds } from '#people'
import { sql } from 'kysely'
import type { Work } from '#platform'
import { readsCases } from '../cases/sight.ts'
import { requireTag } from '../cases/tags.ts'
import { requireQueue } from '../queues/service.ts'
import { topicThere } from '../queues/store.ts'
import { refuse } from '../refusals.ts'
import type { CaseAction } from './model.ts'

/** Checks, when a list of actions is saved, that there is what it names, for whoever saves it. Refused as the verbs would refuse it. */
export async function requireKnown(work: Work, actions: readonly CaseAction[]): Promise<void> {
  for (const [at, action] of actions.entries()) {
    const errors = (code: string) => ({ errors: [{ path: `/actions/${at}`, code }] })
    switch (action.do) {
      case 'queue': await requireQueue(work, action.to); break
      case 'topic': if (action.to !== null && !(await topicThere(work.tx, action.to))) throw refuse('topic.notFound', errors('topic.notFound')); break
      case 'assign': if (action.to !== null && action.to !== 'me' && !(await isAtWork(work, action.to))) throw refuse('assignee.notFound', errors('assignee.notFound')); break
      case 'team': if (action.to !== null && !(await teamThere(work, action.to))) throw refuse('team.notFound', errors('team.notFound')); break
      case 'tag': [...(action.add ?? []), ...(action.drop ?? [])].forEach(requireTag); break
      default:
    }
  }
}

async function isAtWork(work: Work, id: string): Promise<boolean> {
  const [agent] = await agentsByIds(work.tx, [id])
  return agent !== undefined && readsCases(agent)
}

async function teamThere(work: Work, id: string): Promise<boolean> {
  const { rows } = await sql`select from team where id = ${id}::uuid and archived_at is null`.execute(work.tx)
  return rows.length > 0
}
