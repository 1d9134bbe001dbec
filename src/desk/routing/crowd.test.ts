import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { setPresence } from '#people'
import type { Actor } from '#platform'
import { runSql } from '../../../test/support/cluster.ts'
import { changeCase } from '../cases/service.ts'
import type { Staffing } from '../ports.ts'
import { openScene, robot, type Scene } from '../testing/scene.ts'
import { assignRound, routeAll } from './router.ts'
import { changeQueueRouting } from './service.ts'

let scene: Scene
let crew: Actor[]
const CAPACITY = 6
const staffing: Staffing = { onShift: async (_db, ids) => new Set(ids) }
const asOwner = (statements: string) => runSql(scene.ownerUrl, statements)

beforeAll(async () => {
  scene = await openScene()
  const team = await scene.team('crew')
  crew = await Promise.all(['Ana', 'Ben', 'Cleo', 'Dan', 'Eve', 'Fay'].map((name) => scene.agent(name, { teamId: team })))
  await scene.db.updateTable('agent').set({ capacity: CAPACITY, presence: 'available' }).execute()
  await scene.run(robot, (work) => changeQueueRouting(work, 'general', { mode: 'push', weights: { form: 2 } }))
  await scene.queue('pulled')
  await auditRoom()
})
const children = new Set<ChildProcess>()
afterEach(() => children.forEach((child) => child.kill('SIGKILL')))
afterAll(() => scene.close())

/** When what was routed is about to be durable, counts anew what its agent holds then: what was promised at that instant. */
async function auditRoom() {
  await asOwner(`create table audit (agent_id uuid, load int, capacity int);
    create function audit_room() returns trigger language plpgsql as $$ begin
      insert into audit select a.id, sum(case c.channel when 'form' then 2 else 1 end), a.capacity from agent a
        join "case" c on c.assignee_id = a.id and c.status in ('new', 'open') and c.removed is null where a.id = new.agent_id group by a.id;
      return null; end $$;
    create constraint trigger audit_room after insert or update on routing_given deferrable initially deferred for each row execute function audit_room()`)
}
const audit = async () => (await sql<{ rounds: number; above: number; full: number }>`select count(*)::int as rounds, count(*) filter (where load > capacity)::int as above, count(*) filter (where load = capacity)::int as full from audit`.execute(scene.db)).rows[0]!

async function start(part: string, seed: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'testing/crowd.ts'), scene.ownerUrl, part, String(seed)], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.add(child)
  await once(child.stdout, 'data')
  return child
}
async function finish(child: ChildProcess): Promise<number | null> {
  child.stdin?.end()
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

interface Told { case_number: number; kind: string; data: { from?: string | null; to?: string | null; how?: string } }

/** Walks the facts of every case: whoever gives it must have found it as the fact before left it. @returns what was given to two. */
async function givenTwice(): Promise<number[]> {
  const { rows } = await sql<Told>`select case_number, kind, data from event where kind in ('case.assigned', 'case.unassigned') order by case_number, id`.execute(scene.db)
  const holders = new Map<number, string | null>()
  return rows.flatMap(({ case_number: number, data }) => {
    const wrong = (holders.get(number) ?? null) !== (data.from ?? null)
    holders.set(number, data.to ?? null)
    return wrong ? [number] : []
  })
}

test('several routers and people who take, solve and reopen at the same time, one of them killed: nothing goes to two, nobody is given more than their room, all is given in the end', async () => {
  for (let index = 0; index < 60; index++) await scene.open({ customer: { email: `first${index % 7}@customer.test` } })
  const [victim, ...others] = await Promise.all([start('route', 1), start('route', 2), start('route', 3), start('work', 4), start('work', 5)])
  const rounds = async (least: number) => expect.poll(async () => (await audit()).rounds, { timeout: 40_000 }).toBeGreaterThan(least)
  await rounds(20)
  victim!.kill('SIGKILL')
  await rounds(45)
  expect(await Promise.all(others.map(finish))).toEqual([0, 0, 0, 0])
  const found = await audit()
  expect(found.above).toBe(0)
  // The room was used to its end, so that one more would have shown.
  expect(found.full).toBeGreaterThan(0)
  await scene.db.updateTable('agent').set({ capacity: 1_000 }).execute()
  await routeAll(scene.perform, robot, staffing)
  expect(await sql`select number from "case" where assignee_id is null and status in ('new', 'open')`.execute(scene.db)).toMatchObject({ rows: [] })
  expect(await givenTwice()).toEqual([])
}, 120_000)

/** Locks of agents, held or waited for. */
const agentLocks = async (granted: boolean) => (await sql<{ n: number }>`select count(*)::int as n from pg_locks
  where locktype = 'advisory' and classid = 73054 and objsubid = 2 and database = (select oid from pg_database where datname = current_database()) and granted = ${granted}`.execute(scene.db)).rows[0]!.n

async function emptied() {
  await scene.db.updateTable('case').set({ removed: 'trash', removed_at: new Date() }).execute()
  await scene.db.updateTable('agent').set({ presence: 'off', capacity: 1 }).execute()
  const [ana] = crew
  await scene.run(robot, (work) => setPresence(work, ana!.id, 'available'))
  return ana!
}

test('whoever takes by hand while a round counts waits for it', async () => {
  const ana = await emptied()
  // Of a queue that is pulled, so that no lock on the case itself stands between them.
  const [first, second] = [await scene.open({ priority: 'urgent' }), await scene.open({ queue: 'pulled' })]
  const [gate, given] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const round = scene.run(robot, async (work) => { const count = await assignRound(work, staffing); given.resolve(); await gate.promise; return count })
  await given.promise
  const taking = scene.run(ana, (work) => changeCase(work, second.number, { assignee: 'me' }))
  // Seen in the database, and not guessed by time.
  await expect.poll(() => agentLocks(false)).toBe(1).finally(() => gate.resolve())
  expect(await round).toBe(1)
  expect((await taking).assigneeId).toBe(ana.id)
  expect((await scene.row(first.number)).assignee_id).toBe(ana.id)
})

test('a round leaves out whoever is just taking something, and counts it the next time', async () => {
  const ana = await emptied()
  const [first, second] = [await scene.open(), await scene.open()]
  const [gate, taken] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const taking = scene.run(ana, async (work) => { await changeCase(work, first.number, { assignee: 'me' }); taken.resolve(); await gate.promise })
  await taken.promise
  const meanwhile = await scene.run(robot, (work) => assignRound(work, staffing)).finally(() => gate.resolve())
  await taking
  expect(meanwhile).toBe(0)
  expect(await scene.run(robot, (work) => assignRound(work, staffing))).toBe(0)
  expect((await scene.row(second.number)).assignee_id).toBeNull()
})

test('a planted fault: without the lock of whoever takes, somebody is given more than their room, and the audit says so', async () => {
  const ana = await emptied()
  await scene.db.deleteFrom('routing_given').execute()
  await asOwner('truncate audit; alter table "case" disable trigger case_load_update')
  // Of a queue that is pulled, so that no lock on the case itself stands between them.
  const [first, second] = [await scene.open({ priority: 'urgent' }), await scene.open({ queue: 'pulled' })]
  const [gate, given] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const round = scene.run(robot, async (work) => { await assignRound(work, staffing); given.resolve(); await gate.promise })
  await given.promise
  await scene.run(ana, (work) => changeCase(work, second.number, { assignee: 'me' }))
  gate.resolve()
  await round
  await asOwner('alter table "case" enable trigger case_load_update')
  expect((await scene.row(first.number)).assignee_id).toBe(ana.id)
  expect((await audit()).above).toBe(1)
})
