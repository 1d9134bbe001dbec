import { EventEmitter } from 'node:events'
import { Logger, parseCronItems, run, type Runner } from 'graphile-worker'
import pg from 'pg'
import { system } from '../actor.ts'
import type { Db } from '../db/database.ts'
import { newId } from '../words.ts'
import type { Perform } from '../work/work.ts'
import type { JobTable, Repeating } from './model.ts'
import { releaseDeadInstances, saveInstance } from './store.ts'

export interface JobsRunning {
  /** Takes no further jobs and waits for those under way. */
  stop(): Promise<void>
}

export interface JobsOptions {
  ownerUrl: string
  db: Db
  pool: pg.Pool
  perform: Perform
  table: JobTable
  repeating: readonly Repeating[]
  concurrency: number
  fault: (error: unknown, job: string) => void
}

const LOOK_FOR_DEAD_MS = 5_000

/** Starts working off jobs on this instance. */
export async function startJobs(options: JobsOptions): Promise<JobsRunning> {
  const life = await beginLife(options)
  const taskList = Object.fromEntries(Object.entries(options.table).map(([name, handler]) => [name, async (payload: unknown, helpers: Helpers) => {
    const job = helpers.job
    try {
      await handler(payloadOf(payload), {
        db: options.db, actor: system(name), perform: options.perform, attempt: job.attempts, attemptsMax: job.max_attempts,
        signal: helpers.abortSignal ?? new AbortController().signal,
      })
    } catch (error) {
      options.fault(error, name)
      throw error
    }
  }]))
  const runner: Runner = await run({
    pgPool: options.pool, concurrency: options.concurrency, taskList, noHandleSignals: true, pollInterval: 2_000, events: life.events,
    parsedCronItems: parseCronItems(options.repeating.map(({ job, schedule }) => ({ task: job, match: schedule, identifier: job }))),
    logger: new Logger(() => () => {}),
  })
  runner.promise.catch((error: unknown) => options.fault(error, 'runner'))
  return { stop: async () => { await runner.stop().catch(() => {}); await life.end() } }
}

interface Helpers {
  job: { attempts: number; max_attempts: number }
  abortSignal?: AbortSignal
}

const payloadOf = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {})

/** Holds this instance's lock for as long as it lives, and gives back the jobs of instances that died. */
async function beginLife({ ownerUrl, db, fault }: JobsOptions) {
  const id = newId()
  const lockKey = Math.floor(Math.random() * 2 ** 48)
  const workerIds = new Set<string>()
  const events = new EventEmitter()
  let holder: pg.Client | null = null
  const hold = async () => {
    if (holder) return
    const client = new pg.Client({ connectionString: ownerUrl, application_name: 'meridian life', keepAlive: true })
    client.on('error', () => {})
    client.on('end', () => { holder = null })
    await client.connect()
    await client.query('select pg_advisory_lock($1)', [lockKey])
    holder = client
  }
  await hold()
  await saveInstance(db, id, lockKey, [])
  events.on('worker:create', ({ worker }: { worker: { workerId: string } }) => {
    workerIds.add(worker.workerId)
    void saveInstance(db, id, lockKey, [...workerIds]).catch((error: unknown) => fault(error, 'instance'))
  })
  const look = async () => {
    await hold()
    await saveInstance(db, id, lockKey, [...workerIds])
    await releaseDeadInstances(db, id)
  }
  await look()
  const timer = setInterval(() => void look().catch((error: unknown) => fault(error, 'instance')), LOOK_FOR_DEAD_MS)
  return {
    events,
    end: async () => {
      clearInterval(timer)
      await db.deleteFrom('instance').where('id', '=', id).execute().catch(() => {})
      await holder?.end().catch(() => {})
    },
  }
}
