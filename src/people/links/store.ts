import { sql } from 'kysely'
import { oneOf, type Db, type Tx } from '#platform'
import { purposes, type SignInLink } from './model.ts'

interface LinkRow {
  id: string
  agent_id: string | null
  purpose: string
  issued_by: string
  issued_at: Date
  expires_at: Date
  used_at: Date | null
  revoked_at: Date | null
}

const columns = ['id', 'agent_id', 'purpose', 'issued_by', 'issued_at', 'expires_at', 'used_at', 'revoked_at'] as const
const linkFrom = (row: LinkRow): SignInLink => ({
  id: row.id, agentId: row.agent_id, purpose: oneOf(purposes, row.purpose), issuedBy: row.issued_by, issuedAt: row.issued_at, expiresAt: row.expires_at, usedAt: row.used_at,
  revokedAt: row.revoked_at,
})

export async function insertLink(tx: Tx, link: SignInLink, hash: Buffer): Promise<void> {
  await tx.insertInto('sign_in_link').values({
    id: link.id, hash, agent_id: link.agentId, purpose: link.purpose, issued_by: link.issuedBy, issued_at: link.issuedAt, expires_at: link.expiresAt,
  }).execute()
}

export async function findLink(db: Db | Tx, hash: Buffer): Promise<SignInLink | null> {
  const row = await db.selectFrom('sign_in_link').select(columns).where('hash', '=', hash).executeTakeFirst()
  return row ? linkFrom(row) : null
}

/** Of two who use a link at once, the second waits here and then finds it used. */
export async function lockLink(tx: Tx, hash: Buffer): Promise<SignInLink | null> {
  const row = await tx.selectFrom('sign_in_link').select(columns).where('hash', '=', hash).forUpdate().executeTakeFirst()
  return row ? linkFrom(row) : null
}

export const useLink = (tx: Tx, id: string, at: Date) => tx.updateTable('sign_in_link').set({ used_at: at }).where('id', '=', id).execute()

const open = sql<boolean>`used_at is null and revoked_at is null`

export const revokeLinksOf = (tx: Tx, agentId: string, at: Date) =>
  tx.updateTable('sign_in_link').set({ revoked_at: at }).where('agent_id', '=', agentId).where(open).execute()

export const revokeFirstLinks = (tx: Tx, at: Date) => tx.updateTable('sign_in_link').set({ revoked_at: at }).where('purpose', '=', 'first').where(open).execute()

export const saveResetRequest = (tx: Tx, agentId: string, at: Date) => tx.insertInto('reset_request').values({ agent_id: agentId, asked_at: at })
  .onConflict((conflict) => conflict.column('agent_id').doUpdateSet({ asked_at: at })).execute()

export const dropResetRequest = (tx: Tx, agentId: string) => tx.deleteFrom('reset_request').where('agent_id', '=', agentId).execute()

export const deleteOldLinks = (tx: Tx, before: Date) => tx.deleteFrom('sign_in_link').where('expires_at', '<', before).execute()
