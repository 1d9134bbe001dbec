import { EventEmitter } from 'node:events'
import pg from 'pg'
import type { Db } from '../db/database.ts'
import { newId } from '../words.ts'
import { releaseDeadInstances, releaseForgotten, releaseWorkers, saveInstance } from './store.ts'

/** This instance as the others see it: alive for as long as it holds its lock. */
export interface Life {
  /** Where the job library says under which names it takes jobs. */
  events: EventEmitter
  /** The jobs on which this instance works right now. */
  underWay: Set<string>
  /** Gives back jobs that this instance holds and nobody here works on any more. */
  giveBack(): Promise<void>
  end(): Promise<void>
}

const LOOK_FOR_DEAD_MS = 5_000
const FORGOTTEN_SECONDS = 20
const PATIENCE_MS = 10_000

/** Takes this instance's lock, and from now on gives back the jobs of instances that died. */
export async function beginLife(ownerUrl: string, db: Db, fault: (error: unknown) => void): Promise<Life> {
  const id = newId()
  const workers = new Set<string>()
  const underWay = new Set<string>()
  const lock = openLock(ownerUrl)
  let looking: Promise<void> | null = null
  const look = async () => {
    await saveInstance(db, id, await lock.hold(), [...workers])
    await releaseDeadInstances(db, id)
    // Also what was taken with the last breath of a database, whose answer never came.
    await releaseForgotten(db, [...workers], [...underWay], FORGOTTEN_SECONDS)
  }
  const lookSafely = () => { looking ??= look().catch(fault).finally(() => { looking = null }) }
  const note = (name: string) => {
    workers.add(name)
    void lock.hold().then((key) => saveInstance(db, id, key, [...workers])).catch(fault)
  }
  const events = new EventEmitter()
  events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => note(workerPool.id))
  await look()
  const timer = setInterval(lookSafely, LOOK_FOR_DEAD_MS)
  return {
    events, underWay,
    giveBack: async () => {
      await releaseWorkers(db, [...workers])
      workers.clear()
    },
    end: async () => {
      clearInterval(timer)
      await releaseWorkers(db, [...workers]).catch(() => {})
      await db.deleteFrom('instance').where('id', '=', id).execute().catch(() => {})
      await lock.end()
    },
  }
}

/**
 * An advisory lock on a connection of its own: gone with the process, however that ends. A new connection takes a new key, because the
 * database may go on holding the old one for somebody who is long gone: a connection that broke without a word.
 */
function openLock(ownerUrl: string) {
  let holder: { client: pg.Client; key: number } | null = null
  const connect = async () => {
    const client = new pg.Client({ connectionString: ownerUrl, application_name: 'meridian life', keepAlive: true, connectionTimeoutMillis: PATIENCE_MS })
    client.on('error', () => {})
    client.on('end', () => { if (holder?.client === client) holder = null })
    const key = Math.floor(Math.random() * 2 ** 48)
    await client.connect()
    await client.query('select pg_advisory_lock($1)', [key])
    return { client, key }
  }
  let connecting: Promise<{ client: pg.Client; key: number }> | null = null
  return {
    /** @returns the key that is held now. */
    hold: async (): Promise<number> => {
      if (holder) return holder.key
      connecting ??= connect().finally(() => { connecting = null })
      holder = await connecting
      return holder.key
    },
    end: async () => { await holder?.client.end().catch(() => {}) },
  }
}
