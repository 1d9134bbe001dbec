import type { ChildProcess } from 'node:child_process'
import { accessSync, chmodSync, closeSync, constants, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { chooseAccount, type Account } from './account.ts'
import { DATABASE, dataIn, dropSocketFolder, OWNER, ownerUrlOf, prepareCluster, prepareSocketFolder, socketFolderLeftBy } from './cluster.ts'
import { isHeld, takeLock } from './lock.ts'
import { EmbeddedProblem, errno } from './problem.ts'
import { endLeftovers, endMaster, processesOf, readPostmaster, signal } from './processes.ts'
import { settings } from './settings.ts'

const LOG_BYTES_MAX = 10 * 1024 * 1024
const RESTART_DELAY_MAX_MS = 5_000

export interface Embedded {
  /** The owner's address, for migrations and for the pool; the same after a restart of the database. */
  ownerUrl: string
  /** Of the postgres that runs now; another one after it had to be started again. */
  readonly pid: number
  /** Fast shutdown, after 5 s an immediate one. Safe to call twice. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** The database's own folder (such as DATA_DIR/postgres); made when missing. */
  dir: string
  /** For tests: nothing is forced to disk, and a crash of the machine may lose everything. */
  volatile?: boolean
  /** Gets one sentence for each step that takes time or that an operator wants to know. */
  log(line: string): void
}

/**
 * Starts the PostgreSQL that comes along, reachable only through a socket in a folder closed to others, and only with a generated password.
 * Starts it again when it is killed under us.
 * @throws EmbeddedProblem with one sentence: folder taken or unwritable, no account or no binaries, cluster broken.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dir } = options
  prepareFolder(dir)
  const unlock = await takeLock(dir)
  try {
    return await startLocked(options, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

/** The address of the database that another process runs in this folder right now, or null: for commands that work beside the program. */
export function runningEmbedded(dir: string): string | null {
  const data = dataIn(dir)
  const master = statSync(data, { throwIfNoEntry: false }) ? readPostmaster(data) : null
  if (!master?.ready || !processesOf(data).includes(master.pid)) return null
  return ownerUrlOf(dir, master.socketFolder)
}

/**
 * Ends whatever still runs in a folder that nobody holds any more, so that the folder can be removed.
 * @returns false when somebody holds it.
 */
export async function discardEmbedded(dir: string): Promise<boolean> {
  if (isHeld(dir)) return false
  await clearLeftovers(dir, () => {})
  return true
}

async function startLocked({ dir, volatile = false, log }: EmbeddedOptions, unlock: () => void): Promise<Embedded> {
  const account = chooseAccount(dir, dataIn(dir))
  await clearLeftovers(dir, log)
  log(`PostgreSQL runs ${account.says}`)
  if (await prepareCluster(dir, account, volatile)) log('made a new database')
  const socketFolder = prepareSocketFolder(dir, account)
  const ownerUrl = ownerUrlOf(dir, socketFolder)
  const server = await keepRunning({ dir, account, socketFolder, volatile, log, ownerUrl })
  await createDatabase(ownerUrl)
  const stop = async () => {
    await server.stop()
    dropSocketFolder(socketFolder)
    unlock()
  }
  let stopping: Promise<void> | undefined
  return { ownerUrl, get pid() { return server.pid }, stop: () => (stopping ??= stop()) }
}

function prepareFolder(dir: string) {
  try {
    mkdirSync(dirname(dir), { recursive: true })
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    accessSync(dir, constants.R_OK | constants.W_OK | constants.X_OK)
    if (statSync(dir).uid === process.getuid?.()) chmodSync(dir, 0o700)
  } catch (cause) {
    throw new EmbeddedProblem('unwritable', `${dir} cannot be written (${errno(cause) || 'no access'}); choose another DATA_DIR or give the folder to this account`, { cause })
  }
}

async function clearLeftovers(dir: string, log: (line: string) => void) {
  const data = dataIn(dir)
  if (!statSync(data, { throwIfNoEntry: false })) return
  const socketFolder = socketFolderLeftBy(dir)
  if (await endLeftovers(data)) log('ended a PostgreSQL that an earlier run had left behind')
  if (socketFolder) dropSocketFolder(socketFolder)
}

interface Plan { dir: string; account: Account; socketFolder: string; volatile: boolean; ownerUrl: string; log(line: string): void }

/** Starts postgres, and starts it again whenever it ends without having been asked to. */
async function keepRunning(plan: Plan) {
  let wanted = true
  let child = await startServer(plan)
  let revival: Promise<void> = Promise.resolve()
  const onEnd = () => { if (wanted) revival = revive() }
  const watch = () => void (hasEnded(child) ? onEnd() : child.once('exit', onEnd))
  const revive = async () => {
    plan.log('PostgreSQL ended unexpectedly; starting it again')
    for (let delay = 100; wanted; delay = Math.min(delay * 2, RESTART_DELAY_MAX_MS)) {
      try {
        await endLeftovers(dataIn(plan.dir))
        child = await startServer(plan)
        plan.log('PostgreSQL runs again')
        watch()
        return
      } catch (error) {
        plan.log(error instanceof Error ? error.message : String(error))
        await sleep(delay)
      }
    }
  }
  watch()
  const onExit = () => signal(child.pid ?? 0, 'SIGINT')
  process.once('exit', onExit)
  return {
    get pid() { return child.pid ?? 0 },
    async stop() {
      wanted = false
      process.off('exit', onExit)
      await revival
      if (!hasEnded(child)) await endMaster(child.pid ?? 0)
    },
  }
}

async function startServer({ dir, account, socketFolder, volatile, ownerUrl, log }: Plan): Promise<ChildProcess> {
  const logFile = join(dir, 'postgres.log')
  const began = rotate(logFile)
  // A killed server's socket, whose lock names a process id that may belong to anybody by now; nothing of ours runs at this point.
  for (const name of readdirSync(socketFolder)) rmSync(join(socketFolder, name), { force: true })
  const output = openSync(logFile, 'a', 0o600)
  const child = account.spawn('postgres', ['-D', dataIn(dir), ...settings(socketFolder, volatile)], ['ignore', output, output])
  closeSync(output)
  child.once('error', () => {})
  child.unref()
  const patience = setTimeout(() => log('PostgreSQL is replaying its log after a crash; this can take a while'), 3_000)
  try {
    while (!(await answers(ownerUrl))) {
      if (hasEnded(child)) throw refusedToStart(logFile, began)
      await sleep(20)
    }
    return child
  } catch (error) {
    if (!hasEnded(child)) await endMaster(child.pid ?? 0)
    throw error
  } finally {
    clearTimeout(patience)
  }
}

/** Without a process id it never began. */
const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null || child.pid === undefined

/** @returns the size of the log so far, where this start's lines begin. */
function rotate(logFile: string): number {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0
  if (size < LOG_BYTES_MAX) return size
  renameSync(logFile, `${logFile}.1`)
  return 0
}

function refusedToStart(logFile: string, began: number): EmbeddedProblem {
  const lines = readFileSync(logFile).subarray(began).toString().trim().split('\n')
  const reason = lines.findLast((line) => /FATAL|PANIC|error while/.test(line)) ?? lines.at(-1) ?? ''
  return new EmbeddedProblem('broken', `PostgreSQL did not start: ${reason.replace(/^.*?(FATAL|PANIC|LOG):\s*/, '')} (${logFile} has more)`)
}

const inMaintenance = (ownerUrl: string) => ownerUrl.replace(`/${DATABASE}?`, '/postgres?')

async function answers(ownerUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: inMaintenance(ownerUrl), connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch (error) {
    if (errno(error) === '28P01') throw new EmbeddedProblem('broken', 'PostgreSQL refuses the password kept beside it; restore the password file from the same backup as the data', { cause: error })
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function createDatabase(ownerUrl: string) {
  const client = new pg.Client({ connectionString: inMaintenance(ownerUrl) })
  await client.connect()
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER}`)
  } finally {
    await client.end()
  }
}
