import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { runSql, withDatabase } from '../../../test/support/cluster.ts'
import { openWorld, type World } from '../../../test/support/world.ts'
import { system } from '../actor.ts'
import { systemClock } from '../clock.ts'
import { openDatabase, type Db } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { startEmbedded } from '../embedded/launcher.ts'
import { performer } from '../work/work.ts'
import type { JobSpec } from '../work/enqueue.ts'
import type { JobTable, Repeating } from './model.ts'
import { startJobs, type JobsRunning } from './runner.ts'
import { countJobs, deadLetters, discardDeadLetter, replayDeadLetter } from './store.ts'

vi.setConfig({ testTimeout: 60_000 })
let world: World
const running: { stop(): Promise<void> }[] = []
beforeEach(async () => { world = await openWorld() })
afterEach(async () => {
  for (const instance of running.splice(0)) await instance.stop()
  await world.close()
})

/** An instance that works off jobs, with its own pool. */
async function instance(table: JobTable, repeating: Repeating[] = [], ownerUrl = world.ownerUrl): Promise<{ jobs: JobsRunning; db: Db; faults: string[] }> {
  const { db, pool, close } = openDatabase(ownerUrl, 8)
  const faults: string[] = []
  const jobs = await startJobs({ ownerUrl, db, pool, perform: performer(db, systemClock, () => {}), table, repeating, concurrency: 4, fault: (_error, job) => void faults.push(job) })
  running.push({ stop: async () => { await jobs.stop(); await close() } })
  return { jobs, db, faults }
}

const enqueue = (...jobs: JobSpec[]) => world.perform(system('test'), async (work) => jobs.forEach((job) => work.enqueue(job)))
const rows = async () => (await sql<{ attempts: number; last_error: string | null; wait: number; locked: boolean }>`select attempts, last_error, locked_at is not null as locked,
  extract(epoch from run_at - now())::float as wait from graphile_worker._private_jobs order by id`.execute(world.db)).rows

test('a job is written with its change, done soon after, and knows who it is and which try this is', async () => {
  const done: unknown[] = []
  await instance({ 'test.note': async (payload, { actor, attempt, attemptsMax }) => void done.push([payload, actor.kind, actor.id, attempt, attemptsMax]) })
  await enqueue({ name: 'test.note', payload: { n: 1 } })
  await expect.poll(() => done).toEqual([[{ n: 1 }, 'system', 'test.note', 1, 12]])
  await expect.poll(rows).toEqual([])
})

test('no job without the change', async () => {
  const undone = world.perform(system('test'), async (work) => { work.enqueue({ name: 'test.note', payload: {} }); throw new Error('planted') })
  await expect(undone).rejects.toThrow('planted')
  expect(await rows()).toEqual([])
})

test('a failed job is tried again, later each time', async () => {
  const { faults } = await instance({ 'test.fail': async () => { throw new Error('planted') } })
  await enqueue({ name: 'test.fail', payload: {} })
  await expect.poll(async () => (await rows())[0]?.last_error).toBe('planted')
  const waits: number[] = []
  for (let attempts = 1; attempts <= 3; attempts++) {
    await expect.poll(async () => { const [row] = await rows(); return [row?.attempts, row?.locked] }).toEqual([attempts, false])
    waits.push((await rows())[0]!.wait)
    await sql`update graphile_worker._private_jobs set run_at = now()`.execute(world.db)
    await sql`select pg_notify('jobs:insert', '')`.execute(world.db)
  }
  expect(waits[0]).toBeGreaterThan(1)
  expect(waits[1]! - waits[0]!).toBeGreaterThan(2)
  expect(waits[2]! - waits[1]!).toBeGreaterThan(8)
  expect(faults.slice(0, 3)).toEqual(['test.fail', 'test.fail', 'test.fail'])
})

