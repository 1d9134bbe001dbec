import type { Actor, Db } from '#platform'
import { countAll, type Ask, type Counted } from '../lists/count.ts'
import { isPersonal } from '../lists/terms.ts'
import { writeQuery, type Query } from '../query/model.ts'

/**
 * Counts for many open screens. A fact makes all of them ask at once, so the asks of a moment are answered together, each different one once, and
 * an answer is kept until the log goes on: the database is asked per instance and per different question, not per screen.
 */
export interface Counter {
  /** The answers in the order of the questions. */
  count(actor: Actor, queries: readonly Query[]): Promise<Counted[]>
}

export interface CounterOptions {
  db: Db
  /** Where the log ends, as far as this instance has read it; null when nobody reads it, so that nothing is kept. */
  position(): number | null
  now?: () => number
}

interface Kept {
  position: number
  until: number
  counted: Counted
}

interface Waiting {
  ask: Ask
  position: number | null
  settle: ((counted: Counted) => void)[]
  fail: ((error: unknown) => void)[]
}

/** Time makes some answers old without any fact: what falls due, how long somebody waits. */
const KEPT_MS = 2_000
const KEPT_MAX = 5_000
/** So many questions go into one statement. */
const TOGETHER_MAX = 120

export function openCounter({ db, position, now = Date.now }: CounterOptions): Counter {
  const kept = new Map<string, Kept>()
  const waiting = new Map<string, Waiting>()
  let running = false

  const answer = async (batch: readonly [string, Waiting][]) => {
    try {
      const counted = await countAll(db, batch.map(([, { ask }]) => ask))
      if (kept.size > KEPT_MAX) kept.clear()
      batch.forEach(([key, { position: from, settle }], at) => {
        const found = counted[at] ?? { count: 0, more: false }
        if (from !== null) kept.set(key, { position: from, until: now() + KEPT_MS, counted: found })
        settle.forEach((one) => one(found))
      })
    } catch (error) {
      for (const [, { fail }] of batch) fail.forEach((one) => one(error))
    }
  }

  const run = async () => {
    if (running) return
    running = true
    // Whoever asks in this turn of the loop is answered together; whoever asks meanwhile, by the next statement, which begins after they asked.
    await Promise.resolve()
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, TOGETHER_MAX)
      for (const [key] of batch) waiting.delete(key)
      await answer(batch)
    }
    running = false
  }

  const one = (actor: Actor, query: Query): Promise<Counted> => {
    const [key, at] = [keyOf(actor, query), position()]
    const known = kept.get(key)
    if (known && known.position === at && known.until > now()) return Promise.resolve(known.counted)
    return new Promise((settle, fail) => {
      const there = waiting.get(key)
      if (there) {
        there.settle.push(settle)
        there.fail.push(fail)
      } else waiting.set(key, { ask: { actor, query }, position: at, settle: [settle], fail: [fail] })
      void run()
    })
  }
  return { count: (actor, queries) => Promise.all(queries.map((query) => one(actor, query))) }
}

/** Readers for whom a query means the same, behind the same walls, share its count. */
function keyOf(actor: Actor, query: Query): string {
  const who = query.terms.some(isPersonal) ? `${actor.kind} ${actor.id} ${actor.teamId ?? ''}` : ''
  return JSON.stringify([writeQuery(query), who, [...actor.barred].sort()])
}
