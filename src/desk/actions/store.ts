import { sql } from 'kysely'
import { oneOf, type Actor, type Db, type Tx } from '#platform'
import { kinds, priorities, statuses } from '../cases/model.ts'
import type { ActionSubject, PreviewContext } from './preview.ts'
import type { CaseAction } from './model.ts'

/** Cases and their surroundings as previews and undoing see them. */

export interface SubjectRow extends ActionSubject {
  id: string
  subject: string
  version: number
}

interface Row extends Omit<SubjectRow, 'status' | 'priority' | 'kind' | 'removed'> {
  status: string
  priority: string
  kind: string
  removed: string | null
}

/** Cases of these numbers as plain values; those behind a wall are left out. */
export async function actionSubjects(db: Db | Tx, numbers: readonly number[], barred: readonly string[]): Promise<SubjectRow[]> {
  const { rows } = await sql<Row>`select c.id, c.number, c.subject, c.version, c.status, c.priority, c.kind, jsonb_build_object('id', q.id, 'key', q.key) as queue, c.team_id as team, c.assignee_id as assignee, c.topic,
      array(select g.tag from case_tag g where g.case_id = c.id order by g.tag) as tags, c.removed, c.merged_into is not null as merged,
      case when c.snoozed_until = 'infinity' then 'customer' else to_char(c.snoozed_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') end as snoozed
    from "case" c join queue q on q.id = c.queue_id where c.number = any(${[...numbers]}::bigint[]) and c.queue_id <> all(${[...barred]}::uuid[])`.execute(db)
  return rows.map((row) => ({
    ...row, status: oneOf(statuses, row.status), priority: oneOf(priorities, row.priority), kind: oneOf(kinds, row.kind), removed: row.removed === null ? null : oneOf(['spam', 'trash'], row.removed),
  }))
}

interface AgentRow {
  id: string
  team: string | null
  barred: string[]
}

/** Agents at work with the queues that they may not look into: walled ones of other teams, all of them for who reads no cases. */
async function agentsWithWalls(db: Db | Tx, ids: readonly string[], readers: readonly string[]): Promise<Map<string, AgentRow>> {
  const { rows } = await sql<AgentRow>`select a.id, a.team_id as team, array(select q.id from queue q where not exists (select from agent_role r where r.agent_id = a.id and r.role = any(${[...readers]}))
      or (q.walled and not exists (select from agent_role r where r.agent_id = a.id and r.role = 'admin') and not exists (select from queue_team t where t.queue_id = q.id and t.team_id = a.team_id))) as barred
    from agent a where a.id = any(${[...ids]}::uuid[]) and a.deactivated_at is null`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** What previews must know of queues, topics and people, for these cases and actions. */
export async function previewContext(db: Db | Tx, actor: Actor, now: Date, about: { actions: readonly CaseAction[]; subjects: readonly ActionSubject[]; agents?: readonly string[]; readers: readonly string[] }): Promise<PreviewContext> {
  const me = actor.kind === 'agent' ? actor.id : null
  const named = about.actions.flatMap((action) => (action.do === 'assign' && action.to !== null ? [action.to === 'me' ? me : action.to] : []))
  const moves = about.actions.some((action) => action.do === 'queue') || about.agents !== undefined
  const ids = [...new Set([...named, ...(about.agents ?? []), ...(moves ? about.subjects.map(({ assignee }) => assignee) : [])].flatMap((id) => id ?? []))]
  const agents = await agentsWithWalls(db, ids, about.readers)
  const { rows: queues } = await sql<{ id: string; key: string }>`select id, key from queue where archived_at is null and id <> all(${[...actor.barred]}::uuid[])`.execute(db)
  const { rows: topics } = await sql<{ key: string }>`select key from topic where archived_at is null`.execute(db)
  const [byName, keys] = [new Map(queues.flatMap((queue) => [[queue.id, queue], [queue.key, queue]])), new Set(topics.map(({ key }) => key))]
  return { now, me, agent: (id) => agents.get(id) ?? null, queue: (keyOrId) => byName.get(keyOrId) ?? null, topic: (key) => keys.has(key) }
}
