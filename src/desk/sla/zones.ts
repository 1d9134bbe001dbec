/** What the clocks of a zone show at an instant. Intl holds the tz database; all that is added is remembering, since each question to it costs microseconds. */

export const DAY_MS = 86_400_000
const PROBE_MS = DAY_MS / 4
const SECOND_MS = 1_000
const DAYS_KEPT = 20_000

/** A stretch of time, in milliseconds since the epoch, in which the clocks of a zone are ahead of UTC by one offset. */
export interface Stretch {
  from: number
  to: number
  offset: number
}

const formats = new Map<string, Intl.DateTimeFormat>()
const days = new Map<string, Map<number, readonly Stretch[]>>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
  formats.set(zone, made)
  return made
}

/** What the clocks show at an instant, as if it were UTC, to the second. @throws RangeError when there is no such zone */
export function wallAt(zone: string, at: number): number {
  const second = Math.floor(at / SECOND_MS) * SECOND_MS
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of formatOf(zone).formatToParts(second)) shown[type] = Number(value)
  return Date.UTC(shown.year ?? 0, (shown.month ?? 1) - 1, shown.day ?? 1, shown.hour ?? 0, shown.minute ?? 0, shown.second ?? 0)
}

/** By how many milliseconds the clocks are ahead of UTC. */
export const offsetAt = (zone: string, at: number): number => wallAt(zone, at) - Math.floor(at / SECOND_MS) * SECOND_MS

/** Whether Intl knows a zone by this name. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

/** A day of UTC (days since the epoch) in stretches of one offset: one on most days, two where the clocks are put forward or back. */
export function stretchesOf(zone: string, day: number): readonly Stretch[] {
  const kept = days.get(zone) ?? new Map<number, readonly Stretch[]>()
  days.set(zone, kept)
  const known = kept.get(day)
  if (known) return known
  if (kept.size >= DAYS_KEPT) kept.clear()
  const made = stretchesBetween(zone, day * DAY_MS, (day + 1) * DAY_MS)
  kept.set(day, made)
  return made
}

function stretchesBetween(zone: string, from: number, to: number): Stretch[] {
  const found: Stretch[] = []
  for (let at = from; at < to; at += PROBE_MS) {
    const [offset, next] = [offsetAt(zone, at), offsetAt(zone, at + PROBE_MS - SECOND_MS)]
    const change = offset === next ? at + PROBE_MS : changeBetween(zone, at, at + PROBE_MS - SECOND_MS)
    append(found, { from: at, to: change, offset })
    if (change < at + PROBE_MS) append(found, { from: change, to: at + PROBE_MS, offset: next })
  }
  return found
}

function append(found: Stretch[], next: Stretch) {
  const last = found.at(-1)
  if (last && last.offset === next.offset) last.to = next.to
  else found.push(next)
}

/** The first second at which the offset is no longer that of `from`, by halving. Clocks change once in six hours at most. */
function changeBetween(zone: string, from: number, to: number): number {
  const before = offsetAt(zone, from)
  let [low, high] = [from / SECOND_MS, to / SECOND_MS]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(zone, middle * SECOND_MS) === before) low = middle
    else high = middle
  }
  return high * SECOND_MS
}

/** The instant at which a day of the wall begins, near enough for pictures where it is skipped. */
export function midnightOf(zone: string, day: number): number {
  const first = day * DAY_MS - offsetAt(zone, day * DAY_MS)
  return day * DAY_MS - offsetAt(zone, first)
}

/** By how many minutes the clocks are put forward on a day; negative: back. 0 on most. */
export const shiftOn = (zone: string, day: number): number => (offsetAt(zone, midnightOf(zone, day + 1)) - offsetAt(zone, midnightOf(zone, day))) / 60_000
