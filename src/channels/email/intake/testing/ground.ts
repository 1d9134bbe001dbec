import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { cloneDatabase } from '../../../../../test/support/world.ts'
import { filesOnDisk, newId, openDatabase, openLogger, performer, systemClock, system, type Db, type JobTable, type Perform } from '#platform'
import { openEmail, type Email, type EmailOptions } from '../../open.ts'
import type { Incoming, NotedBounce } from '../settle.ts'

/** A database of its own with the ways in open on free ports, and a desk that only notes what it is given. */
export interface Ground {
  db: Db
  perform: Perform
  ownerUrl: string
  email: Email
  smtpPort: number
  lmtpPort: number
  counts: Map<string, number>
  /** What the desk and the outgoing side were given, by raw mail. */
  received: Map<string, Incoming>
  bounces: NotedBounce[]
  desk: { fail: ((incoming: Incoming) => void) | null }
  /** Runs the jobs that wait until none is left, failed ones as often as they may. */
  workOff(): Promise<void>
  close(): Promise<void>
}

export async function openGround(overrides: Partial<EmailOptions> = {}): Promise<Ground> {
  const { ownerUrl, drop } = await cloneDatabase()
  await letJobsBeWritten(ownerUrl)
  const { db, pool, close } = openDatabase(ownerUrl, 8)
  const perform = performer(db, systemClock, () => {})
  const folder = mkdtempSync(join(tmpdir(), 'meridian-email-'))
  const noted = notingDesk()
  const email = openEmail({
    db, perform, ownerUrl, files: filesOnDisk(folder), metrics: { count: (what, outcome) => noted.counts.set(`${what} ${outcome}`, (noted.counts.get(`${what} ${outcome}`) ?? 0) + 1) },
    logger: openLogger(process.env['LOG_LEVEL'] ?? 'silent'), installationKey: 'the key of this installation', host: '127.0.0.1', smtpPort: 0, lmtpPort: 0, name: 'mail.test', tls: null,
    bytesMax: 1_000_000, smtpUrl: null, standardAddress: 'support@meridian.test', destinations: noted.destinations, ...overrides,
  })
  const { smtpPort, lmtpPort } = await email.start()
  return {
    db, perform, ownerUrl, email, smtpPort, lmtpPort: lmtpPort ?? 0, ...noted,
    workOff: () => workOff(pool, db, perform, email.jobs),
    close: async () => {
      await email.stop()
      await close()
      await drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function notingDesk() {
  const received = new Map<string, Incoming>()
  const bounces: NotedBounce[] = []
  const counts = new Map<string, number>()
  const desk: Ground['desk'] = { fail: null }
  const numbers = new Map<string, number>()
  const destinations: EmailOptions['destinations'] = {
    receiveMessage: async (work, incoming) => {
      desk.fail?.(incoming)
      const id = incoming.rawMailId ?? ''
      received.set(id, incoming)
      numbers.set(id, numbers.get(id) ?? 20_001 + numbers.size)
      work.tell('desk', { kind: 'case.opened', case: numbers.get(id) ?? 0 })
      return { became: 'case', number: numbers.get(id) ?? 0, messageId: newId() }
    },
    recordBounce: async (_work, bounce) => {
      bounces.push(bounce)
      return bounce.recipients.every(({ address }) => !address.endsWith('@elsewhere.test'))
    },
  }
  return { received, bounces, counts, desk, destinations }
}

/** Takes jobs from the library's own table, a few at a time, without its waiting between tries. */
async function workOff(pool: pg.Pool, db: Db, perform: Perform, table: JobTable) {
  const take = async () => {
    const { rows } = await pool.query<{ id: number; name: string; payload: Record<string, unknown>; attempts: number; most: number }>(`
      update graphile_worker._private_jobs j set attempts = attempts + 1, locked_at = now() from graphile_worker._private_tasks t
      where t.id = j.task_id and j.id in (select id from graphile_worker._private_jobs where locked_at is null and attempts < max_attempts order by id limit 4 for update skip locked)
      returning j.id, t.identifier as name, j.payload, j.attempts, j.max_attempts as most`)
    return rows
  }
  for (let jobs = await take(); jobs.length > 0; jobs = await take()) {
    await Promise.all(jobs.map(async ({ id, name, payload, attempts, most }) => {
      try {
        await table[name]!(payload, { db, perform, actor: system(name), attempt: attempts, attemptsMax: most, signal: new AbortController().signal })
        await pool.query('delete from graphile_worker._private_jobs where id = $1', [id])
      } catch {
        await pool.query('update graphile_worker._private_jobs set locked_at = null where id = $1', [id])
      }
    }))
  }
}

/** The job library guards its tables by row; the limited role passes. Does nothing once the migration itself says so. */
async function letJobsBeWritten(ownerUrl: string) {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(`do $$ declare t text; begin
    for t in select c.relname from pg_class c where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
      and not exists (select from pg_policy p where p.polrelid = c.oid) loop
      execute format('alter table graphile_worker.%I disable row level security', t);
    end loop; end $$`).finally(() => client.end())
}

const WAIT_MS = 20_000

/** Waits until something holds. @throws when it does not within the time. */
export async function until(holds: () => Promise<boolean> | boolean, waitMs = WAIT_MS): Promise<void> {
  for (const end = Date.now() + waitMs; !(await holds());) {
    if (Date.now() > end) throw new Error('it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

export const mailOf = (fields: Record<string, string>, body: string): string =>
  `${Object.entries({ From: 'Ana <ana@example.com>', To: 'support@meridian.test', Date: 'Mon, 23 Nov 2026 10:00:00 +0000', ...fields }).map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body}\r\n`

/** Every raw mail as its row stands. */
export const rawMails = (db: Db) => db.selectFrom('raw_mail').selectAll().orderBy('received_at').orderBy('id').execute()

export const asSystem = system('test')
