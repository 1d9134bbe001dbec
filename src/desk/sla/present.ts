import type { Static } from 'typebox'
import type { CalendarRow } from './calendars/store.ts'
import type { CalendarVersion, Terms } from './model.ts'
import type { PolicyRow } from './policies/store.ts'
import type { CalendarView, PolicyView } from './views.ts'

/** Promises as routes answer them. Lists of the wire are changeable, those of the program are not. */

export function presentCalendar({ id, calendarId, name, number, calendar, sites, standard, archived, version, demo }: CalendarRow): Static<typeof CalendarView> {
  return {
    id: calendarId, name, number, versionId: id, timeZone: calendar.timeZone, slots: [...calendar.slots], holidays: [...calendar.holidays], openDays: [...calendar.openDays], sites, standard, archived,
    version, demo,
  }
}

export const presentTerms = (terms: Terms) => ({
  ...terms, always: [...terms.always], segments: terms.segments.flatMap(({ segment, targets }) => {
    const known = segments.find((one) => one === segment)
    return known ? [{ segment: known, targets }] : []
  }),
  pauses: { pending: [...terms.pauses.pending], on_hold: [...terms.pauses.on_hold] },
})
const segments = ['independent', 'startup', 'smb', 'enterprise'] as const

export const presentPolicy = ({ id, policyId, name, number, condition, terms, place, active, archived, version, demo }: PolicyRow, cases: number): Static<typeof PolicyView> =>
  ({ id: policyId, name, condition, terms: presentTerms(terms), place, active, archived, number, versionId: id, version, demo, cases })

export const nameCalendar = (calendar: CalendarVersion | null) =>
  calendar && { id: calendar.id, calendarId: calendar.calendarId, name: calendar.name, number: calendar.number, timeZone: calendar.calendar.timeZone }
