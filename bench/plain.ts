import pg from 'pg'
import { newId } from '#platform'

type Row = Record<string, unknown>

/** The rows that opening one case writes, read back from one that the program opened. */
const WRITTEN: readonly { table: string; where: string }[] = [
  { table: 'customer', where: 'id = (select customer_id from "case" where number = $1)' },
  { table: 'customer_address', where: 'customer_id = (select customer_id from "case" where number = $1)' },
  { table: '"case"', where: 'number = $1' },
  { table: 'participant', where: 'case_id = (select id from "case" where number = $1)' },
  { table: 'message', where: 'case_id = (select id from "case" where number = $1)' },
  { table: 'event', where: 'case_number = $1' },
]

export interface PlainWriter {
  /** How many times a second the rows of one case go in, one transaction a time. */
  perSecond(connections: number, seconds: number): Promise<number>
}

/** The limit: the same rows as the program's, by plain `pg` with prepared statements, and nothing else. */
export async function plainWriter(ownerUrl: string, caseNumber: number): Promise<PlainWriter> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const model: { table: string; rows: Row[] }[] = []
  for (const { table, where } of WRITTEN) model.push({ table, rows: (await client.query<Row>(`select * from ${table} where ${where}`, [caseNumber])).rows })
  const { rows: [top] } = await client.query<{ n: string }>('select max(number) + 1000000 as n from "case"')
  await client.end()
  let next = Number(top!.n)
  return {
    perSecond: async (connections, seconds) => {
      const until = Date.now() + seconds * 1000
      const began = performance.now()
      const counts = await Promise.all(Array.from({ length: connections }, () => writeUntil(ownerUrl, model, until, () => next++)))
      return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - began) / 1000)
    },
  }
}

async function writeUntil(ownerUrl: string, model: { table: string; rows: Row[] }[], until: number, nextNumber: () => number): Promise<number> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  let written = 0
  while (Date.now() < until) {
    const renew = renewal(nextNumber())
    await client.query('begin')
    for (const { table, rows } of model) for (const row of rows) await client.query(insertion(table, Object.entries(row).map(([column, value]) => [column, renew(table, column, value)])))
    for (const { rows } of model.filter(({ table }) => table === 'event')) {
      for (const row of rows) await client.query(insertion('event_unsealed', [['event_id', renew('event', 'id', row['id'])], ['at', row['at']]]))
    }
    await client.query('commit')
    written++
  }
  await client.end()
  return written
}

function insertion(table: string, entries: [string, unknown][]) {
  return {
    name: `plain ${table}`, text: `insert into ${table} (${entries.map(([column]) => `"${column}"`).join(', ')}) values (${entries.map((_, index) => `$${index + 1}`).join(', ')})`,
    values: entries.map(([, value]) => (value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date) && !Buffer.isBuffer(value) ? JSON.stringify(value) : value)),
  }
}

let eventIds = 1_000_000_000

/** New ids for old ones, the same new one wherever the old one stands; numbers, tokens and addresses that must be unique are made so. */
function renewal(number: number) {
  const renewed = new Map<unknown, unknown>()
  const fresh = (value: unknown, make: () => unknown) => renewed.get(value) ?? renewed.set(value, make()).get(value)
  return (table: string, column: string, value: unknown): unknown => {
    if (value === null) return null
    if (column === 'number' || column === 'case_number') return number
    if (column === 'reply_token') return `plain${number}`
    if (column === 'address') return `plain${number}@example.com`
    if (table === 'event' && column === 'id') return fresh(`event ${String(value)}`, () => eventIds++)
    if (column === 'id' || ['case_id', 'customer_id', 'author_id'].includes(column)) return fresh(value, newId)
    return value
  }
}
