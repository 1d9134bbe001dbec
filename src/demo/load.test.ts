import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAccount, createCustomer } from '#accounts'
import { changeCase, createCase, createQueue } from '#desk'
import { createAgent } from '#people'
import { filesOnDisk, sealAll, system, verifyLog, type Files, type Perform } from '#platform'
import { openWorld, type World } from '../../test/support/world.ts'
import { demoJobs } from './jobs.ts'
import { isEmpty, loadSampleCentre } from './load.ts'
import { askForRemoval } from './service.ts'
import { findDemo } from './store.ts'

const now = new Date('2026-03-03T15:40:00Z')
const folder = mkdtempSync(join(tmpdir(), 'meridian-demo-'))
const files: Files = filesOnDisk(folder)
let [one, two]: World[] = []
const said: string[] = []

const load = ({ db }: World, perform: Perform) => loadSampleCentre({ db, perform, files, now, say: (line) => void said.push(line), cases: 60, accounts: 25 })
const world = (): World => {
  if (!one) throw new Error('the world is not open')
  return one
}

beforeAll(async () => {
  [one, two] = await Promise.all([openWorld({ connections: 8, start: now }), openWorld({ connections: 8, start: now })])
  await Promise.all([one, two].map((each) => load(each, each.perform)))
})
afterAll(async () => {
  await Promise.all([one?.close(), two?.close()])
  rmSync(folder, { recursive: true, force: true })
})

/** Everything that people see of the cases, without the ids that differ from one installation to the next. */
const picture = async ({ db }: World) => (await sql`
  select c.number, c.subject, c.status, c.priority, c.topic, c.channel, q.key as queue, a.name as assignee, t.name as team, u.name as customer, b.name as account, c.opened_at, c.solved_at, c.closed_at, c.waiting_since, c.reopens,
    c.replies, c.removed, c.demo, f.number as follows, array(select tag from case_tag where case_id = c.id order by tag) as tags,
    array(select m.at || m.direction || m.visibility || m.standing || m.text || coalesce(m.quoted_text, '') || coalesce(m.delivery, '') || m.masked_cards from message m where m.case_id = c.id order by m.at, m.text) as messages,
    array(select e.at || e.kind from event e where e.case_number = c.number order by e.id) as facts
  from "case" c join queue q on q.id = c.queue_id left join agent a on a.id = c.assignee_id left join team t on t.id = c.team_id join customer u on u.id = c.customer_id left join account b on b.id = c.account_id
    left join "case" f on f.id = c.follow_up_of order by c.number`.execute(db)).rows

