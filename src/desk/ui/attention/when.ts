import { casual } from 'chrono-node/en'
import { instantOf, wallAt, workingMorning } from '../../attention/snooze/model.ts'

/** Moments as people write them: "fri 9am", "in 2 hours", "next tuesday", "24 dec 14:30". Fetched when somebody begins to write one. */

/** The beginning of a day of work and its end, for words that name no hour. */
const MORNING_HOUR = 9
const EVENING_HOUR = 18

/**
 * The moment that words mean on a clock in this zone, always ahead; null when they mean none. The library reads them as if the zone were UTC, so
 * that only the wall's clock counts; what that is as an instant, also in nights in which clocks change, is decided here.
 */
export function momentIn(words: string, now: Date, zone: string): Date | null {
  const text = words.trim().toLowerCase().replace(/^(?:until|till|to|on)\s+/, '')
  if (/^(?:eod|end of (?:the )?day|tonight|this evening)$/.test(text)) return ahead(instantOf({ ...wallAt(now, zone), hour: EVENING_HOUR, minute: 0 }, zone), now)
  if (/^(?:eow|end of (?:the )?week)$/.test(text)) return momentIn('friday 5pm', now, zone)
  if (/^next week$/.test(text)) return momentIn('next monday', now, zone)
  if (/^(?:next )?(?:work(?:ing)? ?day)$/.test(text)) return workingMorning(now, zone, 1)
  const length = /^(\d{1,4})\s*(m|min|h|d|w)$/.exec(text)
  const today = wallAt(now, zone)
  const reference = new Date(Date.UTC(today.year, today.month - 1, today.day, today.hour, today.minute))
  const [found] = casual.parse(length ? `in ${length[1]} ${UNITS[length[2] ?? 'h']}` : text, { instant: reference, timezone: 0 }, { forwardDate: true })
  if (!found) return null
  const { start } = found
  const part = (name: 'year' | 'month' | 'day' | 'hour' | 'minute') => start.get(name) ?? 0
  const exact = start.isCertain('hour')
  const wall = { year: part('year'), month: part('month'), day: part('day'), hour: exact ? part('hour') : MORNING_HOUR, minute: exact ? part('minute') : 0 }
  const moment = instantOf(wall, zone)
  // A day that is named alone, and has begun: the same day a week on.
  return moment <= now && start.isCertain('weekday') ? ahead(instantOf({ ...wall, day: wall.day + 7 }, zone), now) : ahead(moment, now)
}

const UNITS: Readonly<Record<string, string>> = { m: 'minutes', min: 'minutes', h: 'hours', d: 'days', w: 'weeks' }
const ahead = (moment: Date, now: Date): Date | null => (moment > now ? moment : null)
