import { createHash } from 'node:crypto'
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'

/** Statements that come again are prepared, so that the database parses and plans each of them once a connection and not once a use. */

const NAMED_MAX = 500
const names = new Map<string, string | null>()
let generation = 0

/** The name under which a statement is prepared: from its second use on, and for as many as a connection can well hold. */
function nameOf(statement: string): string | undefined {
  const known = names.get(statement)
  if (known) return known
  if (known === undefined) {
    if (names.size < NAMED_MAX) names.set(statement, null)
    return undefined
  }
  const name = createHash('sha256').update(`${generation} ${statement}`).digest('base64url').slice(0, 24)
  names.set(statement, name)
  return name
}

/** A migration beside us changed what a prepared statement answers: from now on all are prepared anew, under other names. */
function forgetNames() {
  generation += 1
  names.clear()
}

/** PostgreSQL's words for it; within a transaction, which is lost then, the whole unit of work is done again. */
export const isStalePlan = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '0A000' && error.message.includes('cached plan must not change result type')

class PreparingClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient
  constructor(client: pg.PoolClient) { this.#client = client }
  get processID() { return 'processID' in this.#client && typeof this.#client.processID === 'number' ? this.#client.processID : 0 }
  query<R>(statement: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  query(statement: string | PostgresCursor<unknown>, parameters: readonly unknown[] = []): unknown {
    if (typeof statement !== 'string') throw new Error('nothing here reads by cursor')
    const name = parameters.length > 0 ? nameOf(statement) : undefined
    const plain = { text: statement, values: [...parameters] }
    return name === undefined ? this.#client.query(plain) : this.#client.query({ name, ...plain }).catch((error: unknown) => {
      if (!isStalePlan(error)) throw error
      forgetNames()
      return this.#client.query(plain).catch(() => { throw error })
    })
  }
  release(destroy = false) { this.#client.release(destroy) }
}

/** The pool as the query builder sees it. */
export function preparing(pool: pg.Pool): PostgresPool {
  const clients = new WeakMap<pg.PoolClient, PreparingClient>()
  return {
    connect: async () => {
      const client = await pool.connect()
      const known = clients.get(client) ?? new PreparingClient(client)
      clients.set(client, known)
      return known
    },
    end: () => pool.end(),
    options: pool.options,
  }
}
