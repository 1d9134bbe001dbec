import { join } from 'node:path'
import type { Pool } from 'pg'
import { systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { isConnectionFault, openDatabase, type Db } from '../db/database.ts'
import { migrate } from '../db/migrate.ts'
import { startEmbedded } from '../embedded/launcher.ts'
import { filesOnDisk, type Files } from '../files/store.ts'
import { openWhereabouts, type Whereabouts } from '../live/whereabouts.ts'
import { startFeed, type Feed } from '../log/feed.ts'
import { startSealer } from '../log/sealer.ts'
import { openWire } from '../log/wire.ts'
import { openLogger, type Logger } from '../logger.ts'
import { performer, type Perform } from '../work/work.ts'
import { installationKey, requireSameKey } from './key.ts'
import { StartProblem } from './problem.ts'

/** The ground on which the rooms stand, running. */
export interface Platform {
  ownerUrl: string
  db: Db
  pool: Pool
  perform: Perform
  files: Files
  feed: Feed
  whereabouts: Whereabouts
  logger: Logger
  key: string
  /** Seals what was told so far, then ends everything, the database that came along last. */
  close(): Promise<void>
}

const CONNECTIONS = 24
const CHANNELS = ['meridian_sealed', 'meridian_presence']

/**
 * Starts or reaches the database, brings it to this program's schema and starts what runs beside the rooms: log, wire, whereabouts.
 * @param say gets one sentence for each step that takes time.
 * @throws StartProblem or EmbeddedProblem with one sentence; nothing is left running then.
 */
export async function openPlatform(config: Config, say: (line: string) => void): Promise<Platform> {
  const undo: (() => Promise<void> | void)[] = []
  const close = () => endAll(undo)
  try {
    const key = installationKey(config.secretKey, config.dataDir)
    const ownerUrl = await reachDatabase(config, say, undo)
    const applied = await migrate(ownerUrl).catch((error: unknown) => { throw unreachable(error) })
    if (applied.length > 0) say(`brought the database to this version (${applied.length} migrations)`)
    const { db, pool, close: closeDatabase } = openDatabase(ownerUrl, CONNECTIONS)
    undo.push(closeDatabase)
    await requireSameKey(db, key)
    return { ownerUrl, db, pool, key, files: filesOnDisk(config.filesDir), ...(await startLog(db, ownerUrl, openLogger(config.logLevel), undo)), close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The last opened ends first; one that fails to end keeps none of the others running. */
async function endAll(undo: (() => Promise<void> | void)[]) {
  for (const end of undo.splice(0).reverse()) await (async () => end())().catch(() => {})
}

async function startLog(db: Db, ownerUrl: string, logger: Logger, undo: (() => Promise<void> | void)[]) {
  const fault = (error: unknown) => {
    if (isConnectionFault(error)) logger.warn({ err: error }, 'the log waits for the database')
    else logger.error({ err: error }, 'the log met a fault')
  }
  const wire = await openWire(ownerUrl, CHANNELS)
  undo.push(() => wire.close())
  const feed = await startFeed(db, wire, fault)
  undo.push(() => feed.stop())
  const whereabouts = openWhereabouts(wire)
  undo.push(() => whereabouts.stop())
  const sealer = startSealer(db, fault)
  undo.push(() => sealer.stop())
  return { logger, feed, whereabouts, perform: performer(db, systemClock, () => sealer.poke()) }
}

async function reachDatabase(config: Config, say: (line: string) => void, undo: (() => Promise<void> | void)[]): Promise<string> {
  if (config.databaseUrl !== null) return config.databaseUrl
  const embedded = await startEmbedded({ dir: join(config.dataDir, 'postgres'), log: say })
  undo.push(() => embedded.stop())
  return embedded.ownerUrl
}

/** Only an address can be wrong here; it may hold a password, so it is not repeated. */
function unreachable(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error)
  const wrongAddress = isConnectionFault(error) || /password authentication|does not exist|ENOTFOUND|EAI_AGAIN|SASL/.test(message)
  return wrongAddress ? new StartProblem(`the database of DATABASE_URL cannot be used: ${message}`, { cause: error }) : error
}
