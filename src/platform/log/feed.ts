import type { Db } from '../db/database.ts'
import { factsAfter, readHead, type SealedFact } from './store.ts'
import type { Wire } from './wire.ts'

const BATCH = 500

export interface Feed {
  /** Calls with each sealed fact from now on, in order, each once. Returns the way to leave. */
  follow(listener: (fact: SealedFact) => void): () => void
  head(): number
  stop(): void
}

/** Follows the sealed log for this instance: one reader, many listeners. Wakes on the sealer's word and after every reconnection. */
export async function startFeed(db: Db, wire: Wire, fault: (error: unknown) => void): Promise<Feed> {
  const listeners = new Set<(fact: SealedFact) => void>()
  let { position } = await readHead(db)
  let reading = false
  let again = false
  let stopped = false

  const advance = async () => {
    if (reading) { again = true; return }
    reading = true
    try {
      do {
        again = false
        for (let facts = await factsAfter(db, position, BATCH); facts.length > 0 && !stopped; facts = await factsAfter(db, position, BATCH)) {
          for (const fact of facts) {
            position = fact.position
            listeners.forEach((listener) => listener(fact))
          }
        }
      } while (again && !stopped)
    } catch (error) {
      fault(error)
    } finally {
      reading = false
    }
  }
  wire.on('meridian_sealed', () => void advance())
  wire.onReconnect(() => void advance())
  // A notification that was lost with its connection must not delay live screens until the next fact.
  const timer = setInterval(() => void advance(), 2_000)
  return {
    follow: (listener) => { listeners.add(listener); return () => listeners.delete(listener) },
    head: () => position,
    stop: () => { stopped = true; clearInterval(timer) },
  }
}
