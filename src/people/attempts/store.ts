import { sql } from 'kysely'
import { newId, type Tx } from '#platform'
import type { Counted } from './model.ts'

/** Whoever tries the same at the same time waits, on every instance: else all of them would see room for one more. */
export async function lockBuckets(tx: Tx, buckets: readonly Buffer[]): Promise<void> {
  const keys = buckets.map((bucket) => bucket.readBigInt64BE(0)).sort((a, b) => (a < b ? -1 : 1))
  for (const key of keys) await sql`select pg_advisory_xact_lock(${key.toString()}::bigint)`.execute(tx)
}

export async function countAttempts(tx: Tx, bucket: Buffer, since: Date): Promise<Counted> {
  const row = await tx.selectFrom('sign_in_attempt').select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('at').as('oldest')])
    .where('bucket', '=', bucket).where('at', '>', since).executeTakeFirstOrThrow()
  return { count: Number(row.count), oldest: row.oldest }
}

/** @returns the ids, by which an attempt that went well is taken back. */
export async function insertAttempts(tx: Tx, buckets: readonly Buffer[], at: Date): Promise<string[]> {
  const rows = buckets.map((bucket) => ({ id: newId(), bucket, at }))
  await tx.insertInto('sign_in_attempt').values(rows).execute()
  return rows.map(({ id }) => id)
}

export const deleteAttempts = (tx: Tx, ids: readonly string[]) => tx.deleteFrom('sign_in_attempt').where('id', '=', sql<string>`any(${[...ids]}::uuid[])`).execute()
export const clearBucket = (tx: Tx, bucket: Buffer) => tx.deleteFrom('sign_in_attempt').where('bucket', '=', bucket).execute()
export const deleteOldAttempts = (tx: Tx, before: Date) => tx.deleteFrom('sign_in_attempt').where('at', '<', before).execute()
