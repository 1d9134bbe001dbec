import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { openHouse, type House } from './house.ts'
import { ask, type Where } from './traffic.ts'

/** Two instances on one database, and a look into that database. */
export interface Pair {
  house: House
  rows<T>(statement: string, values?: unknown[]): Promise<T[]>
  close(): Promise<void>
}

export async function openPair(): Promise<Pair> {
  const house = await openHouse(2, { DEMO: '0', UNDO_SEND_SECONDS: '0', SMTP_URL: '' })
  const client = new pg.Client({ connectionString: house.databaseUrl ?? '' })
  await client.connect()
  return {
    house, rows: async <T>(statement: string, values: unknown[] = []) => (await client.query<T & pg.QueryResultRow>(statement, values)).rows,
    close: async () => {
      await client.end()
      await house.close()
    },
  }
}

/** One request that must not be refused. @returns its answer */
export async function must(where: Where, method: string, path: string, body?: unknown) {
  const answer = await ask(where, method, path, body, method === 'POST' ? { 'idempotency-key': randomUUID() } : {})
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
