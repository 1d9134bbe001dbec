import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { StartProblem } from '../start/problem.ts'

const folder = join(import.meta.dirname, '../../../migrations')
const MIGRATION_LOCK = 73011
const OLDEST_POSTGRES = 150000

/**
 * Brings the database to this program's schema: numbered files, forward only, one transaction each, one instance at a time.
 * @throws StartProblem with one sentence when the server is too old or a migration fails.
 * @returns the names of the migrations that ran now; empty when there was nothing to do.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await refuseOldServer(client)
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query('create table if not exists migration (name text primary key, at timestamptz not null default now())')
    const pending = await pendingMigrations(client)
    for (const name of pending) await apply(client, name)
    if (pending.length > 0 || !(await hasJobs(client))) await prepareJobs(ownerUrl, client)
    return pending
  } finally {
    await client.end()
  }
}

async function refuseOldServer(client: pg.Client) {
  const { rows } = await client.query<{ v: number }>(`select current_setting('server_version_num')::int as v`)
  if (rows[0]!.v < OLDEST_POSTGRES) throw new StartProblem('the database is older than PostgreSQL 15, the oldest that Meridian runs on')
}

async function pendingMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('select name from migration')
  const done = new Set(rows.map((row) => row.name))
  return readdirSync(folder).filter((name) => name.endsWith('.sql') && !done.has(name)).sort()
}

async function apply(client: pg.Client, name: string) {
  await client.query('begin')
  try {
    await client.query(readFileSync(join(folder, name), 'utf8'))
    await client.query('insert into migration (name) values ($1)', [name])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new StartProblem(`migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

async function hasJobs(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(`select to_regclass('graphile_worker._private_jobs') is not null as there`)
  return rows[0]!.there
}

/** The job library keeps its own schema; the limited role may work in it, so that a job is written in the change's own transaction. */
async function prepareJobs(ownerUrl: string, client: pg.Client) {
  await runMigrations({ connectionString: ownerUrl })
  await client.query(`
    grant usage on schema graphile_worker to meridian_app;
    grant select, insert, update, delete on all tables in schema graphile_worker to meridian_app;
    grant usage, select on all sequences in schema graphile_worker to meridian_app;
    grant execute on all functions in schema graphile_worker to meridian_app`)
  const { rows } = await client.query<{ name: string }>(`select relname as name from pg_class c where relnamespace = 'graphile_worker'::regnamespace and relrowsecurity
    and not exists (select from pg_policy where polrelid = c.oid and polname = 'meridian_app')`)
  // The library closes its tables row by row to everybody but their owner.
  for (const { name } of rows) await client.query(`create policy meridian_app on graphile_worker.${pg.escapeIdentifier(name)} to meridian_app using (true) with check (true)`)
}
