import { sql } from 'kysely'
import { violatedConstraint, type Tx } from '#platform'
import type { Agent } from '../agents/model.ts'
import { agentFrom, rolesOfAgent, type AgentRow } from '../agents/store.ts'

export async function agentOfIdentity(tx: Tx, issuer: string, subject: string): Promise<Agent | null> {
  const { rows } = await sql<AgentRow>`select agent.*, ${rolesOfAgent} as roles from identity i join agent on agent.id = i.agent_id
    where i.issuer = ${issuer} and i.subject = ${subject}`.execute(tx)
  return rows[0] ? agentFrom(rows[0]) : null
}

export async function hasIdentity(tx: Tx, agentId: string, issuer: string): Promise<boolean> {
  return await tx.selectFrom('identity').select('subject').where('agent_id', '=', agentId).where('issuer', '=', issuer).executeTakeFirst() !== undefined
}

/** @returns false when it was linked to somebody in the same moment. */
export async function insertIdentity(tx: Tx, issuer: string, subject: string, agentId: string): Promise<boolean> {
  try {
    await tx.insertInto('identity').values({ issuer, subject, agent_id: agentId }).execute()
    return true
  } catch (error) {
    if (violatedConstraint(error) === 'identity_pkey') return false
    throw error
  }
}
