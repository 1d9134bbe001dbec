import type { Actor } from '../actor.ts'
import type { Db } from '../db/database.ts'
import type { Perform } from '../work/work.ts'

/** What a job works with. It opens as many units of work as it needs; a job that talks to the network does so outside of them. */
export interface JobTools {
  db: Db
  actor: Actor
  perform: Perform
  /** Which try this is, from 1. */
  attempt: number
  attemptsMax: number
  signal: AbortSignal
}

/** A job runs at least once: it is written so that a second run does no harm. */
export type JobHandler = (payload: Record<string, unknown>, tools: JobTools) => Promise<void>
export type JobTable = Readonly<Record<string, JobHandler>>

/** A job that repeats: `schedule` in cron's five fields, UTC. Instances share it: one of them runs it. */
export interface Repeating {
  job: string
  schedule: string
  /** When no instance ran at its time, it is made up for within this many hours; not at all unless told. */
  madeUpHours?: number
}

export interface DeadLetter {
  id: string
  job: string
  payload: unknown
  attempts: number
  lastError: string | null
  createdAt: Date
  failedAt: Date
}
