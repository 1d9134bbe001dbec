import { sql } from 'kysely'
import type { Db, Tx } from '../db/database.ts'
import type { DeadLetter } from './model.ts'

/** Jobs that used up their attempts, newest first. */
export async function deadLetters(db: Db, limit: number, before: number | null): Promise<DeadLetter[]> {
  const { rows } = await sql<DeadLetter>`select j.id::text as id, t.identifier as job, j.payload, j.attempts, j.last_error as "lastError",
      j.created_at as "createdAt", j.updated_at as "failedAt"
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.attempts >= j.max_attempts and j.locked_at is null and (${before}::bigint is null or j.id < ${before})
    order by j.id desc limit ${limit}`.execute(db)
  return rows
}

/** Gives a dead job its attempts back. @returns the job's name; null when there is no such dead letter. */
export async function replayDeadLetter(tx: Tx, id: string): Promise<string | null> {
  const { rows } = await sql<{ job: string }>`with replayed as (
      update graphile_worker._private_jobs set attempts = 0, run_at = now(), last_error = null, updated_at = now()
      where id = ${id}::bigint and attempts >= max_attempts and locked_at is null returning task_id)
    select t.identifier as job from replayed join graphile_worker._private_tasks t on t.id = replayed.task_id`.execute(tx)
  return rows[0]?.job ?? null
}

export async function discardDeadLetter(tx: Tx, id: string): Promise<string | null> {
  const { rows } = await sql<{ job: string }>`with gone as (
      delete from graphile_worker._private_jobs where id = ${id}::bigint and attempts >= max_attempts and locked_at is null returning task_id)
    select t.identifier as job from gone join graphile_worker._private_tasks t on t.id = gone.task_id`.execute(tx)
  return rows[0]?.job ?? null
}

export interface JobCounts {
  waiting: number
  running: number
  dead: number
}

export async function countJobs(db: Db): Promise<JobCounts> {
  const { rows } = await sql<JobCounts>`select count(*) filter (where attempts < max_attempts and locked_at is null) as waiting,
      count(*) filter (where locked_at is not null) as running,
      count(*) filter (where attempts >= max_attempts and locked_at is null) as dead
    from graphile_worker._private_jobs`.execute(db)
  return rows[0]!
}

export async function saveInstance(db: Db, id: string, lockKey: number, workerIds: string[]): Promise<void> {
  await db.insertInto('instance').values({ id, lock_key: lockKey, worker_ids: workerIds })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ lock_key: lockKey, worker_ids: workerIds })).execute()
}

/** Gives back jobs that were taken under these names, to be tried again at once. */
export async function releaseWorkers(db: Db | Tx, names: readonly string[]): Promise<void> {
  if (names.length > 0) await sql`select graphile_worker.force_unlock_workers(${names}::text[])`.execute(db)
}

/**
 * Gives back jobs that were taken a while ago and that nobody works on: under these names, but not under way here; or under a name that no
 * instance answers for, because it died before it could say so, or was struck off while its connection was broken.
 */
export async function releaseForgotten(db: Db, names: readonly string[], underWay: readonly string[], seconds: number): Promise<void> {
  await sql`with forgotten as (
      update graphile_worker._private_jobs j set locked_at = null, locked_by = null, updated_at = now()
      from (select id, locked_by from graphile_worker._private_jobs where locked_at < now() - make_interval(secs => ${seconds}) for update skip locked) taken
      where j.id = taken.id and case when taken.locked_by = any(${names}::text[]) then j.id <> all(${underWay}::bigint[])
        else not exists (select from instance where taken.locked_by = any(worker_ids)) end
      returning j.job_queue_id, taken.locked_by)
    update graphile_worker._private_job_queues q set locked_at = null, locked_by = null
    from forgotten where q.id = forgotten.job_queue_id and q.locked_by = forgotten.locked_by`.execute(db)
}

/** Gives back the jobs of instances whose lock nobody holds any more. @returns how many instances were found dead. */
export async function releaseDeadInstances(db: Db, self: string): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string; worker_ids: string[] }>`select id, worker_ids from instance
      where id <> ${self}::uuid and pg_try_advisory_xact_lock(lock_key) for update skip locked`.execute(tx)
    for (const dead of rows) {
      await releaseWorkers(tx, dead.worker_ids)
      await tx.deleteFrom('instance').where('id', '=', dead.id).execute()
    }
    return rows.length
  })
}
