import { createHash } from 'node:crypto'
import type { Db, Tx } from '../db/database.ts'
import { refusals } from '../refusal.ts'
import { refuse as refuseRequest } from '../refusal.ts'

const refuse = refusals({
  'idempotency.invalid': [400, 'An Idempotency-Key has 1 to 200 printable characters'],
  'idempotency.secret': [409, 'This was done already; its answer held a secret and is not kept'],
})

export interface KeptAnswer {
  status: number
  headers: Record<string, string>
  body: unknown
}

export interface KeyedRequest {
  actor: string
  key: string
  method: string
  url: string
  body: unknown
}

export function readKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(header)) throw refuse('idempotency.invalid')
  return header
}

const fingerprint = (request: KeyedRequest) =>
  createHash('sha256').update(`${request.method} ${request.url}\n`).update(JSON.stringify(request.body) ?? '').digest()

const PENDING = 0

/**
 * Takes the key inside the verb's transaction. A second request with the same key waits here until the first has committed.
 * @returns the kept answer of an earlier request; null when this one is the first.
 */
export async function takeKey(tx: Tx, request: KeyedRequest): Promise<KeptAnswer | null> {
  const print = fingerprint(request)
  const mine = await tx.insertInto('idempotency')
    .values({ actor: request.actor, key: request.key, request: print, status: PENDING, headers: '{}', body: null })
    .onConflict((conflict) => conflict.doNothing()).returning('key').executeTakeFirst()
  if (mine) return null
  const kept = await tx.selectFrom('idempotency').select(['request', 'status', 'headers', 'body'])
    .where('actor', '=', request.actor).where('key', '=', request.key).executeTakeFirstOrThrow()
  if (!kept.request.equals(print)) throw refuseRequest('idempotency.reused')
  if (kept.status === PENDING) throw refuse('idempotency.secret')
  return { status: kept.status, headers: textRecord(kept.headers), body: kept.body }
}

export async function keepAnswer(tx: Tx, request: KeyedRequest, answer: KeptAnswer): Promise<void> {
  await tx.updateTable('idempotency').set({ status: answer.status, headers: JSON.stringify(answer.headers), body: JSON.stringify(answer.body ?? null) })
    .where('actor', '=', request.actor).where('key', '=', request.key).execute()
}

export async function forgetAnswers(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('idempotency').where('at', '<', before).execute()
}

const textRecord = (value: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(typeof value === 'object' && value !== null ? value : {}).map(([name, text]) => [name, String(text)]))
