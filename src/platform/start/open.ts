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
import { makeMonths } from '../log/store.ts'
import { startSealer } from '../log/sealer.ts'
import { openWire } from '../log/wire.ts'
import { openLogger, type Logger } from '../logger.ts'
import { performer, type Perform } from '../work/work.ts'
import type { Ends } from './ends.ts'
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
}

const CONNECTIONS = 24
/** The job that makes further ones runs once a night, and not every installation runs at night. */
const MONTHS_AHEAD = 3
const CHANNELS = ['meridian_sealed', 'meridian_presence']

/**
 * Starts or reaches the database, brings it to this program's schema and starts what runs beside the rooms: log, wire, whereabouts.
 * @param say gets one sentence for each step that takes time.
 * @param ends learns how to end each part; the database that came along ends last.
 * @throws StartProblem or EmbeddedProblem with one sentence.
 */
export async function openPlatform(config: Config, say: (line: string) => void, ends: Ends): Promise<Platform> {
  const key = installationKey(config.secretKey, config.dataDir)
  const ownerUrl = await reachDatabase(config, say, ends)
  const applied = await migrate(ownerUrl).catch((error: unknown) => { throw unreachable(error) })
  if (applied.length > 0) say(`brought the database to this version (${applied.length} migrations)`)
  const { db, pool, close } = openDatabase(ownerUrl, CONNECTIONS)
  ends.add(close)
  await requireSameKey(db, key)
  await makeMonths(db, systemClock.now(), MONTHS_AHEAD)
  return { ownerUrl, db, pool, key, files: filesOnDisk(config.filesDir), ...(await startLog(db, ownerUrl, openLogger(config.logLevel), ends)) }
}

async function startLog(db: Db, ownerUrl: string, logger: Logger, ends: Ends) {
  const fault = (error: unknown) => {
    if (isConnectionFault(error)) logger.warn({ err: error }, 'the log waits for the database')
    else logger.error({ err: error }, 'the log met a fault')
  }
  const wire = await openWire(ownerUrl, CHANNELS)
  ends.add(() => wire.close())
  const feed = await startFeed(db, wire, fault)
  ends.add(() => feed.stop())
  const whereabouts = openWhereabouts(wire)
  ends.add(() => whereabouts.stop())
  const sealer = startSealer(db, fault)
  ends.add(() => sealer.stop())
  return { logger, feed, whereabouts, perform: performer(db, systemClock, () => sealer.poke()) }
}

async function reachDatabase(config: Config, say: (line: string) => void, ends: Ends): Promise<string> {
  if (config.databaseUrl !== null) return config.databaseUrl
  const embedded = await startEmbedded({ dir: join(config.dataDir, 'postgres'), log: say })
  ends.add(() => embedded.stop())
  return embedded.ownerUrl
}

/** Only an address can be wrong here; it may hold a password, so it is not repeated. */
function unreachable(error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error)
  const wrongAddress = isConnectionFault(error) || /password authentication|does not exist|ENOTFOUND|EAI_AGAIN|SASL/.test(message)
  return wrongAddress ? new StartProblem(`the database of DATABASE_URL cannot be used: ${message}`, { cause: error }) : error
}
