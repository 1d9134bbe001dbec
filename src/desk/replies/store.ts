import type { Tx } from '#platform'

export async function insertMentions(tx: Tx, given: { messageId: string; caseId: string; at: Date; agents: string[]; teamOf(agent: string): string | null }): Promise<void> {
  if (given.agents.length === 0) return
  await tx.insertInto('mention').values(given.agents.map((agent) => ({ message_id: given.messageId, case_id: given.caseId, agent_id: agent, at: given.at, team_id: given.teamOf(agent) })))
    .onConflict((c) => c.doNothing()).execute()
}

export async function seeMentions(tx: Tx, caseId: string, agentId: string, at: Date): Promise<number> {
  const rows = await tx.updateTable('mention').set({ seen_at: at }).where('case_id', '=', caseId).where('agent_id', '=', agentId).where('seen_at', 'is', null).returning('message_id').execute()
  return rows.length
}
