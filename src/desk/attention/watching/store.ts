import { sql } from 'kysely'
import { oneOf, type Db, type Tx } from '#platform'
import { watchStates, watchWays, type WatchState, type WatchWay } from './model.ts'

export interface Watcher {
  agent: { id: string; name: string }
  state: WatchState
  how: WatchWay
  at: Date
}

/** Who stands how to a case, by name. */
export async function watchersOf(db: Db | Tx, caseId: string): Promise<Watcher[]> {
  const rows = await db.selectFrom('case_watch').innerJoin('agent', 'agent.id', 'case_watch.agent_id').select(['agent.id', 'agent.name', 'state', 'how', 'at'])
    .where('case_id', '=', caseId).where('deactivated_at', 'is', null).orderBy('agent.name').execute()
  return rows.map(({ id, name, state, how, at }) => ({ agent: { id, name }, state: oneOf(watchStates, state), how: oneOf(watchWays, how), at }))
}

/** @returns the state before; null when there was none. */
export async function setWatch(tx: Tx, given: { caseId: string; agentId: string; state: WatchState; at: Date }): Promise<WatchState | null> {
  const before = await tx.selectFrom('case_watch').select('state').where('case_id', '=', given.caseId).where('agent_id', '=', given.agentId).forUpdate().executeTakeFirst()
  await tx.insertInto('case_watch').values({ case_id: given.caseId, agent_id: given.agentId, state: given.state, how: 'hand', at: given.at })
    .onConflict((conflict) => conflict.columns(['case_id', 'agent_id']).doUpdateSet({ state: given.state, how: 'hand', at: given.at })).execute()
  return before ? oneOf(watchStates, before.state) : null
}

export interface Watching {
  caseId: string
  agentId: string
  how: WatchWay
}

/** Makes watchers by rule of those who have not decided for themselves. @returns who is new. */
export async function beginWatching(tx: Tx, watching: readonly Watching[], at: Date): Promise<Watching[]> {
  if (watching.length === 0) return []
  const { rows } = await sql<Watching>`insert into case_watch (case_id, agent_id, state, how, at)
    select case_id, agent_id, 'watching', how, ${at} from jsonb_to_recordset(${JSON.stringify(watching.map(({ caseId, agentId, how }) => ({ case_id: caseId, agent_id: agentId, how })))}::jsonb) as w(case_id uuid, agent_id uuid, how text)
    on conflict (case_id, agent_id) do nothing returning case_id as "caseId", agent_id as "agentId", how`.execute(tx)
  return rows
}