test('what used up its tries is a dead letter: listed, tried again when asked, given up when asked', async () => {
  let broken = true
  const done: unknown[] = []
  await instance({ 'test.fragile': async (payload) => { if (broken) throw new Error('planted'); done.push(payload) } })
  await enqueue({ name: 'test.fragile', payload: { n: 1 }, attemptsMax: 1 }, { name: 'test.fragile', payload: { n: 2 }, attemptsMax: 1 }, { name: 'test.fragile', payload: { n: 3 }, attemptsMax: 1 })
  await expect.poll(async () => (await deadLetters(world.db, 10, null)).length).toBe(3)
  const letters = await deadLetters(world.db, 10, null)
  expect(letters.map(({ payload, job, attempts, lastError }) => [payload, job, attempts, lastError])).toEqual([3, 2, 1].map((n) => [{ n }, 'test.fragile', 1, 'planted']))
  expect(await deadLetters(world.db, 10, Number(letters[1]!.id))).toHaveLength(1)
  expect(await countJobs(world.db)).toEqual({ waiting: 0, running: 0, dead: 3 })
  broken = false
  expect(await world.perform(system('test'), ({ tx }) => replayDeadLetter(tx, letters[0]!.id))).toBe('test.fragile')
  expect(await world.perform(system('test'), ({ tx }) => discardDeadLetter(tx, letters[1]!.id))).toBe('test.fragile')
  await expect.poll(() => done, { timeout: 5_000 }).toEqual([{ n: 3 }])
  expect((await deadLetters(world.db, 10, null)).map(({ id }) => id)).toEqual([letters[2]!.id])
  for (const verb of [replayDeadLetter, discardDeadLetter]) expect(await world.perform(system('test'), ({ tx }) => verb(tx, letters[1]!.id))).toBe(null)
})

test('a job of a kind that this program does not know waits for one that does', async () => {
  await instance({ 'test.note': async () => {} })
  await enqueue({ name: 'test.unknown', payload: {} })
  await sleep(300)
  expect(await rows()).toMatchObject([{ attempts: 0, locked: false }])
})

test('two instances do each job once', async () => {
  const done: number[] = []
  const table: JobTable = { 'test.count': async ({ n }) => { await sleep(Math.random() * 4); done.push(Number(n)) } }
  await Promise.all([instance(table), instance(table)])
  for (let from = 0; from < 200; from += 20) await enqueue(...Array.from({ length: 20 }, (_, index) => ({ name: 'test.count', payload: { n: from + index } })))
  await expect.poll(() => done.length, { timeout: 10_000 }).toBe(200)
  await sleep(100)
  expect([...done].sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, n) => n))
})

test('jobs of one queue run one after the other, and a key replaces what has not begun', async () => {
  let [together, most] = [0, 0]
  const seen: unknown[] = []
  await enqueue(...[1, 2, 3, 4].map((n) => ({ name: 'test.row', payload: { n }, queue: 'one by one' })), ...[5, 6, 7].map((n) => ({ name: 'test.row', payload: { n }, key: 'the same' })))
  await instance({ 'test.row': async ({ n }) => {
    if (Number(n) < 5) most = Math.max(most, ++together)
    await sleep(20)
    if (Number(n) < 5) together--
    seen.push(n)
  } })
  await expect.poll(() => seen.length, { timeout: 8_000 }).toBe(5)
  expect([most, seen.filter((n) => Number(n) >= 5)]).toEqual([1, [7]])
})

test('the jobs of an instance that was killed are taken up by another', async () => {
  const victim = spawn(process.execPath, [join(import.meta.dirname, '../testing/worker.ts'), world.ownerUrl], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void victim.kill('SIGKILL'))
  await enqueue({ name: 'test.hang', payload: { n: 1 } })
  await once(victim.stdout, 'data')
  const done: unknown[] = []
  await instance({ 'test.hang': async (payload) => void done.push(payload) })
  await sleep(500)
  expect(done).toEqual([])
  victim.kill('SIGKILL')
  await expect.poll(() => done, { timeout: 12_000 }).toEqual([{ n: 1 }])
})

test('a job that was taken under a name for which no instance answers is given back', async () => {
  await enqueue({ name: 'test.note', payload: { n: 1 }, queue: 'a row' })
  await sql`update graphile_worker._private_jobs set locked_at = now() - interval '1 minute', locked_by = 'pool-nobody', attempts = 1`.execute(world.db)
  await sql`update graphile_worker._private_job_queues set locked_at = now() - interval '1 minute', locked_by = 'pool-nobody'`.execute(world.db)
  const done: unknown[] = []
  await instance({ 'test.note': async (payload) => void done.push(payload) })
  await expect.poll(() => done, { timeout: 15_000 }).toEqual([{ n: 1 }])
})

test('stopping waits for what is under way and takes nothing more; what takes too long is told to end', async () => {
  const done: string[] = []
  const { jobs, db } = await instance({
    'test.slow': async () => { await sleep(600); done.push('slow') },
    'test.endless': (_payload, { signal }) => new Promise((_resolve, reject) => { signal.addEventListener('abort', () => { done.push('told'); reject(new Error('told to end')) }) }),
  })
  await enqueue({ name: 'test.slow', payload: {} }, { name: 'test.endless', payload: {} })
  await expect.poll(async () => (await rows()).every(({ locked }) => locked)).toBe(true)
  const stopping = jobs.stop()
  await sleep(100)
  await enqueue({ name: 'test.slow', payload: {} })
  await stopping
  expect(done).toEqual(['slow', 'told'])
  expect((await rows()).map(({ attempts, locked }) => [attempts, locked])).toEqual([[1, false], [0, false]])
  expect(await db.selectFrom('instance').selectAll().execute()).toEqual([])
  running.splice(0)
  await db.destroy()
})

