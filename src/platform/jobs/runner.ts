import { setTimeout as sleep } from 'node:timers/promises'
import { Logger, parseCronItems, run, type Runner } from 'graphile-worker'
import type { Pool } from 'pg'
import { system } from '../actor.ts'
import type { Db } from '../db/database.ts'
import type { Perform } from '../work/work.ts'
import { beginLife, type Life } from './life.ts'
import type { JobTable, Repeating } from './model.ts'
import { patientPool } from './patient.ts'

export interface JobsRunning {
  /** Takes no further jobs and waits for those under way; those that take too long are told to end, and are done again later. */
  stop(): Promise<void>
}

export interface JobsOptions {
  ownerUrl: string
  db: Db
  pool: Pool
  perform: Perform
  table: JobTable
  repeating: readonly Repeating[]
  concurrency: number
  fault: (error: unknown, job: string) => void
}

const LOOK_EVERY_MS = 2_000
const MAY_FINISH_MS = 4_000
const MAY_END_MS = 6_000
const BEGIN_AGAIN_MS = 1_000
const HOUR_MS = 3_600_000

/** Starts working off jobs on this instance. */
export async function startJobs(options: JobsOptions): Promise<JobsRunning> {
  const life = await beginLife(options.ownerUrl, options.db, (error) => options.fault(error, 'instance'))
  let stopped = false
  let runner: Runner | null = await begin(options, life)
  // Should the library give up all the same, we begin again.
  const keepRunning = async () => {
    while (!stopped) {
      await runner?.promise.catch((error: unknown) => options.fault(error, 'runner'))
      if (stopped) return
      await sleep(BEGIN_AGAIN_MS)
      runner = await life.giveBack().then(() => begin(options, life)).catch((error: unknown) => {
        options.fault(error, 'runner')
        return null
      })
      if (stopped) await runner?.stop().catch(() => {})
    }
  }
  const running = keepRunning()
  return {
    stop: async () => {
      stopped = true
      // While the database is away the library waits for it; then the others find what we leave.
      await Promise.race([Promise.all([runner?.stop().catch(() => {}), running]), sleep(MAY_END_MS, undefined, { ref: false })])
      await life.end()
    },
  }
}

const begin = (options: JobsOptions, life: Life): Promise<Runner> => run({
  pgPool: patientPool(options.pool, (error) => options.fault(error, 'runner')), concurrency: options.concurrency, taskList: taskListOf(options, life), noHandleSignals: true, pollInterval: LOOK_EVERY_MS, events: life.events,
  gracefulShutdownAbortTimeout: MAY_FINISH_MS,
  parsedCronItems: parseCronItems(options.repeating.map(({ job, schedule, madeUpHours }) => ({
    task: job, match: schedule, identifier: job, ...(madeUpHours ? { options: { backfillPeriod: madeUpHours * HOUR_MS } } : {}),
  }))),
  logger: new Logger(() => () => {}),
})

interface Helpers {
  job: { id: string; attempts: number; max_attempts: number }
  abortSignal?: AbortSignal
}

const taskListOf = ({ table, db, perform, fault }: JobsOptions, life: Life) =>
  Object.fromEntries(Object.entries(table).map(([name, handler]) => [name, async (payload: unknown, { job, abortSignal }: Helpers) => {
    life.underWay.add(job.id)
    try {
      await handler(payloadOf(payload), { db, actor: system(name), perform, attempt: job.attempts, attemptsMax: job.max_attempts, signal: abortSignal ?? new AbortController().signal })
    } catch (error) {
      fault(error, name)
      throw error
    } finally {
      life.underWay.delete(job.id)
    }
  }]))

const payloadOf = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {})
