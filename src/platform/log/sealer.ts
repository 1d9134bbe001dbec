import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { sealOf } from './chain.ts'
import { lockHead, takeUnsealed, writeSeals } from './store.ts'

const BATCH = 2_000

/**
 * Seals one batch: gives committed facts their positions and hashes. The row lock on the head elects one sealer among all instances;
 * whoever finds it taken leaves the work to the holder.
 * @returns how many facts were sealed; null when another instance is at it.
 */
export async function sealBatch(db: Db): Promise<number | null> {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(73031) as mine`.execute(tx)
    if (!rows[0]!.mine) return null
    const head = await lockHead(tx)
    const facts = await takeUnsealed(tx, BATCH)
    let { position, hash } = head
    await writeSeals(tx, facts.map((fact) => {
      position += 1
      hash = sealOf(hash, fact.text)
      return { position, id: fact.id, at: fact.at, hash }
    }))
    return facts.length
  })
}

/** Seals until nothing waits. */
export async function sealAll(db: Db): Promise<number> {
  let total = 0
  for (;;) {
    const sealed = await sealBatch(db)
    if (sealed === null) {
      await new Promise((resolve) => setTimeout(resolve, 5))
      continue
    }
    total += sealed
    if (sealed < BATCH) return total
  }
}

export interface Sealer {
  /** Facts were committed: seal soon. */
  poke(): void
  stop(): Promise<void>
}

const PAUSE_AFTER_BATCH_MS = 4
const LOOK_AGAIN_MS = 500

/**
 * Runs the sealer beside the program. Pokes within one pause are taken together, so that a busy log is sealed in batches;
 * without pokes it looks every half second, which covers instances that died between commit and poke.
 */
export function startSealer(db: Db, fault: (error: unknown) => void): Sealer {
  let stopped = false
  let wake: () => void = () => {}
  let poked = false
  const rest = (ms: number) => new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    wake = () => { clearTimeout(timer); resolve() }
  })
  const loop = (async () => {
    while (!stopped) {
      poked = false
      const sealed = await sealBatch(db).catch((error: unknown) => { fault(error); return null })
      if (sealed) await new Promise((resolve) => setTimeout(resolve, PAUSE_AFTER_BATCH_MS))
      else if (!poked && !stopped) await rest(sealed === null ? LOOK_AGAIN_MS / 10 : LOOK_AGAIN_MS)
    }
  })()
  return {
    poke: () => { poked = true; wake() },
    stop: async () => { stopped = true; wake(); await loop },
  }
}
