import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { DB } from '#tables'
import { preparing } from './prepared.ts'

export type Db = Kysely<DB>
export type Tx = Transaction<DB>

// Every int8 of ours (case numbers, log positions, sizes) stays below 2^53, so a number is exact; sums of money never leave as int8 columns of ours.
const INT8 = 20
pg.types.setTypeParser(INT8, Number)

const APPLICATION_ROLE = 'meridian_app'

/** The program's own pool works as the limited role: the log can be read and added to, not rewritten. */
export function openDatabase(ownerUrl: string, size: number): { db: Db; pool: pg.Pool; close(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: ownerUrl, max: size, options: `-c role=${APPLICATION_ROLE}`, application_name: 'meridian',
    idleTimeoutMillis: 30_000, connectionTimeoutMillis: 10_000, keepAlive: true,
  })
  // A connection that breaks while idle (a database restart) is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: preparing(pool) }) })
  return { db, pool, close: () => db.destroy() }
}

/** True for faults of the connection (restart, failover, network, no place for one more), after which the same work may be tried again. */
export function isConnectionFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return /^(08|57P0[123]|53300)/.test(code) || ['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT'].includes(code)
    || /Connection terminated|timeout exceeded when trying to connect|the database system is/.test(error.message)
}

/** The name of the constraint that refused a write (23xxx), or null: turns a race into a refusal instead of a fault. */
export function violatedConstraint(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('constraint' in error)) return null
  return typeof error.code === 'string' && error.code.startsWith('23') && typeof error.constraint === 'string' ? error.constraint : null
}
