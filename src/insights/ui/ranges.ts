/** Ranges of days on the screen. A day is `2026-11-16`, without a zone: whose days they are the server is told. Pure. */

const DAY_MS = 86_400_000

export const ranges = ['7d', '4w', '13w', 'month', 'lastMonth', 'custom'] as const
export type RangeName = (typeof ranges)[number]
export const rangeNames: Readonly<Record<RangeName, string>> = { '7d': 'Last 7 days', '4w': 'Last 4 weeks', '13w': 'Last 13 weeks', month: 'This month', lastMonth: 'Last month', custom: 'From ... to ...' }

export interface Days {
  from: string
  /** Excluded. */
  to: string
}

export const dayAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
export const daysIn = ({ from, to }: Days): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
export const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)

/** What day it is in a zone. */
export const today = (now: Date, zone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now)

const weekday = (day: string) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
const firstOfMonth = (day: string) => `${day.slice(0, 8)}01`

/** The days of a named range; weeks begin on Monday, and the one that goes on counts as far as it is. */
export function daysOf(name: RangeName, day: string, custom: Partial<Days>): Days {
  const [tomorrow, monday] = [dayAfter(day, 1), dayAfter(day, -weekday(day))]
  switch (name) {
    case '7d': return { from: dayAfter(day, -6), to: tomorrow }
    case '4w': return { from: dayAfter(monday, -21), to: tomorrow }
    case '13w': return { from: dayAfter(monday, -84), to: tomorrow }
    case 'month': return { from: firstOfMonth(day), to: tomorrow }
    case 'lastMonth': return { from: firstOfMonth(dayAfter(firstOfMonth(day), -1)), to: firstOfMonth(day) }
    case 'custom': {
      const from = isDay(custom.from) ? custom.from : dayAfter(day, -6)
      const to = isDay(custom.to) && custom.to > from ? custom.to : dayAfter(from, 1)
      return { from, to }
    }
  }
}

/** As many days before them; whole weeks back where they are weeks, so that a Monday is compared with a Monday. */
export function before(days: Days): Days {
  const length = daysIn(days)
  const shift = length > 7 ? Math.ceil(length / 7) * 7 : length
  return { from: dayAfter(days.from, -shift), to: dayAfter(days.to, -shift) }
}

/** How a range is told apart unless somebody chose: by day up to a month, by week up to a year. */
export const eachOf = (days: Days): 'day' | 'week' | 'month' => (daysIn(days) <= 31 ? 'day' : daysIn(days) <= 370 ? 'week' : 'month')

/** "16 Nov", or with its year when that is another one. */
export const dayName = (day: string, year: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short', ...(day.startsWith(year) ? {} : { year: 'numeric' }) }).format(new Date(`${day}T00:00:00Z`))

/** The days with both ends: "16 to 22 Nov". */
export const rangeWords = ({ from, to }: Days, year: string): string => `${dayName(from, year)} to ${dayName(dayAfter(to, -1), year)}`
