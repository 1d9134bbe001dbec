import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { makeToken } from '../../bench/ground.ts'
import { runningEmbedded, startEmbedded, type Embedded } from '../../src/platform/embedded/launcher.ts'
import { freePort, startProgram, type Program } from '../support/program.ts'
import type { Where } from './traffic.ts'

/** The real program, once with the database that comes along, or several times on one database that others run. */
export interface House {
  wheres: readonly Where[]
  /** SIGKILL to one program; resolves when it is gone. */
  killProgram(index: number): Promise<void>
  /** @throws when it does not start again, which it always must. */
  startAgain(index: number): Promise<void>
  /** Starts a program that is not running, and kills it so long after, wherever its start is by then. */
  killedStart(index: number, afterMs: number): Promise<void>
  killDatabase(signal: 'SIGKILL' | 'SIGINT'): void
  /** The database that they share; null when one brought its own. */
  databaseUrl: string | null
  /** Programs that ended without having been killed, with their last words. */
  faults: string[]
  lastWords(): string
  /** Jobs that are still to be done, one a line: what to look at when something does not settle. */
  jobsLeft(): Promise<string>
  close(): Promise<void>
}

const LAST_WORDS = 3_000
const main = join(import.meta.dirname, '../../src/main.ts')
const SECRET_KEY = 'the key of an installation that is only there to be killed'

/** `firstStartsKilledAfterMs`: the very first starts, on an empty folder, that are killed before one may come through. */
export async function openHouse(instances: number, settings: Record<string, string>, firstStartsKilledAfterMs: readonly number[] = []): Promise<House> {
  const database = instances > 1 ? await openDatabase() : null
  const envs = await Promise.all(Array.from({ length: instances }, async () => ({
    ...settings, SECRET_KEY, DATA_DIR: mkdtempSync(join(tmpdir(), 'meridian-program-')), PORT: String(await freePort()), SMTP_PORT: String(await freePort()), ...(database ? { DATABASE_URL: database.ownerUrl } : {}),
  })))
  const faults: string[] = []
  const killed = new WeakSet<Program>()
  const start = async (env: Record<string, string>) => {
    await database?.answers()
    const program = await startProgram(env)
    void program.ended.then((code) => { if (!killed.has(program)) faults.push(`a program ended by itself with ${code}: ${program.stdout().slice(-LAST_WORDS)}`) })
    return program
  }
  const programs: Program[] = []
  for (const env of envs) {
    for (const afterMs of firstStartsKilledAfterMs) await startAndKill(env, afterMs)
    programs.push(await start(env))
  }
  const at = (index: number): Program => programs[index] ?? programs[0]!
  const token = await makeToken({ DATA_DIR: at(0).dataDir, SECRET_KEY, ...(database ? { DATABASE_URL: database.ownerUrl } : {}) })
  return {
    faults, databaseUrl: database?.ownerUrl ?? null, wheres: programs.map(({ url, smtpPort }) => ({ url, smtpPort, token })),
    killProgram: async (index) => {
      killed.add(at(index))
      await at(index).kill9()
    },
    startAgain: async (index) => { programs[index] = await start(envs[index] ?? {}) },
    killedStart: (index, afterMs) => startAndKill(envs[index] ?? {}, afterMs),
    killDatabase: (signal) => end(database ? database.pid() : pidIn(join(at(0).dataDir, 'postgres')), signal),
    lastWords: () => programs.map((program) => program.stdout().slice(-LAST_WORDS)).join('\n'),
    jobsLeft: () => jobsLeft(database?.ownerUrl ?? runningEmbedded(join(at(0).dataDir, 'postgres'))),
    close: async () => {
      for (const program of programs) {
        killed.add(program)
        await program.discard()
      }
      await database?.close()
    },
  }
}

/** Neither its port nor its folder may be taken by the next start, so it is waited for. */
async function startAndKill(env: Record<string, string>, afterMs: number) {
  const child = spawn(process.execPath, [main], { env: { ...process.env, ...env }, stdio: 'ignore' })
  const ended = once(child, 'exit')
  await sleep(afterMs)
  child.kill('SIGKILL')
  await ended
}

/** A database beside the programs. It is started again when it ends, as a supervisor would. */
async function openDatabase() {
  const dir = mkdtempSync(join(tmpdir(), 'meridian-faults-'))
  let revived = Promise.resolve()
  let revive = () => {}
  const server: Embedded = await startEmbedded({
    dir: join(dir, 'postgres'),
    log: (line) => {
      if (line.includes('starting it again')) revived = new Promise((resolve) => { revive = resolve })
      if (line.includes('runs again')) revive()
    },
  })
  return {
    ownerUrl: server.ownerUrl, pid: () => server.pid,
    answers: async () => { await sleep(100); await revived },
    close: async () => { await server.stop(); rmSync(dir, { recursive: true, force: true }) },
  }
}

const JOBS_SHOWN = 20

async function jobsLeft(ownerUrl: string | null): Promise<string> {
  if (!ownerUrl) return 'the database does not run'
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query(`select t.identifier, j.attempts, j.locked_by, j.locked_at, j.run_at, left(j.last_error, 100) as error
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by j.id limit ${JOBS_SHOWN}`)
  await client.end()
  return rows.map((row) => JSON.stringify(row)).join('\n')
}

function pidIn(dir: string): number {
  try {
    return Number(readFileSync(join(dir, 'data/postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    // It is just being started: then there is nothing to kill.
    return 0
  }
}

function end(pid: number, signal: NodeJS.Signals) {
  try {
    if (pid > 1) process.kill(pid, signal)
  } catch { /* it is gone already */ }
}
