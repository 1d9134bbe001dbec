import { sql } from 'kysely'
import { deskFollowers } from '#desk'
import { enrol, followOnce, migrate, newId, openDatabase, performer, sealAll, system, systemClock, type Db } from '#platform'
import { openServer } from './ground.ts'
import { atLeast, type Finding } from './table.ts'

const AGENTS = 300
const CASES = 5_000
const FACTS = 6_000
const FACTS_A_SECOND_MIN = 1_000

/** How many facts a second the follower makes notices of, each of which concerns one to three people, while people read some of them. */
export async function notices(): Promise<Finding> {
  const server = await openServer()
  await migrate(server.ownerUrl)
  const { db, close } = openDatabase(server.ownerUrl, 4)
  const follower = deskFollowers({ poke: () => {} }).find(({ name }) => name === 'desk.notices')
  if (!follower) throw new Error('nobody makes notices')
  try {
    const agents = await people(db)
    const cases = await casesOf(db, agents)
    const perform = performer(db, systemClock, () => {})
    await enrol(db, follower.name)
    for (let from = 0; from < FACTS; from += 100) {
      await perform(system('bench'), async (work) => { for (let n = from; n < from + 100; n++) work.tell('desk', factFor(n, cases[(n * 7919) % CASES] ?? 0, agents)) })
    }
    await sealAll(db)
    const began = performance.now()
    let batches = 0
    while (await followOnce(perform, follower) > 0) {
      batches += 1
      if (batches % 10 === 0) await sql`update notice set read_at = now() where read_at is null and agent_id = any(${agents.slice(0, AGENTS / 3)}::uuid[])`.execute(db)
    }
    const rate = FACTS / ((performance.now() - began) / 1_000)
    const { rows: [made] } = await sql<{ rows: number; events: number; most: number }>`select count(*)::int as rows, sum(count)::int as events, (select max(n)::int from (select count(*) as n from notice where read_at is null group by agent_id) x) as most from notice`.execute(db)
    return {
      title: `notices (${AGENTS} people, ${CASES} cases)`, columns: ['facts', 'facts/s', 'told', 'notices', 'unread of one person at most'],
      rows: [[FACTS, rate, made?.events ?? 0, made?.rows ?? 0, made?.most ?? 0]], promises: [atLeast('facts a second', rate, FACTS_A_SECOND_MIN, '/s')],
    }
  } finally {
    await close()
    await server.stop()
  }
}

function factFor(n: number, number: number, agents: readonly string[]) {
  const agent = agents[n % AGENTS] ?? ''
  if (n % 10 < 6) return { kind: 'message.received' as const, case: number, data: { message: newId(), rule: 'reference' } }
  if (n % 10 < 8) return { kind: 'note.written' as const, case: number, data: { message: newId(), mentions: [agent] } }
  return { kind: 'case.assigned' as const, case: number, data: { to: agent, how: 'routed' } }
}

async function people(db: Db): Promise<string[]> {
  const ids = Array.from({ length: AGENTS }, () => newId())
  await db.insertInto('agent').values(ids.map((id) => ({ id, name: 'Bench', email: `${id}@bench.test` }))).execute()
  await db.insertInto('agent_role').values(ids.map((id) => ({ agent_id: id, role: 'agent' }))).execute()
  return ids
}

/** Each case has somebody, and a colleague who watches it. */
async function casesOf(db: Db, agents: readonly string[]): Promise<number[]> {
  const customer = newId()
  await db.insertInto('customer').values({ id: customer, name: 'Bench' }).execute()
  const { rows } = await sql<{ number: number }>`with opened as (insert into "case" (id, subject, channel, queue_id, customer_id, assignee_id, opened_at, updated_at, status_at, last_message_at)
      select gen_random_uuid(), 'Bench', 'email', (select id from queue where standard), ${customer}::uuid, (${[...agents]}::uuid[])[1 + n % ${AGENTS}], now(), now(), now(), now() from generate_series(1, ${CASES}) n returning id, number),
    watched as (insert into case_watch (case_id, agent_id, state, how, at) select id, (${[...agents]}::uuid[])[1 + (number * 13) % ${AGENTS}], 'watching', 'hand', now() from opened)
    select number from opened`.execute(db)
  return rows.map(({ number }) => number)
}
