import { sql } from 'kysely'
import type { Db, Tx } from '#platform'
import type { Agent } from '../agents/model.ts'
import { agentFrom, rolesOfAgent, type AgentRow } from '../agents/store.ts'

/** What is checked when somebody signs in with a password. */
export interface Login {
  agent: Agent
  /** Null when the agent has no password (yet). */
  hash: string | null
}

export async function findLogin(db: Db | Tx, email: string): Promise<Login | null> {
  const { rows } = await sql<AgentRow & { hash: string | null }>`
    select agent.*, ${rolesOfAgent} as roles, p.hash from agent left join password p on p.agent_id = agent.id where agent.email = ${email}`.execute(db)
  return rows[0] ? { agent: agentFrom(rows[0]), hash: rows[0].hash } : null
}

export async function passwordHashOf(db: Db | Tx, agentId: string): Promise<string | null> {
  const row = await db.selectFrom('password').select('hash').where('agent_id', '=', agentId).executeTakeFirst()
  return row?.hash ?? null
}

export const savePassword = (tx: Tx, agentId: string, hash: string, at: Date) => tx.insertInto('password').values({ agent_id: agentId, hash, changed_at: at })
  .onConflict((conflict) => conflict.column('agent_id').doUpdateSet({ hash, changed_at: at })).execute()

/** Puts a stronger hash in the place of the one that was just checked, unless the password was changed meanwhile. */
export const replaceHash = (tx: Tx, agentId: string, before: string, hash: string) =>
  tx.updateTable('password').set({ hash }).where('agent_id', '=', agentId).where('hash', '=', before).execute()

const wayIn = sql<boolean>`(exists (select from password p where p.agent_id = agent.id) or exists (select from identity i where i.agent_id = agent.id))`

/** Whether anybody can sign in by other means than a link. */
export async function anybodyHasWayIn(db: Db | Tx): Promise<boolean> {
  return await db.selectFrom('agent').select('id').where('deactivated_at', 'is', null).where(wayIn).limit(1).executeTakeFirst() !== undefined
}

export async function adminHasWayIn(db: Db | Tx): Promise<boolean> {
  return await db.selectFrom('agent').innerJoin('agent_role', 'agent_role.agent_id', 'agent.id').select('agent.id').where('role', '=', 'admin')
    .where('deactivated_at', 'is', null).where(wayIn).limit(1).executeTakeFirst() !== undefined
}
