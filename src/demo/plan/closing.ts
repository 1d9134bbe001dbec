import { DAY_MS, HOUR_MS } from './hours.ts'
import type { Step } from './model.ts'

/** Solved cases are closed by the desk's own job; in the sample centre it goes its round twice a day. */
export const CLOSE_AFTER_DAYS = 7
export const ROUND_MS = 12 * HOUR_MS

/** The round in which a case of this course is closed; null when it was not solved, or not long enough ago. */
export function closedAt(steps: readonly Step[], now: number): number | null {
  const status = steps.findLast(({ does }) => does.kind === 'reply' || does.kind === 'move' || does.kind === 'write')
  if (!status || (status.does.kind !== 'reply' && status.does.kind !== 'move') || status.does.status !== 'solved') return null
  const round = Math.ceil((status.at.getTime() + CLOSE_AFTER_DAYS * DAY_MS + 1) / ROUND_MS) * ROUND_MS
  return round <= now ? round : null
}
