import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'

/** A job to be done after the change, written with it. */
export interface JobSpec {
  name: string
  payload: Record<string, unknown>
  runAt?: Date
  /** A later job with the same key replaces an earlier one that has not begun. */
  key?: string
  /** Jobs of one queue run one after the other. */
  queue?: string
  /** Smaller runs first; 0 unless told. */
  priority?: number
  attemptsMax?: number
}

const ATTEMPTS_MAX = 12

/** Adds jobs through the job library's own function, so that its rules (keys, queues) hold. */
export async function addJobs(tx: Tx, jobs: readonly JobSpec[]): Promise<void> {
  // Of several with one key the last holds, within a unit of work as between two.
  const keyed = new Map(jobs.map((job, index) => [job.key === undefined ? index : `key ${job.key}`, job]))
  const specs = [...keyed.values()].map((job) => ({
    identifier: job.name, payload: job.payload, run_at: job.runAt ?? null, job_key: job.key ?? null, queue_name: job.queue ?? null,
    priority: job.priority ?? 0, max_attempts: job.attemptsMax ?? ATTEMPTS_MAX,
  }))
  await sql`select graphile_worker.add_jobs(array(
    select (j.identifier, j.payload::json, j.queue_name, j.run_at, j.max_attempts, j.job_key, j.priority, null::text[])::graphile_worker.job_spec
    from jsonb_to_recordset(${JSON.stringify(specs)}::jsonb) as j(identifier text, payload jsonb, queue_name text, run_at timestamptz,
      max_attempts int, job_key text, priority int)))`.execute(tx)
}
