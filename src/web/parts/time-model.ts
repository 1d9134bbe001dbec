/** Moments and lengths in words. Pure: now, the zone and the language come from outside. */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface Reader { zone: string; locale: string }

/** "just now", "5 min ago", "in 2 h", "3 d ago"; from a week on the date. `short` leaves "ago" and "in" out. */
export function relative(at: Date, now: Date, reader: Reader, short = false): string {
  const ms = now.getTime() - at.getTime()
  const size = Math.abs(ms)
  if (size < 45_000) return short ? 'now' : ms >= 0 ? 'just now' : 'now'
  if (size >= 7 * DAY) return date(at, now, reader)
  const length = size < HOUR ? `${Math.max(1, Math.round(size / MINUTE))} min` : size < DAY ? `${Math.round(size / HOUR)} h` : `${Math.round(size / DAY)} d`
  return short ? length : ms > 0 ? `${length} ago` : `in ${length}`
}

/** The time of day when it was today, else the date: as a list of mail has it. */
export const clock = (at: Date, now: Date, reader: Reader): string =>
  (dayKey(at, reader.zone) === dayKey(now, reader.zone) ? format(at, reader, { hour: '2-digit', minute: '2-digit' }) : date(at, now, reader))

/** "Today", "Yesterday", "Tuesday", "4 November", "4 November 2024". */
export function day(at: Date, now: Date, reader: Reader): string {
  const days = daysBetween(at, now, reader.zone)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  if (days === -1) return 'Tomorrow'
  if (days > 1 && days < 7) return format(at, reader, { weekday: 'long' })
  return format(at, reader, { day: 'numeric', month: 'long', ...(sameYear(at, now, reader.zone) ? {} : { year: 'numeric' }) })
}

/** The whole moment with its zone, for whoever wants to be sure. */
export const absolute = (at: Date, reader: Reader): string =>
  format(at, reader, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' })

export const date = (at: Date, now: Date, reader: Reader): string => format(at, reader, { day: 'numeric', month: 'short', ...(sameYear(at, now, reader.zone) ? {} : { year: 'numeric' }) })

/** "45 s", "25 min", "2 h 10 min", "3 d 4 h": the two greatest units that say something. */
export function duration(ms: number): string {
  const size = Math.abs(ms)
  const sign = ms < 0 ? '−' : ''
  if (size < 1_000) return `${sign}${Math.round(size)} ms`
  if (size < MINUTE) return `${sign}${Math.round(size / 1_000)} s`
  if (size < HOUR) return `${sign}${Math.round(size / MINUTE)} min`
  if (size < DAY) return sign + pair(Math.round(size / MINUTE), 60, 'h', 'min')
  return sign + pair(Math.round(size / HOUR), 24, 'd', 'h')
}

function pair(small: number, per: number, great: string, unit: string): string {
  const rest = small % per
  return `${Math.floor(small / per)} ${great}${rest > 0 ? ` ${rest} ${unit}` : ''}`
}

function daysBetween(at: Date, now: Date, zone: string): number {
  return Math.round((Date.parse(dayKey(now, zone)) - Date.parse(dayKey(at, zone))) / DAY)
}

const dayKey = (at: Date, zone: string) => formatter('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' }, zone).format(at)
const sameYear = (at: Date, now: Date, zone: string) => dayKey(at, zone).slice(0, 4) === dayKey(now, zone).slice(0, 4)
const format = (at: Date, { zone, locale }: Reader, options: Intl.DateTimeFormatOptions) => formatter(locale, options, zone).format(at)

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Making one is a hundred times slower than using it. */
function formatter(locale: string, options: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${JSON.stringify(options)}`
  const known = formatters.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone, hourCycle: 'h23' })
  formatters.set(key, known)
  return known
}
