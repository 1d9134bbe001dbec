import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Account } from './account.ts'
import { EmbeddedProblem } from './problem.ts'
import { readPostmaster } from './processes.ts'

export const OWNER = 'meridian'
export const DATABASE = 'meridian'
const VERSION = '18'
/** sockaddr_un.sun_path holds 108 bytes with the closing zero (unix(7)); postgres appends `/.s.PGSQL.5432`. */
const SOCKET_FOLDER_BYTES_MAX = 107 - '/.s.PGSQL.5432'.length
const SHORT_SOCKET_PREFIX = 'meridian-'

/** Where things lie under the database's folder. */
export const dataIn = (dir: string) => join(dir, 'data')
const passwordIn = (dir: string) => join(dir, 'password')

/** The owner's address: pg reads the socket's folder from `host`, and everything else sees a valid URL. */
export function ownerUrlOf(dir: string, socketFolder: string): string {
  return `postgres://${OWNER}:${readFileSync(passwordIn(dir), 'utf8').trim()}@localhost/${DATABASE}?host=${encodeURIComponent(socketFolder)}`
}

/**
 * Makes the cluster when there is none. initdb works in a folder beside and the finished one is renamed, so that a crash halfway leaves
 * nothing that looks like a cluster.
 * @returns true when it was made now.
 */
export async function prepareCluster(dir: string, account: Account, volatile: boolean): Promise<boolean> {
  const data = dataIn(dir)
  for (const name of readdirSync(dir)) if (name.startsWith('data.half-')) rmSync(join(dir, name), { recursive: true, force: true })
  if (existsSync(data)) {
    checkCluster(dir, data)
    return false
  }
  const half = mkdtempSync(`${data}.half-`)
  account.give(half)
  await runInitdb(account, half, newPassword(dir), volatile)
  renameSync(join(half, 'cluster'), data)
  syncFolder(dir)
  rmSync(half, { recursive: true })
  return true
}

/** Without this a power cut may take the rename back, after rows have been written. */
function syncFolder(folder: string) {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

function checkCluster(dir: string, data: string) {
  if (!existsSync(join(data, 'PG_VERSION'))) throw new EmbeddedProblem('broken', `${data} is not a PostgreSQL folder; move it away or choose another DATA_DIR`)
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (version !== VERSION) throw new EmbeddedProblem('broken', `${data} was written by PostgreSQL ${version}, and this program brings ${VERSION}; dump it with the old version and restore it`)
  if (!existsSync(passwordIn(dir))) throw new EmbeddedProblem('broken', `the password file ${passwordIn(dir)} is missing; restore it from the backup that holds ${data}`)
}

/** The password is on disk before the cluster that wants it. */
function newPassword(dir: string): string {
  const password = randomBytes(24).toString('hex')
  const file = openSync(passwordIn(dir), 'w', 0o600)
  writeFileSync(file, `${password}\n`)
  fsyncSync(file)
  closeSync(file)
  return password
}

async function runInitdb(account: Account, half: string, password: string, volatile: boolean) {
  const cluster = join(half, 'cluster')
  const passwordFile = join(half, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  account.give(passwordFile)
  const child = account.spawn('initdb', [
    '-D', cluster, '-U', OWNER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C', '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8', '--no-instructions', ...(volatile ? ['--no-sync'] : []),
  ], ['ignore', 'pipe', 'pipe'])
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => { said += chunk.toString() })
  child.stderr?.on('data', (chunk: Buffer) => { said += chunk.toString() })
  const status = await new Promise<number | null>((resolve, reject) => { child.once('error', reject).once('close', resolve) })
  if (status !== 0) throw new EmbeddedProblem('broken', `initdb could not make the database: ${said.trim().split('\n').findLast((line) => /error|fatal/i.test(line)) ?? `it ended with ${status}`}`)
}

/** A folder that only we may enter. A long DATA_DIR does not fit into a socket's address; then a short one in the system's temporary folder serves. */
export function prepareSocketFolder(dir: string, account: Account): string {
  const beside = join(dir, 'socket')
  const fits = Buffer.byteLength(beside) <= SOCKET_FOLDER_BYTES_MAX
  const folder = fits ? beside : mkdtempSync(join(shortTemporaryFolder(), SHORT_SOCKET_PREFIX))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  account.give(folder)
  return folder
}

const shortTemporaryFolder = () => (Buffer.byteLength(tmpdir()) < SOCKET_FOLDER_BYTES_MAX - 20 ? tmpdir() : '/tmp')

/** Temporary socket folders go with the server, also those that a killed program left. */
export function dropSocketFolder(folder: string) {
  if (basename(folder).startsWith(SHORT_SOCKET_PREFIX) && [tmpdir(), '/tmp'].includes(dirname(folder))) rmSync(folder, { recursive: true, force: true })
}

export const socketFolderLeftBy = (dir: string): string | null => readPostmaster(dataIn(dir))?.socketFolder ?? null
