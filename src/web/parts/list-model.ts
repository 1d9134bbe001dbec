/** What a list shows when its rows come, go and move: nothing moves under the reader's eye. */

export interface Settled {
  /** The keys in the order in which they are shown. */
  order: readonly string[]
  /** Rows that wait until the reader asks for them. */
  fresh: number
  /** Rows that would stand elsewhere. */
  moved: number
}

/**
 * Keeps the order that is shown. What was taken away goes; what continues the list at its end (the next page) comes in; whatever would come in
 * between, or would move, waits and is counted.
 */
export function settle(shown: readonly string[], incoming: readonly string[]): Settled {
  const places = new Map(incoming.map((key, place) => [key, place]))
  const kept = shown.filter((key) => places.has(key))
  if (kept.length === 0) return { order: incoming, fresh: 0, moved: 0 }
  const keptPlaces = kept.map((key) => places.get(key) ?? 0)
  const last = keptPlaces.reduce((greatest, place) => Math.max(greatest, place), -1)
  const known = new Set(kept)
  const others = incoming.filter((key) => !known.has(key))
  const after = others.filter((key) => (places.get(key) ?? 0) > last)
  return { order: [...kept, ...after], fresh: others.length - after.length, moved: kept.length - longestRising(keptPlaces) }
}

/** How many of the numbers can stay when the others are moved so that all rise (patience sorting). */
function longestRising(numbers: readonly number[]): number {
  const tails: number[] = []
  for (const number of numbers) {
    let [low, high] = [0, tails.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tails[middle] ?? 0) < number) low = middle + 1
      else high = middle
    }
    tails[low] = number
  }
  return tails.length
}

/** "3 new", "2 moved", "3 new, 2 moved"; null when there is nothing to say. */
export function news({ fresh, moved }: Settled): string | null {
  const words = [...(fresh > 0 ? [`${fresh} new`] : []), ...(moved > 0 ? [`${moved} moved`] : [])]
  return words.length > 0 ? words.join(', ') : null
}

/** The rows to draw: those in sight and some around, so that quick scrolling meets no holes. */
export function rowsInSight(scrollTop: number, height: number, rowHeight: number, count: number, around = 8): { from: number; to: number } {
  const from = Math.max(0, Math.floor(scrollTop / rowHeight) - around)
  return { from, to: Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + around) }
}

/** Where a step leads; from a row that is gone, to the one that took its place. */
export function stepFrom(order: readonly string[], selected: string | null, lastPlace: number, step: number): string | null {
  const at = selected === null ? -1 : order.indexOf(selected)
  const to = at !== -1 ? at + step : selected === null ? 0 : step > 0 ? lastPlace : lastPlace - 1
  return order[Math.max(0, Math.min(order.length - 1, to))] ?? null
}