const LOG = /^(event.*|log_head|setting|migration|instance)$/
async function rowsOf({ db }: World): Promise<Record<string, number>> {
  await sql`select fold_case_tally()`.execute(db)
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`.execute(db)
  const counted = await Promise.all(rows.filter(({ name }) => !LOG.test(name)).map(async ({ name }) => [name, Number((await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(db)).rows[0]?.n)] as const))
  return Object.fromEntries(counted)
}

test('two loads give the same picture, down to numbers, words and instants', async () => {
  if (!one || !two) throw new Error('the worlds are not open')
  const [left, right] = [await picture(one), await picture(two)]
  expect(left.length).toBeGreaterThanOrEqual(60)
  expect(left).toEqual(right)
})

test('everything is marked, its facts are sealed in one chain, and what was said is what is there', async () => {
  const { db } = world()
  for (const table of ['case', 'customer', 'account', 'agent', 'team', 'site', 'skill']) {
    const { rows } = await sql<{ unmarked: number; all: number }>`select count(*) filter (where not demo) as unmarked, count(*) as all from ${sql.table(table)}`.execute(db)
    expect([table, rows[0]?.unmarked]).toEqual([table, 0])
    expect(rows[0]?.all).toBeGreaterThan(2)
  }
  expect(await findDemo(db)).toMatchObject({ state: 'loaded', queues: { length: 7 }, topics: { length: 46 } })
  await sealAll(db)
  expect(await verifyLog(db)).toMatchObject({ verified: true, firstBroken: null })
  const { rows } = await sql<{ statuses: string[]; waiting: number; cards: number; whole: number }>`select array(select distinct status from "case" order by 1) as statuses, (select count(*) from outgoing_mail) as waiting,
    (select count(*) from message where masked_cards > 0) as cards, (select count(*) from message where text like '%4242 4242 4242 4242%') as whole`.execute(db)
  expect(rows[0]).toMatchObject({ waiting: 0, whole: 0, statuses: expect.arrayContaining(['closed', 'solved', 'pending']) })
  expect(Number(rows[0]?.cards)).toBeGreaterThan(0)
  expect(said[0]).toMatch(/^sample centre: \d+ cases of 25 accounts are being made$/)
})

test('a database that holds anything is left alone', async () => {
  expect(await isEmpty(world().db)).toBe(false)
  const before = await rowsOf(world())
  expect(await load(world(), world().perform)).toBeNull()
  expect(await rowsOf(world())).toEqual(before)
  const used = await openWorld({ start: now })
  await used.perform(system('test'), (work) => createQueue(work, { key: 'mine', name: 'Mine' }))
  expect([await isEmpty(used.db), await load(used, used.perform)]).toEqual([false, null])
  expect((await rowsOf(used))['case']).toBe(0)
  await used.close()
})

test('a loading that was interrupted is taken out and begun again; of two at a time one loads', async () => {
  const fresh = await openWorld({ connections: 8, start: now })
  let units = 0
  await expect(load(fresh, (actor, verb, at) => (++units > 150 ? Promise.reject(new Error('killed')) : fresh.perform(actor, verb, at)))).rejects.toThrow('killed')
  expect(await findDemo(fresh.db)).toMatchObject({ state: 'loading' })
  const outcomes = await Promise.all([load(fresh, fresh.perform), load(fresh, fresh.perform)])
  expect(outcomes.filter((cases) => cases === null)).toHaveLength(1)
  const plain = (rows: unknown[]) => rows.map((row) => JSON.stringify(row).replace(/"(number|follows)":\d+/g, ''))
  expect(plain(await picture(fresh))).toEqual(plain(await picture(world())))
  await fresh.close()
})

test('removed: all of it and nothing else; what real work refers to stays, and the facts', async () => {
  const { db, perform } = world()
  const untouched = await openWorld({ start: now })
  const empty = await rowsOf(untouched)
  await untouched.close()
  const real = system('test')
  const sampleAgent = await db.selectFrom('agent').select(['id', 'name']).where('demo', '=', true).orderBy('name').executeTakeFirstOrThrow()
  const sampleAccount = await db.selectFrom('account').select('id').where('demo', '=', true).orderBy('name').executeTakeFirstOrThrow()
  const own = await perform(real, async (work) => {
    await createAgent(work, { name: 'Real Agent', email: 'real@meridian.test', roles: ['agent'] })
    await createAccount(work, { name: 'Real Business' })
    await createCustomer(work, { name: 'Real Person', addresses: ['real@person.test'], accountId: sampleAccount.id })
    await createQueue(work, { key: 'real', name: 'Real' })
    return createCase(work, { subject: 'A real case', body: 'Real words', customer: { email: 'real@person.test' }, queue: 'payouts', topic: 'payout-missing' })
  })
  await perform(real, (work) => changeCase(work, own.number, { assignee: sampleAgent.id }))
  const facts = await db.selectFrom('event').select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()
  await perform(real, askForRemoval)
  await expect(perform(real, askForRemoval)).rejects.toMatchObject({ code: 'demo.busy', status: 409 })
  const tools = { db, perform, actor: system('demo.remove'), attempt: 1, attemptsMax: 12, signal: new AbortController().signal }
  await demoJobs()['demo.remove']?.({}, tools)
  await demoJobs()['demo.remove']?.({}, tools)
  const left = await rowsOf(world())
  const kept = { account: 2, agent: 2, agent_role: 2, agent_skill: expect.any(Number), case: 1, customer: 1, customer_address: 1, message: 1, participant: 1, search_text_0: 1, queue: (empty['queue'] ?? 0) + 2, site: 1, skill: expect.any(Number), team: 1,
    calendar: 1, calendar_version: 1, site_calendar: expect.any(Number), sla_policy: 1, sla_policy_version: 1, sla_case: 1, sla_clock: 2, sla_entry: expect.any(Number), topic: 1 }
  expect(left).toEqual({ ...empty, ...kept })
  expect(await db.selectFrom('case').select(['number', 'demo', 'assignee_id']).execute()).toEqual([{ number: own.number, demo: false, assignee_id: sampleAgent.id }])
  expect((await db.selectFrom('agent').select('deactivated_at').where('id', '=', sampleAgent.id).executeTakeFirstOrThrow()).deactivated_at).not.toBeNull()
  expect((await db.selectFrom('account').select('demo').where('id', '=', sampleAccount.id).executeTakeFirstOrThrow()).demo).toBe(false)
  expect(Number((await db.selectFrom('event').select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()).n)).toBeGreaterThan(Number(facts.n))
  await sealAll(db)
  expect((await verifyLog(db)).verified).toBe(true)
  expect((await findDemo(db)).state).toBe('removed')
  expect(await load(world(), perform)).toBeNull()
  await expect(perform(real, askForRemoval)).rejects.toMatchObject({ code: 'demo.absent', status: 404 })
})

test('removed from an installation in which nothing was done, nothing is left', async () => {
  if (!two) throw new Error('the world is not open')
  const untouched = await openWorld({ start: now })
  const empty = await rowsOf(untouched)
  await untouched.close()
  await two.perform(system('test'), askForRemoval)
  await demoJobs()['demo.remove']?.({}, { db: two.db, perform: two.perform, actor: system('demo.remove'), attempt: 1, attemptsMax: 12, signal: new AbortController().signal })
  expect(await rowsOf(two)).toEqual(empty)
})