test('a repeating job that was due while nobody ran is made up for, once over all instances', async () => {
  await sql`insert into graphile_worker._private_known_crontabs as k (identifier, known_since, last_execution) values ('test.nightly', now() - interval '9 days', now() - interval '2 days')`.execute(world.db)
  const done: unknown[] = []
  const hour = new Date(Date.now() - 3 * 3_600_000).getUTCHours()
  const table: JobTable = { 'test.nightly': async (payload) => void done.push(payload) }
  const nightly = [{ job: 'test.nightly', schedule: `7 ${hour} * * *`, madeUpHours: 23 }]
  await Promise.all([instance(table, nightly), instance(table, nightly), instance(table, nightly)])
  await expect.poll(() => done.length, { timeout: 5_000 }).toBe(1)
  await sleep(500)
  expect(done).toHaveLength(1)
})

test('what became of a job cannot be noted while the database is away: that is waited for, and the job is done once', async () => {
  const name = new URL(world.ownerUrl).pathname.slice(1)
  const server = withDatabase(world.ownerUrl, 'postgres')
  const tries: number[] = []
  const { faults } = await instance({
    'test.cutOff': async (_payload, { attempt }) => {
      tries.push(attempt)
      await runSql(server, `alter database ${name} allow_connections false`)
      await runSql(server, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
    },
  })
  await enqueue({ name: 'test.cutOff', payload: {} })
  await expect.poll(() => faults, { timeout: 10_000 }).toContain('runner')
  await runSql(server, `alter database ${name} allow_connections true`)
  await expect.poll(async () => rows().catch(() => null), { timeout: 15_000 }).toEqual([])
  expect(tries).toEqual([1])
})

test('an instance whose connections broke takes another lock, and gives back a job that the database gave out with its last breath', async () => {
  const done: unknown[] = []
  await instance({ 'test.note': async (payload) => void done.push(payload) })
  const self = () => world.db.selectFrom('instance').select(['worker_ids', 'lock_key']).executeTakeFirstOrThrow()
  await expect.poll(async () => (await self()).worker_ids).toHaveLength(1)
  const { worker_ids: names, lock_key: before } = await self()
  await runSql(world.ownerUrl, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'meridian life' and datname = current_database()")
  await world.perform(system('test'), async (work) => {
    work.enqueue({ name: 'test.note', payload: { n: 1 }, queue: 'a row', runAt: new Date(Date.now() + 3_600_000) })
  })
  await sql`update graphile_worker._private_jobs set run_at = now(), locked_at = now() - interval '1 minute', locked_by = ${names[0]}, attempts = 1`.execute(world.db)
  await sql`update graphile_worker._private_job_queues set locked_at = now() - interval '1 minute', locked_by = ${names[0]}`.execute(world.db)
  await expect.poll(() => done, { timeout: 15_000 }).toEqual([{ n: 1 }])
  const { lock_key: after } = await self()
  expect(after).not.toBe(before)
  const free = async (key: number) => (await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(${key}) as free`.execute(world.db)).rows[0]?.free
  expect([await free(before), await free(after)]).toEqual([true, false])
})

test('a database that dies and comes back: jobs go on by themselves', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'meridian-test-'))
  const server = await startEmbedded({ dir: join(dir, 'postgres'), volatile: true, log: () => {} })
  onTestFinished(async () => { await server.stop(); rmSync(dir, { recursive: true, force: true }) })
  await migrate(server.ownerUrl)
  const done: number[] = []
  const { db } = await instance({ 'test.slow': async ({ n }) => { await sleep(150); done.push(Number(n)) } }, [], server.ownerUrl)
  const perform = performer(db, systemClock, () => {})
  await perform(system('test'), async (work) => { for (let n = 0; n < 12; n++) work.enqueue({ name: 'test.slow', payload: { n } }) })
  await expect.poll(() => done.length).toBeGreaterThan(3)
  process.kill(server.pid, 'SIGKILL')
  await expect.poll(() => new Set(done).size, { timeout: 25_000 }).toBe(12)
  await running.pop()?.stop()
})
