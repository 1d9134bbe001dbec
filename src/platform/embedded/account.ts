import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process'
import { chmodSync, chownSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { copyBinaries, installedBinaries, linkLibraries } from './binaries.ts'
import { EmbeddedProblem } from './problem.ts'

/** Under which account postgres runs, and from where. PostgreSQL refuses to run as root, so root has to find another way. */
export interface Account {
  /** For the log: what was taken. */
  says: string
  bin: string
  spawn(program: string, args: string[], stdio: StdioOptions): ChildProcess
  /** Gives a folder or file that we made to the account. */
  give(path: string): void
}

interface Way { says: string; wrap: string[]; uid?: number; gid?: number }

const NAMESPACE: Way = { says: 'in a user namespace', wrap: ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'] }
const environment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/** Tries each way for real (reach the folder, run the program) and takes the first that works. */
export function chooseAccount(dir: string, data: string, native = installedBinaries()): Account {
  for (const way of waysFor(dir, data)) {
    if (way.uid !== undefined) chmodSync(dir, 0o711)
    const usable = usableBinaries(way, native, dir)
    if (usable) return accountOf(way, usable)
    if (way.uid !== undefined) chmodSync(dir, 0o700)
  }
  throw new EmbeddedProblem('unreachable', `no account on this machine can run PostgreSQL in ${dir}; choose a DATA_DIR whose parent folders others may enter, or give DATABASE_URL`)
}

function waysFor(dir: string, data: string): Way[] {
  if (process.getuid?.() !== 0) return [{ says: 'as the account that started the program', wrap: [] }]
  const owner = statSync(data, { throwIfNoEntry: false }) ?? statSync(dirname(dir))
  const asOwner = owner.uid === 0 ? [] : [{ says: `as uid ${owner.uid}, who owns the folder`, wrap: [], uid: owner.uid, gid: owner.gid }]
  return [...asOwner, NAMESPACE, ...['postgres', 'nobody'].flatMap(systemAccount)]
}

function systemAccount(name: string): Way[] {
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith(`${name}:`))?.split(':')
  return line ? [{ says: `as the system account ${name}`, wrap: [], uid: Number(line[2]), gid: Number(line[3]) }] : []
}

function usableBinaries(way: Way, native: string, dir: string): string | null {
  const runs = (place: string) => probe(way, dir, join(place, 'bin/postgres'))
  try {
    linkLibraries(native)
    if (runs(native)) return native
  } catch {
    // The packages belong to another account: the copy below has its own links.
  }
  if (!probe(way, dir, null)) return null
  const copy = copyBinaries(native, dir)
  return runs(copy) ? copy : null
}

/** Can this way enter the folder and, if one is named, run the program? */
function probe(way: Way, dir: string, program: string | null): boolean {
  const script = program === null ? 'cd "$1"' : 'cd "$1" && exec "$2" --version'
  const [command, ...args] = [...way.wrap, '/bin/sh', '-c', script, 'sh', dir, program ?? '']
  const { uid, gid } = way
  return spawnSync(command ?? '', args, { env: environment, stdio: 'ignore', cwd: '/', ...(uid === undefined ? {} : { uid, gid }) }).status === 0
}

function accountOf(way: Way, native: string): Account {
  const { uid, gid } = way
  return {
    says: way.says,
    bin: join(native, 'bin'),
    spawn(program, args, stdio) {
      const [command, ...rest] = [...way.wrap, join(native, 'bin', program), ...args]
      // Its own session: Ctrl-C in the terminal reaches us, and we decide when the database ends.
      return spawn(command ?? '', rest, { env: environment, stdio, cwd: '/', detached: true, ...(uid === undefined ? {} : { uid, gid }) })
    },
    give(path) {
      if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid)
    },
  }
}
