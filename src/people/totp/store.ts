import type { Db, Tx } from '#platform'

export interface Totp {
  secret: Buffer
  confirmedAt: Date | null
  lastStep: number
}

interface TotpRow { secret: Buffer; confirmed_at: Date | null; last_step: number }
const totpFrom = (row: TotpRow): Totp => ({ secret: row.secret, confirmedAt: row.confirmed_at, lastStep: row.last_step })

export async function lockTotp(tx: Tx, agentId: string): Promise<Totp | null> {
  const row = await tx.selectFrom('totp').select(['secret', 'confirmed_at', 'last_step']).where('agent_id', '=', agentId).forUpdate().executeTakeFirst()
  return row ? totpFrom(row) : null
}

/** Whether the agent has a second factor that counts. */
export async function hasTotp(db: Db | Tx, agentId: string): Promise<boolean> {
  return await db.selectFrom('totp').select('agent_id').where('agent_id', '=', agentId).where('confirmed_at', 'is not', null).executeTakeFirst() !== undefined
}

export const saveTotp = (tx: Tx, agentId: string, secret: Buffer) => tx.insertInto('totp').values({ agent_id: agentId, secret, last_step: 0 })
  .onConflict((conflict) => conflict.column('agent_id').doUpdateSet({ secret, confirmed_at: null, last_step: 0 })).execute()

export const confirmTotp = (tx: Tx, agentId: string, at: Date, step: number) =>
  tx.updateTable('totp').set({ confirmed_at: at, last_step: step }).where('agent_id', '=', agentId).execute()

export const saveStep = (tx: Tx, agentId: string, step: number) => tx.updateTable('totp').set({ last_step: step }).where('agent_id', '=', agentId).execute()

/** @returns whether there was one. */
export async function deleteTotp(tx: Tx, agentId: string): Promise<boolean> {
  await tx.deleteFrom('recovery_code').where('agent_id', '=', agentId).execute()
  const { numDeletedRows } = await tx.deleteFrom('totp').where('agent_id', '=', agentId).executeTakeFirst()
  return numDeletedRows > 0n
}

export async function saveRecoveryCodes(tx: Tx, agentId: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.deleteFrom('recovery_code').where('agent_id', '=', agentId).execute()
  await tx.insertInto('recovery_code').values(hashes.map((hash) => ({ agent_id: agentId, hash }))).execute()
}

/** Uses a recovery code up. @returns false when it is none of the agent's, or was used. */
export async function useRecoveryCode(tx: Tx, agentId: string, hash: Buffer, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('recovery_code').set({ used_at: at }).where('agent_id', '=', agentId).where('hash', '=', hash).where('used_at', 'is', null).executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function recoveryCodesLeft(db: Db | Tx, agentId: string): Promise<number> {
  const row = await db.selectFrom('recovery_code').select(({ fn }) => fn.countAll<number>().as('count')).where('agent_id', '=', agentId).where('used_at', 'is', null).executeTakeFirstOrThrow()
  return Number(row.count)
}
