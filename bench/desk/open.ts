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
  const ask: Desk['ask'] = async (method, path, body) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method, headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${JSON.stringify(answer).slice(0, 300)}`)
    return answer
  }
  const views = await makeViews(ask)
  return { ask, views, atHand: atHand.map(Number), anywhere: anywhere.map(Number), agents, accounts, payments, names, bytes: Number(bytes), routeAll: (count) => routeAll(client, ask, count), close: () => client.end() }
}

/** Thirty views as a centre has them: by queue, by state, by promise, by person, by business, by time; three of them reach into all that was ever solved. */
async function makeViews(ask: Desk['ask']): Promise<string[]> {
  const queues = ['payouts', 'payments', 'disputes', 'billing', 'developers', 'verification', 'security']
  const queries = [
    ...queues.map((queue) => `is:unsolved queue:${queue}`), ...queues.slice(0, 5).map((queue) => `is:unassigned is:unsolved queue:${queue}`), 'is:unsolved priority:urgent', 'is:unsolved priority:high,urgent segment:enterprise', 'status:pending waiting:none',
    'is:unsolved due:<2h', 'is:unsolved is:overdue', 'status:on_hold', 'status:new', 'is:unsolved tag:vip', 'is:unsolved topic:payout-missing', 'is:unsolved kind:incident', 'is:unsolved waiting:>1d', 'is:unsolved channel:form',
    'is:unsolved language:en segment:startup,smb', 'solved:<7d queue:payouts', 'after:1d', 'status:solved,closed queue:payouts', 'status:closed topic:payout-missing', 'status:solved,closed segment:enterprise',
  ]
  const views: string[] = []
  for (const [index, query] of queries.entries()) views.push(idOf(await ask('POST', '/views', { name: `View ${index}`, query, shared: { with: 'all' } })))
  return views
}

const idOf = (answer: unknown): string => (typeof answer === 'object' && answer !== null && 'id' in answer ? String(answer.id) : '')

const LOOK_MS = 20

async function routeAll(client: pg.Client, ask: Desk['ask'], count: number): Promise<number> {
  const { rows: [queue] } = await client.query<{ id: string }>(`select id from queue where key = 'payouts'`)
  await client.query(`update agent set presence = 'off'`)
  await client.query(`update "case" set assignee_id = null, updated_at = now(), version = version + 1 where number in (select number from "case" where queue_id = '${queue?.id}' and status in ('new', 'open') order by number desc limit ${count})`)
  const waiting = async () => Number((await client.query<{ n: string }>(`select count(*) as n from "case" where queue_id = '${queue?.id}' and assignee_id is null and status in ('new', 'open') and removed is null`)).rows[0]?.n)
  const total = await waiting()
  await client.query(`update agent set capacity = 1000, presence = 'available' where team_id in (select team_id from queue_team where queue_id = '${queue?.id}')`)
  // Told like any change, so that the router is woken as it is in life.
  const began = performance.now()
  await ask('PATCH', `/routing/queues/${queue?.id}`, { mode: 'push' })
  while (await waiting() > 0) {
    if (performance.now() - began > 120_000) throw new Error('routing did not end')
    await new Promise((resolve) => { setTimeout(resolve, LOOK_MS) })
  }
  const took = performance.now() - began
  await ask('PATCH', `/routing/queues/${queue?.id}`, { mode: 'pull' })
  return (took / total) * count
}
