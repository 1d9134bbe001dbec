/** Chance that repeats itself: the same seed gives the same centre. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number of both ends. */
  between(from: number, to: number): number
  chance(share: number): boolean
  pick<T>(from: readonly T[]): T
  weighted<T>(from: readonly T[], weightOf: (item: T) => number): T
  shuffled<T>(from: readonly T[]): T[]
  /** Mostly near `median`, at times many times as long, as waiting is. */
  around(median: number, spread?: number): number
}

/** A stream of its own for each label, so that what is added in one place moves nothing in another. */
export function randomOf(seed: string): Random {
  const next = mulberry(hashOf(seed))
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(from: readonly T[]): T => {
    const item = from[Math.floor(next() * from.length)]
    if (item === undefined) throw new Error('nothing to pick from')
    return item
  }
  return {
    next, between, pick,
    chance: (share) => next() < share,
    weighted: (from, weightOf) => {
      let rest = next() * from.reduce((sum, item) => sum + weightOf(item), 0)
      return from.find((item) => (rest -= weightOf(item)) < 0) ?? pick(from)
    },
    shuffled: (from) => {
      const items = [...from]
      for (let index = items.length - 1; index > 0; index--) {
        const other = between(0, index)
        const [a, b] = [items[index], items[other]]
        if (a !== undefined && b !== undefined) [items[index], items[other]] = [b, a]
      }
      return items
    },
    around: (median, spread = 0.8) => median * Math.exp(spread * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

/** Tommy Ettinger's mulberry32: small, quick, good enough to look at. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
