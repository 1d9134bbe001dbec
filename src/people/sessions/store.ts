import { sql } from 'kysely'
import { oneOf, type Db, type Tx } from '#platform'
import { agentFrom, rolesOfAgent, type AgentRow } from '../agents/store.ts'
import type { Agent } from '../agents/model.ts'
import { IDLE_HOURS_MAX, methods, SEEN_EVERY_MS, type Session } from './model.ts'

interface SessionRow {
  id: string
  agent_id: string
  method: string
  created_at: Date
  last_seen_at: Date
  expires_at: Date
  revoked_at: Date | null
  address: string | null
  browser: string | null
}

const columns = ['id', 'agent_id', 'method', 'created_at', 'last_seen_at', 'expires_at', 'revoked_at', 'address', 'browser'] as const

const sessionFrom = (row: SessionRow): Session => ({
  id: row.id, agentId: row.agent_id, method: oneOf(methods, row.method), createdAt: row.created_at, lastSeenAt: row.last_seen_at, expiresAt: row.expires_at,
  revokedAt: row.revoked_at, address: row.address ?? '', browser: row.browser ?? '',
})

export async function insertSession(tx: Tx, session: Session, hash: Buffer): Promise<void> {
  await tx.insertInto('session').values({
    id: session.id, hash, agent_id: session.agentId, method: session.method, created_at: session.createdAt, last_seen_at: session.lastSeenAt,
    expires_at: session.expiresAt, address: session.address, browser: session.browser,
  }).execute()
}

/** The session of a cookie, with the agent it stands for as the agent is now. */
export async function findSession(db: Db | Tx, hash: Buffer): Promise<{ session: Session; agent: Agent } | null> {
  const row = await db.selectFrom('session').select(columns).where('hash', '=', hash).executeTakeFirst()
  if (!row) return null
  const { rows } = await sql<AgentRow>`select agent.*, ${rolesOfAgent} as roles from agent where id = ${row.agent_id}`.execute(db)
  return rows[0] ? { session: sessionFrom(row), agent: agentFrom(rows[0]) } : null
}

const live = (now: Date) => sql<boolean>`revoked_at is null and expires_at > ${now} and last_seen_at > ${now}::timestamptz - make_interval(hours => ${IDLE_HOURS_MAX})`

/** An agent's sessions that still stand, the latest used first. */
export async function liveSessionsOf(db: Db | Tx, agentId: string, now: Date): Promise<Session[]> {
  const rows = await db.selectFrom('session').select(columns).where('agent_id', '=', agentId).where(live(now)).orderBy('last_seen_at', 'desc').orderBy('id').execute()
  return rows.map(sessionFrom)
}

/** Revokes the agent's live sessions among `ids` (all when null), but never `except`. @returns the ids of those that ended now. */
export async function revokeSessions(tx: Tx, agentId: string, at: Date, { ids = null, except = null }: { ids?: readonly string[] | null; except?: string | null } = {}): Promise<string[]> {
  const rows = await tx.updateTable('session').set({ revoked_at: at }).where('agent_id', '=', agentId).where('revoked_at', 'is', null)
    .where(sql<boolean>`(${ids}::uuid[] is null or id = any(${ids}::uuid[])) and id is distinct from ${except}::uuid`).returning('id').execute()
  return rows.map((row) => row.id)
}

/** Ends one session, whosever it is. @returns whose it was, when it ended now. */
export async function revokeSession(tx: Tx, id: string, at: Date): Promise<string | null> {
  const row = await tx.updateTable('session').set({ revoked_at: at }).where('id', '=', id).where('revoked_at', 'is', null).returning('agent_id').executeTakeFirst()
  return row?.agent_id ?? null
}

/** Writes down that the session was used, unless somebody just did. */
export async function touchSession(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable('session').set({ last_seen_at: at }).where('id', '=', id).where('last_seen_at', '<=', new Date(at.getTime() - SEEN_EVERY_MS)).execute()
}

/** Forgets sessions that ended before. @returns how many. */
export async function deleteEndedSessions(tx: Tx, before: Date): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom('session').where('last_seen_at', '<', before)
    .where((eb) => eb.or([eb('revoked_at', '<', before), eb('expires_at', '<', before)])).executeTakeFirst()
  return Number(numDeletedRows)
}
