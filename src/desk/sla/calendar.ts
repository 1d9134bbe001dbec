import { DAY_MS, stretchesOf } from './zones.ts'

/**
 * Business time: how much of it lies between two instants, and when so much of it will have passed. An instant is open when the clocks on the wall of the
 * calendar's zone show a time inside of a slot; so an hour that the clocks skip is not there, and one that they show twice counts twice.
 */

/** Minutes since midnight on the wall, `to` excluded; 1440 is the end of the day. */
export interface Hours {
  from: number
  to: number
}

/** Hours of a day of the week, 1 is Monday. Several a day leave breaks between them; a night shift is two slots. */
export interface Slot extends Hours {
  day: number
}

/** Closed the whole day, or from and to. `yearly`: on this day of every year. */
export interface Holiday {
  /** `2026-12-25`, in the calendar's zone. */
  date: string
  name: string
  hours?: Hours
  yearly?: boolean
}

/** Hours of one date that hold instead of the week's, and of a holiday. */
export interface OpenDay extends Hours {
  date: string
  name: string
}

/** When a place is at work. One version of it; a change makes another. */
export interface Calendar {
  /** IANA. */
  timeZone: string
  slots: readonly Slot[]
  holidays: readonly Holiday[]
  openDays: readonly OpenDay[]
}

/** From and to in milliseconds since the epoch. */
export interface Stretch {
  from: number
  to: number
}

const MINUTE_MS = 60_000
const WHOLE_DAY: Hours = { from: 0, to: 1_440 }
const DAYS_KEPT = 20_000
/** Further than this no promise reaches: a calendar without so much time is as good as closed. */
const DAYS_MAX = 4_000

/** Days since the epoch of a date on the wall. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS
/** The date of a day since the epoch. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)
/** The day of the week of a day since the epoch, 1 is Monday: 1 January 1970 was a Thursday. */
export const weekdayOf = (day: number): number => ((day + 3) % 7 + 7) % 7 + 1

/** The hours that are open on a date of the wall, in order, without overlap. */
export function hoursOn(calendar: Calendar, day: number): Hours[] {
  const date = dateOf(day)
  const special = calendar.openDays.filter((open) => open.date === date)
  if (special.length > 0) return joined(special)
  const closed = calendar.holidays.filter((holiday) => (holiday.yearly ? holiday.date.slice(5) === date.slice(5) : holiday.date === date)).map(({ hours }) => hours ?? WHOLE_DAY)
  const weekday = weekdayOf(day)
  return joined(closed.reduce<Hours[]>(without, calendar.slots.filter((slot) => slot.day === weekday)))
}

const without = (open: Hours[], closed: Hours): Hours[] =>
  open.flatMap(({ from, to }) => [{ from, to: Math.min(to, closed.from) }, { from: Math.max(from, closed.to), to }].filter((rest) => rest.from < rest.to))

function joined(hours: readonly Hours[]): Hours[] {
  const found: Hours[] = []
  for (const { from, to } of hours.toSorted((a, b) => a.from - b.from)) {
    const last = found.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else if (from < to) found.push({ from, to })
  }
  return found
}

// A calendar never changes, a changed one is another version: so what was worked out for one holds as long as it is there.
const worked = new WeakMap<Calendar, Map<number, readonly Stretch[]>>()

/** What is open on a day of UTC (days since the epoch), in order. Local days are no use here: some are missing, some come in two pieces. */
function openOn(calendar: Calendar, day: number): readonly Stretch[] {
  const kept = worked.get(calendar) ?? new Map<number, readonly Stretch[]>()
  worked.set(calendar, kept)
  const known = kept.get(day)
  if (known) return known
  if (kept.size >= DAYS_KEPT) kept.clear()
  const open = stretchesOf(calendar.timeZone, day).flatMap((stretch) => openWithin(calendar, stretch))
  kept.set(day, open)
  return open
}

function openWithin(calendar: Calendar, { from, to, offset }: { from: number; to: number; offset: number }): Stretch[] {
  const found: Stretch[] = []
  for (let day = Math.floor((from + offset) / DAY_MS); day * DAY_MS < to + offset; day++) {
    for (const hours of hoursOn(calendar, day)) {
      const [opens, closes] = [day * DAY_MS + hours.from * MINUTE_MS - offset, day * DAY_MS + hours.to * MINUTE_MS - offset]
      if (opens < to && closes > from) found.push({ from: Math.max(opens, from), to: Math.min(closes, to) })
    }
  }
  return found
}

/** Milliseconds of business time from one instant to another; without a calendar every millisecond counts. 0 when `to` is not later. */
export function businessMs(calendar: Calendar | null, from: Date, to: Date): number {
  const [start, end] = [from.getTime(), to.getTime()]
  if (calendar === null || end <= start) return Math.max(0, end - start)
  let total = 0
  for (let day = Math.floor(start / DAY_MS); day * DAY_MS < end; day++) {
    for (const open of openOn(calendar, day)) total += Math.max(0, Math.min(open.to, end) - Math.max(open.from, start))
  }
  return total
}

/** The first instant at which so many milliseconds of business time have passed. Null when the calendar does not open for so long in eleven years. */
export function addBusiness(calendar: Calendar | null, from: Date, ms: number): Date | null {
  const start = from.getTime()
  if (calendar === null || ms <= 0) return new Date(start + Math.max(0, ms))
  let left = ms
  const first = Math.floor(start / DAY_MS)
  for (let day = first; day < first + DAYS_MAX; day++) {
    for (const open of openOn(calendar, day)) {
      const begins = Math.max(open.from, start)
      if (open.to <= begins) continue
      if (open.to - begins >= left) return new Date(begins + left)
      left -= open.to - begins
    }
  }
  return null
}

/** What is open between two instants, in order, each stretch as long as it lasts; for pictures. */
export function openBetween(calendar: Calendar | null, from: Date, to: Date): { from: Date; to: Date }[] {
  const [start, end] = [from.getTime(), to.getTime()]
  if (calendar === null) return end > start ? [{ from, to }] : []
  const found: Stretch[] = []
  for (let day = Math.floor(start / DAY_MS); day * DAY_MS < end; day++) {
    for (const open of openOn(calendar, day)) {
      const [opens, closes] = [Math.max(open.from, start), Math.min(open.to, end)]
      const last = found.at(-1)
      if (last && last.to === opens) last.to = closes
      else if (opens < closes) found.push({ from: opens, to: closes })
    }
  }
  return found.map((stretch) => ({ from: new Date(stretch.from), to: new Date(stretch.to) }))
}
