import ICAL from 'ical.js'
import type { Holiday } from '../model.ts'

/** Public holidays out of an iCalendar file (RFC 5545), as offices publish them. */

const DAYS_MAX = 400
const REPEATS_MAX = 2_000
const MINUTES_OF_DAY = 1_440

export interface FoundDays {
  days: Holiday[]
  /** Events in which there was nothing to read. */
  skipped: number
}

/** The days of a file from one date to another (`2026-12-25`), repeated ones each time. Null when it is no calendar at all. */
export function holidaysFrom(text: string, from: string, to: string): FoundDays | null {
  const root = rootOf(text)
  if (!root) return null
  const days = new Map<string, Holiday>()
  let skipped = 0
  for (const component of root.getAllSubcomponents('vevent')) {
    try {
      for (const day of daysOf(new ICAL.Event(component), from, to)) if (days.size < DAYS_MAX) days.set(`${day.date} ${day.name}`, day)
    } catch {
      skipped += 1
    }
  }
  return { days: [...days.values()].toSorted((a, b) => a.date.localeCompare(b.date)), skipped }
}

function rootOf(text: string): ICAL.Component | null {
  try {
    const root = new ICAL.Component(ICAL.parse(text.replace(/^\uFEFF/, '')))
    return root.name === 'vcalendar' ? root : null
  } catch {
    return null
  }
}

function daysOf(event: ICAL.Event, from: string, to: string): Holiday[] {
  const found: Holiday[] = []
  const times = event.iterator()
  for (let round = 0, start = times.next(); round < REPEATS_MAX && start; round++, start = times.next()) {
    const date = start.toString().slice(0, 10)
    if (date > to) break
    const days = daysFrom(start, event)
    found.push(...days.filter((day) => day.date >= from && day.date <= to))
  }
  return found
}

/** Whole days as they are; an event with hours closes those of its day. */
function daysFrom(start: ICAL.Time, event: ICAL.Event): Holiday[] {
  const name = (event.summary || 'Holiday').slice(0, 200)
  const end = start.clone()
  end.addDuration(event.duration)
  if (!start.isDate) {
    const [opens, closes] = [start.hour * 60 + start.minute, end.hour * 60 + end.minute]
    const to = end.toString().slice(0, 10) === start.toString().slice(0, 10) ? closes : MINUTES_OF_DAY
    return opens < to ? [{ date: start.toString().slice(0, 10), name, hours: { from: opens, to } }] : []
  }
  const days: Holiday[] = []
  for (const day = start.clone(); days.length === 0 || (day.compare(end) < 0 && days.length < 60); day.addDuration(new ICAL.Duration({ days: 1 }))) days.push({ date: day.toString().slice(0, 10), name })
  return days
}
