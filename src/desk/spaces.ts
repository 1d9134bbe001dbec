import { sql } from 'kysely'
import type { Db } from '#platform'

/** In which queue a case lies now. `version` is one that the case has surely reached, when that is known. */
export type SpaceOf = (caseNumber: number, version: number | null) => Promise<string | null>

interface Known {
  queueId: string | null
  version: number
  until: number
}

const KEPT_MAX = 10_000
const KEPT_MS = 5_000

/**
 * Remembers queues of cases for a moment: each fact is asked about once for every open screen. A fact of a newer version than the one
 * remembered is never answered from memory, so that a case that went behind a wall is behind it for the very fact that says so.
 */
export function openSpaces(db: Db, now: () => number = Date.now): SpaceOf {
  const kept = new Map<number, Known>()
  let asking: { numbers: Set<number>; answers: Promise<Map<number, Known>> } | null = null

  const read = async (numbers: ReadonlySet<number>) => {
    // Others who ask in this turn of the loop are answered by the same query.
    await Promise.resolve()
    asking = null
    const { rows } = await sql<{ number: number; queueId: string; version: number }>`select number, queue_id as "queueId", version from "case" where number = any(${[...numbers]}::bigint[])`.execute(db)
    const until = now() + KEPT_MS
    return new Map(rows.map(({ number, queueId, version }) => [number, { queueId, version, until }]))
  }

  return async (caseNumber, version) => {
    const known = kept.get(caseNumber)
    if (known && version !== null && known.version >= version && known.until > now()) return known.queueId
    const numbers = asking?.numbers ?? new Set<number>()
    numbers.add(caseNumber)
    asking ??= { numbers, answers: read(numbers) }
    const found = (await asking.answers).get(caseNumber) ?? { queueId: null, version: version ?? 0, until: 0 }
    if (kept.size >= KEPT_MAX) kept.clear()
    kept.set(caseNumber, found)
    return found.queueId
  }
}
