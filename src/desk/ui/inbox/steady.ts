import type { Summary } from '../wire.ts'

/**
 * A list that does not move under the reader's eye: rows stay where they are while what they say is brought up to date; new ones are
 * counted and come in when asked for; those that left stay as a faint line until then, unless the reader sent them away.
 */
export interface Steady {
  /** Of which list, so that another list begins afresh. */
  of: string
  order: readonly number[]
  rows: ReadonlyMap<number, Summary>
  /** In the list now, but not shown yet. */
  arrived: readonly number[]
  /** Shown, but no longer in the list. */
  gone: ReadonlySet<number>
}

export const emptySteady = (of: string): Steady => ({ of, order: [], rows: new Map(), arrived: [], gone: new Set() })

/**
 * Takes in what the server says.
 * @param dismissed numbers that the reader's own deed may take out of the list.
 */
export function takeIn(before: Steady, of: string, fetched: readonly Summary[], dismissed: ReadonlySet<number>): Steady {
  const rows = new Map(fetched.map((row) => [row.number, row]))
  const order = before.of === of ? before.order.filter((number) => rows.has(number) || !dismissed.has(number)) : []
  if (order.length === 0) return { of, order: fetched.map(({ number }) => number), rows, arrived: [], gone: new Set() }
  const shown = new Set(order)
  const lastShown = fetched.findLastIndex(({ number }) => shown.has(number))
  // What follows the last row that is shown is a further page, read because somebody scrolled: it moves nothing.
  const further = fetched.slice(lastShown + 1).map(({ number }) => number)
  const arrived = fetched.slice(0, lastShown + 1).filter(({ number }) => !shown.has(number)).map(({ number }) => number)
  const gone = new Set(order.filter((number) => !rows.has(number)))
  for (const number of gone) {
    const row = before.rows.get(number)
    if (row) rows.set(number, row)
  }
  if (lastShown === -1) return { of, order, rows, arrived: further, gone }
  return { of, order: [...order, ...further], rows, arrived, gone }
}

/** Shows the list as it is now. */
export function bringIn(steady: Steady, fetched: readonly Summary[]): Steady {
  return takeIn(emptySteady(steady.of), steady.of, fetched, new Set())
}

/** What the bar above the list says; null when there is nothing to bring in. */
export function arrivedWords({ arrived, gone }: Steady): string | null {
  if (arrived.length > 0) return `${arrived.length} new`
  return gone.size > 0 ? `${gone.size} moved on` : null
}

/** The row that a key goes to from another: the next or previous one, the first when nothing is selected. */
export function step(order: readonly number[], from: number | null, by: 1 | -1): number | null {
  const at = from === null ? -1 : order.indexOf(from)
  if (at === -1) return (by === 1 ? order[0] : order.at(-1)) ?? null
  return order[Math.min(order.length - 1, Math.max(0, at + by))] ?? null
}

/** Where to go when a row leaves: the one after it, else the one before. */
export function neighbour(order: readonly number[], leaving: number): number | null {
  const at = order.indexOf(leaving)
  return at === -1 ? null : order[at + 1] ?? order[at - 1] ?? null
}

/** Rows worth reading ahead: those beside the selected one. */
export const around = (order: readonly number[], at: number | null, reach = 2): number[] => {
  const place = at === null ? 0 : order.indexOf(at)
  return place === -1 ? [] : order.slice(Math.max(0, place - 1), place + reach + 1).filter((number) => number !== at)
}
