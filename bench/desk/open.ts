import pg from 'pg'
import type { Desk } from './operations.ts'

/** What operations work on: numbers of cases by what they are for, words as rare and as common as they are. */
export async function openDesk({ ownerUrl, url, token }: { ownerUrl: string; url: string; token: string }): Promise<Desk> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const column = async <T>(statement: string): Promise<T[]> => (await client.query<{ value: T }>(statement)).rows.map(({ value }) => value)
  const atHand = await column<string>(`select number as value from "case" where status in ('new', 'open', 'pending', 'on_hold') order by md5(id::text) limit 2000`)
  const anywhere = await column<string>(`select number as value from "case" where number % 97 = 3 order by md5(id::text) limit 500`)
  const agents = await column<string>(`select id as value from agent where deactivated_at is null order by id`)
  const accounts = await column<string>(`select id as value from account order by md5(id::text) limit 200`)
  const payments = await column<string>(`select substring(text from 'pi_3[A-Za-z0-9]{14}') as value from message where case_id in (select id from "case" where number % 97 = 5 limit 2000) and text like '%pi_3%' limit 200`)
  const names = await column<string>(`select name as value from account order by md5(id::text) limit 200`)
  const [bytes] = await column<string>('select pg_database_size(current_database()) as value')
  await client.end()
  const ask: Desk['ask'] = async (method, path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method, headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer).slice(0, 300)}`)
    return answer
  }
  return { ask, atHand: atHand.map(Number), anywhere: anywhere.map(Number), agents, accounts, payments, names, bytes: Number(bytes) }
}
