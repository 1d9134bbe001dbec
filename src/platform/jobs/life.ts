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

/** Takes this instance's lock, and from now on gives back the jobs of instances that died. */
export async function beginLife(ownerUrl: string, db: Db, fault: (error: unknown) => void): Promise<Life> {
  const id = newId()
  const lockKey = Math.floor(Math.random() * 2 ** 48)
  const workers = new Set<string>()
  const underWay = new Set<string>()
  const lock = openLock(ownerUrl, lockKey)
  const look = async () => {
    await lock.hold()
    await saveInstance(db, id, lockKey, [...workers])
    await releaseDeadInstances(db, id)
    // Taken with the last breath of a database whose answer never came.
    await releaseForgotten(db, [...workers], [...underWay], FORGOTTEN_SECONDS)
  }
  const note = (name: string) => {
    workers.add(name)
    void saveInstance(db, id, lockKey, [...workers]).catch(fault)
  }
  const events = new EventEmitter()
  events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => note(workerPool.id))
  await look()
  const timer = setInterval(() => void look().catch(fault), LOOK_FOR_DEAD_MS)
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

/** An advisory lock on a connection of its own: gone with the process, however that ends. */
function openLock(ownerUrl: string, key: number) {
  let holder: pg.Client | null = null
  return {
    hold: async () => {
      if (holder) return
      const client = new pg.Client({ connectionString: ownerUrl, application_name: 'meridian life', keepAlive: true })
      client.on('error', () => {})
      client.on('end', () => { if (holder === client) holder = null })
      await client.connect()
      await client.query('select pg_advisory_lock($1)', [key])
      holder = client
    },
    end: async () => { await holder?.end().catch(() => {}) },
  }
}
