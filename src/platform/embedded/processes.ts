import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { errno } from './problem.ts'

/** How long each way to end a postgres may take before the next, harsher one. */
const PATIENCE = { fastMs: 5_000, immediateMs: 3_000 }

/** What postgres writes about itself into its folder (miscadmin.h, LOCK_FILE_LINE_*). */
export interface Postmaster { pid: number; socketFolder: string; ready: boolean }

export function readPostmaster(data: string): Postmaster | null {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), socketFolder: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' }
  } catch (error) {
    if (errno(error) === 'ENOENT') return null
    throw error
  }
}

/** Every process of the cluster: postgres and its children work in the cluster's folder, which no reused process id imitates. */
export function processesOf(data: string): number[] {
  const folder = realpathSync(data)
  return readdirSync('/proc').map(Number).filter((pid) => pid > 0 && worksIn(pid, folder))
}

function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch {
    return false
  }
}

/**
 * Ends a postgres that a killed program left behind, gently first, and whatever its own killed master left behind. Stopping rather than
 * reusing it: the next one then has today's settings and binaries, is our child, and no session of the dead program keeps its locks.
 * @returns true when there was something to end.
 */
export async function endLeftovers(data: string, patience = PATIENCE): Promise<boolean> {
  const master = readPostmaster(data)
  const running = processesOf(data)
  if (master && running.includes(master.pid)) await endMaster(master.pid, patience)
  for (const pid of processesOf(data)) signal(pid, 'SIGKILL')
  while (processesOf(data).length > 0) await sleep(10)
  // A process id that by now belongs to another program, or whose zombie nobody has collected, would make postgres refuse to start.
  if (master && existsSync(`/proc/${master.pid}`)) rmSync(join(data, 'postmaster.pid'), { force: true })
  return running.length > 0
}

/** Fast shutdown: sessions are ended, a checkpoint is written. If that takes too long, immediate: the log is replayed at the next start. */
export async function endMaster(pid: number, { fastMs, immediateMs } = PATIENCE): Promise<void> {
  signal(pid, 'SIGINT')
  if (await gone(pid, fastMs)) return
  signal(pid, 'SIGQUIT')
  if (await gone(pid, immediateMs)) return
  signal(pid, 'SIGKILL')
  await gone(pid, immediateMs)
}

async function gone(pid: number, withinMs: number): Promise<boolean> {
  for (const until = Date.now() + withinMs; Date.now() < until; await sleep(10)) if (!isAlive(pid)) return true
  return !isAlive(pid)
}

/** Zero and below would mean whole groups of processes, our own among them. */
export function signal(pid: number, name: NodeJS.Signals) {
  if (!(pid > 0)) return
  try {
    process.kill(pid, name)
  } catch (error) {
    if (errno(error) !== 'ESRCH') throw error
  }
}

/** A zombie has ended already; only its parent has not looked yet. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
