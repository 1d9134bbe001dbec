import { sql } from 'kysely'
import type { Db, Tx } from '#platform'
import { rolesFrom } from '../agents/store.ts'
import { SEEN_EVERY_MS } from '../sessions/model.ts'
import type { ApiToken } from './model.ts'

interface TokenRow {
  id: string
  name: string
  roles: string[]
  created_by: string
  created_at: Date
  last_used_at: Date | null
  expires_at: Date | null
  revoked_at: Date | null
}

const columns = ['id', 'name', 'roles', 'created_by', 'created_at', 'last_used_at', 'expires_at', 'revoked_at'] as const

const tokenFrom = (row: TokenRow): ApiToken => ({
  id: row.id, name: row.name, roles: rolesFrom(row.roles), createdBy: row.created_by, createdAt: row.created_at, lastUsedAt: row.last_used_at,
  expiresAt: row.expires_at, revokedAt: row.revoked_at,
})

export async function insertToken(tx: Tx, token: ApiToken, hash: Buffer): Promise<void> {
  await tx.insertInto('api_token').values({
    id: token.id, name: token.name, hash, roles: token.roles, created_by: token.createdBy, created_at: token.createdAt, expires_at: token.expiresAt,
  }).execute()
}

export async function findToken(db: Db | Tx, hash: Buffer): Promise<ApiToken | null> {
  const row = await db.selectFrom('api_token').select(columns).where('hash', '=', hash).executeTakeFirst()
  return row ? tokenFrom(row) : null
}

/** Tokens, the newest first: their ids sort by when they were made. */
export async function listTokens(db: Db | Tx, before: string | null, limit: number): Promise<ApiToken[]> {
  const rows = await db.selectFrom('api_token').select(columns).where(sql<boolean>`(${before}::uuid is null or id < ${before}::uuid)`).orderBy('id', 'desc').limit(limit).execute()
  return rows.map(tokenFrom)
}

/** @returns false when there is no such token, or it was revoked before. */
export async function revokeRow(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('api_token').set({ revoked_at: at }).where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Writes down that the token was used, unless somebody just did. */
export async function touchToken(db: Db, id: string, at: Date): Promise<void> {
  await db.updateTable('api_token').set({ last_used_at: at }).where('id', '=', id)
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', new Date(at.getTime() - SEEN_EVERY_MS))])).execute()
}
