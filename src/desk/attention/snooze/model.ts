/** Putting a case off: for how long, and what wakes it. Also runs in the browser. */

/** `time`: its instant came. The others are what happened to the case meanwhile. */
export const wakings = ['time', 'customer', 'agent', 'moved', 'solved', 'removed', 'merged', 'undelivered', 'partner'] as const
export type Waking = (typeof wakings)[number]

/** What of a case's facts wakes it: whatever makes it somebody's turn again, or takes it out of the work at hand for good. */
export function wakingBy(kind: string, data: Readonly<Record<string, unknown>>): Waking | null {
  if (kind === 'message.received') return data['automatic'] || data['rule'] === 'opened' ? null : 'customer'
  // A case that was merged into it brought a customer who waits.
  if (kind === 'case.absorbed') return data['waitingSince'] ? 'customer' : null
  if (kind === 'side.answered' && data['automatic']) return null
  return Object.hasOwn(wakers, kind) ? wakers[kind] ?? null : null
}

const wakers: Readonly<Record<string, Waking>> = {
  // Whoever gets the case, or the queue in which it lies now, did not put it off.
  'case.assigned': 'moved', 'case.unassigned': 'moved', 'queue.changed': 'moved',
  'case.solved': 'solved', 'case.closed': 'solved', 'case.removed': 'removed',
  'reply.failed': 'undelivered', 'reply.bounced': 'undelivered',
  'side.answered': 'partner', 'side.overdue': 'partner',
}

export const SNOOZE_DAYS_MAX = 366

/** A moment as a clock on the wall shows it. `weekday` runs from 0, Sunday, to 6. */
export interface Wall {
  year: number
  month: number
  day: number
  hour: number
  minute: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' })
  formats.set(zone, known)
  return known
}

/** What the clock on the wall shows in an IANA zone at an instant. */
export function wallAt(at: Date, zone: string): Wall {
  const parts = formatIn(zone).formatToParts(at)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0)
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') }
}

const asUtc = ({ year, month, day, hour, minute }: Wall): number => Date.UTC(year, month - 1, day, hour, minute)

/**
 * The instant at which the clock on the wall shows this; days and minutes may run over. A time that is left out when clocks go forward is the
 * one as much later; of a time that comes twice when they go back, the first.
 */
export function instantOf(wall: Wall, zone: string): Date {
  const wanted = asUtc(wall)
  const offsetAt = (instant: number) => asUtc(wallAt(new Date(instant), zone)) - Math.floor(instant / 60_000) * 60_000
  // The offset a day earlier and a day later are those before and after any change between.
  const offsets = [offsetAt(wanted - DAY_MS), offsetAt(wanted + DAY_MS)]
  const fitting = offsets.map((offset) => wanted - offset).filter((instant) => asUtc(wallAt(new Date(instant), zone)) === wanted)
  return new Date(fitting.length > 0 ? Math.min(...fitting) : wanted - offsets[0]!)
}

const DAY_MS = 86_400_000

/** From 0, Sunday, to 6, Saturday. */
export const weekdayOf = (wall: Wall): number => new Date(asUtc(wall)).getUTCDay()

/** When somebody works: whether a day is one of work, and in which minute of it work begins. */
export interface WorkingDays {
  begins(wall: Wall): number | null
}

export const MORNING = 9 * 60

/** Until a calendar is known: Monday to Friday from nine. */
export const plainWeek: WorkingDays = { begins: (wall) => (weekdayOf(wall) % 6 === 0 ? null : MORNING) }

const DAYS_LOOKED_MAX = 31

/** The beginning of the first working day so many days from now or later. */
export function workingMorning(now: Date, zone: string, daysFrom: number, week: WorkingDays = plainWeek): Date {
  const today = wallAt(now, zone)
  for (let days = daysFrom; days < daysFrom + DAYS_LOOKED_MAX; days++) {
    const wall = later(today, days)
    const begins = week.begins(wall)
    if (begins !== null) return instantOf({ ...wall, hour: 0, minute: begins }, zone)
  }
  return instantOf({ ...later(today, daysFrom), hour: 0, minute: MORNING }, zone)
}

/** The same time of day so many days later, as a date that there is. */
export function later(wall: Wall, days: number): Wall {
  const moved = new Date(asUtc({ ...wall, day: wall.day + days }))
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate(), hour: wall.hour, minute: wall.minute }
}

export interface Preset {
  id: 'laterToday' | 'tomorrow' | 'monday' | 'threeDays' | 'customer'
  /** Null until the customer writes. */
  until: Date | null
}

const LATER_HOURS = 3
const LAST_HOUR = 21
const QUARTER_MS = 15 * 60_000

/** What is offered without writing: only what lies ahead, each instant once, the soonest first. */
export function presetsAt(now: Date, zone: string, week: WorkingDays = plainWeek): Preset[] {
  const soon = new Date(Math.ceil((now.getTime() + LATER_HOURS * 3_600_000) / QUARTER_MS) * QUARTER_MS)
  const [today, then] = [wallAt(now, zone), wallAt(soon, zone)]
  const toMonday = ((8 - weekdayOf(today)) % 7) || 7
  const offered: Preset[] = [
    ...(then.day === today.day && then.hour <= LAST_HOUR ? [{ id: 'laterToday' as const, until: soon }] : []),
    { id: 'tomorrow', until: workingMorning(now, zone, 1, week) }, { id: 'monday', until: workingMorning(now, zone, toMonday, week) }, { id: 'threeDays', until: workingMorning(now, zone, 3, week) },
  ]
  const seen = new Set<number>()
  const each = offered.filter(({ until }) => until !== null && !seen.has(until.getTime()) && seen.add(until.getTime()))
  return [...each.sort((a, b) => (a.until?.getTime() ?? 0) - (b.until?.getTime() ?? 0)), { id: 'customer', until: null }]
}
