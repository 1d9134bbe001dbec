import { spawn, type ChildProcess } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { onTestFinished } from 'vitest'
import { dataIn } from '../cluster.ts'
import { endLeftovers } from '../processes.ts'

export const isRoot = process.getuid?.() === 0
/** The account that stands for an ordinary user when the tests run as root. */
export const NOBODY = 65_534

/** A folder for one test, gone afterwards together with any database that still runs in it. */
export function folder(owner?: number): string {
  const parent = mkdtempSync(join(tmpdir(), 'meridian-embedded-'))
  if (owner !== undefined) chownSync(parent, owner, owner)
  onTestFinished(async () => {
    await endLeftovers(dataIn(join(parent, 'postgres'))).catch(() => {})
    rmSync(parent, { recursive: true, force: true })
  })
  return join(parent, 'postgres')
}

export interface Holder {
  child: ChildProcess
  ended: Promise<number | null>
  /** The line that the program printed, read as JSON. */
  said: Promise<Record<string, unknown>>
}

/** Another process that starts the database in `dir`; in its own group, as a shell starts it, and under another account or with another PATH if told. */
export function startHolder(dir: string, uid?: number, path = process.env['PATH']): Holder {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'holder.ts'), dir], {
    stdio: ['ignore', 'pipe', 'inherit'], detached: true, cwd: '/', env: { ...process.env, PATH: path }, ...(uid === undefined ? {} : { uid, gid: uid }),
  })
  const ended = new Promise<number | null>((resolve) => { child.once('exit', resolve) })
  const said = new Promise<Record<string, unknown>>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)))
    child.once('exit', () => reject(new Error('the holder ended without a word')))
  })
  said.catch(() => {})
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { child, ended, said }
}

/** The rows of one statement on a connection of its own; tried again while the database is being restarted. */
export async function ask(url: string, statement: string, patienceMs = 0): Promise<Record<string, unknown>[]> {
  for (const until = Date.now() + patienceMs; ; await sleep(50)) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      return (await client.query(statement)).rows
    } catch (error) {
      if (Date.now() >= until) throw error
    } finally {
      await client.end().catch(() => {})
    }
  }
}
