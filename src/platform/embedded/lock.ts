import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedProblem, errno } from './problem.ts'

/** A restart by a supervisor overlaps with the old process for a moment, so a held lock is asked for again until then. */
const PATIENCE_MS = 2_000

/**
 * Takes the folder for this process. The file names the holder by process id and the moment at which that process began, so a lock
 * left behind by a killed process is seen as stale, also when its id has been given to another program since.
 * @throws EmbeddedProblem `taken` when another process that lives holds it.
 */
export async function takeLock(dir: string): Promise<() => void> {
  const path = join(dir, 'lock')
  const patientUntil = Date.now() + PATIENCE_MS
  for (;;) {
    const holder = tryLock(path)
    if (holder === null) return () => release(path)
    if (!lives(holder)) setAside(path, holder)
    else if (Date.now() > patientUntil || holder === signature(process.pid)) throw taken(dir, holder)
    else await sleep(100)
  }
}

/** True while a process that lives holds the folder. */
export const isHeld = (dir: string): boolean => lives(readHolder(join(dir, 'lock')))

const taken = (dir: string, holder: string) =>
  new EmbeddedProblem('taken', `another Meridian (process ${holder.split(' ')[0]}) already runs on ${dir}; stop it or choose another DATA_DIR`)

/** @returns null when the lock is ours now, else the holder's signature. A hard link appears whole or not at all. */
function tryLock(path: string): string | null {
  const mine = `${path}.${process.pid}`
  writeFileSync(mine, signature(process.pid), { mode: 0o600 })
  try {
    linkSync(mine, path)
    return null
  } catch (error) {
    if (errno(error) !== 'EEXIST') throw error
    return readHolder(path)
  } finally {
    rmSync(mine, { force: true })
  }
}

/** An empty text, for a lock that vanished meanwhile, counts as nobody's. */
function readHolder(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (errno(error) === 'ENOENT') return ''
    throw error
  }
}

/** Two starters may both see the same stale lock; the one that moves away what is by now the other's puts it back. */
function setAside(path: string, holder: string) {
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
    if (readFileSync(aside, 'utf8') !== holder) linkSync(aside, path)
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(errno(error))) throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

function release(path: string) {
  if (readHolder(path) === signature(process.pid)) rmSync(path, { force: true })
}

const lives = (holder: string): boolean => holder !== '' && signature(Number(holder.split(' ')[0])) === holder

/** `pid start-time`, where the start is in clock ticks since boot (proc(5), stat field 22), with the boot's own id. Empty when there is no such process. */
function signature(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return `${pid} ${afterName[19]} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`
  } catch {
    return ''
  }
}
