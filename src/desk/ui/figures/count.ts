/** What an account's cases come to, counted from their list. */

interface Counted {
  status: string
  openedAt: string
  solvedAt: string | null
  waitingSince: string | null
}

export interface AccountFigures {
  /** Neither solved nor closed. */
  atHand: number
  /** Of those, the ones in which the customer waits for us. */
  waiting: number
  openedLately: number
  /** Half of the cases solved lately took at most so long; null where none was. */
  medianSolvedMs: number | null
  /** How many were solved lately: the denominator of the median. */
  solvedLately: number
}

export const LATELY_DAYS = 30
const DAY_MS = 86_400_000
const OVER = new Set(['solved', 'closed'])

/** `lately` is the last 30 days before `now`. */
export function figuresOf(cases: readonly Counted[], now: Date): AccountFigures {
  const since = now.getTime() - LATELY_DAYS * DAY_MS
  const atHand = cases.filter(({ status }) => !OVER.has(status))
  const took = cases.flatMap(({ openedAt, solvedAt }) => (solvedAt !== null && Date.parse(solvedAt) >= since ? [Date.parse(solvedAt) - Date.parse(openedAt)] : []))
  return {
    atHand: atHand.length, waiting: atHand.filter(({ waitingSince }) => waitingSince !== null).length,
    openedLately: cases.filter(({ openedAt }) => Date.parse(openedAt) >= since).length, medianSolvedMs: median(took), solvedLately: took.length,
  }
}

function median(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}
