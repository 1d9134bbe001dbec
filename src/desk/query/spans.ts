/** Times as the language writes them: `<2h`, `>1d`, `today`, `2026-10`, `2026-10-01..2026-10-07`. */

/** From (inclusive) until (exclusive), in ms since 1970; null is open. */
export interface Span {
  from: number | null
  until: number | null
}

const MINUTE_MS = 60_000
const UNIT_MS: Readonly<Record<string, number>> = { m: MINUTE_MS, h: 60 * MINUTE_MS, d: 1_440 * MINUTE_MS, w: 10_080 * MINUTE_MS }

/** `90m`, `2h`, `7d`, `2w` in ms. */
export function durationMs(text: string): number | null {
  const match = /^(\d{1,5})([mhdw])$/.exec(text)
  return match?.[1] && match[2] ? Number(match[1]) * (UNIT_MS[match[2]] ?? 0) : null
}

interface Day {
  year: number
  month: number
  day: number
}

const dayAfter = ({ year, month, day }: Day, days: number): Day => {
  const moved = new Date(Date.UTC(year, month - 1, day + days))
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** What the clocks of a zone show at an instant, as if it were UTC, in ms. */
function wallClock(at: number, zone: string): number {
  let format = formats.get(zone)
  if (!format) formats.set(zone, format = new Intl.DateTimeFormat('en', { timeZone: zone, calendar: 'iso8601', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }))
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
}

/** The instant at which a day begins in a zone; where its midnight was skipped, the first instant of the day. */
function startOf({ year, month, day }: Day, zone: string): number {
  const wanted = Date.UTC(year, month - 1, day)
  if (zone === 'UTC') return wanted
  const offsets = [wanted - 86_400_000, wanted + 86_400_000].map((at) => wallClock(at, zone) - at)
  const instants = offsets.map((offset) => wanted - offset).toSorted((a, b) => a - b)
  return instants.find((at) => wallClock(at, zone) >= wanted) ?? wanted
}

function today(now: number, zone: string): Day {
  const shown = new Date(zone === 'UTC' ? now : wallClock(now, zone))
  return { year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate() }
}

/** A whole day or month, as the days that it goes from and until. */
function daysOf(text: string, now: number, zone: string): { first: Day; next: Day } | null {
  const named: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tomorrow: 1 }
  const off = named[text]
  if (off !== undefined) return { first: dayAfter(today(now, zone), off), next: dayAfter(today(now, zone), off + 1) }
  const match = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(text)
  if (!match) return null
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3] ?? '1')]
  const first = { year, month, day }
  const same = dayAfter(first, 0)
  if (year < 1970 || same.month !== month || same.day !== day) return null
  return { first, next: match[3] ? dayAfter(first, 1) : month === 12 ? { year: year + 1, month: 1, day: 1 } : { year, month: month + 1, day: 1 } }
}

/** A day, a month, or a range of them. */
function calendarSpan(text: string, now: number, zone: string): Span | null {
  const [from = '', until = from, ...more] = text.split('..')
  const [begin, end] = [daysOf(from, now, zone), daysOf(until, now, zone)]
  return begin && end && more.length === 0 ? { from: startOf(begin.first, zone), until: startOf(end.next, zone) } : null
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z$/

/** The moment from which `after:` counts and until which `before:` does: the beginning of a day or month, an instant, or so long ago. */
function moment(text: string, now: number, zone: string): number | null {
  const ago = durationMs(text)
  if (ago !== null) return now - ago
  if (INSTANT.test(text)) return Number.isNaN(Date.parse(text)) ? null : Date.parse(text)
  return text.includes('..') ? null : (calendarSpan(text, now, zone)?.from ?? null)
}

type SpanField = 'before' | 'after' | 'solved' | 'updated' | 'due' | 'waiting'

/** The time that a value of one of the time fields means; null when it means none. */
export function spanOf(field: SpanField, text: string, now: number, zone = 'UTC'): Span | null {
  if (field === 'before' || field === 'after') {
    const at = moment(text, now, zone)
    return at === null ? null : field === 'before' ? { from: null, until: at } : { from: at, until: null }
  }
  const compared = /^([<>])(.+)$/.exec(text)
  if (compared) {
    const length = durationMs(compared[2] ?? '')
    if (length === null) return null
    // Time that has passed is counted back from now, time that is left on from now.
    if (field === 'due') return compared[1] === '<' ? { from: null, until: now + length } : { from: now + length, until: null }
    return compared[1] === '<' ? { from: now - length, until: null } : { from: null, until: now - length }
  }
  if (field === 'due' && text === 'overdue') return { from: null, until: now }
  return field === 'waiting' ? null : calendarSpan(text, now, zone)
}

export const within = (span: Span, at: number): boolean => (span.from === null || at >= span.from) && (span.until === null || at < span.until)
