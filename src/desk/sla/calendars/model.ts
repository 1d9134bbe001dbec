import { dateOf, dayOf, isZone, type Calendar, type Hours } from '../model.ts'

/** What may be wrong with a calendar; also says so while one writes it. */
export type CalendarFault = 'zone.unknown' | 'slots.none' | 'hours.backwards' | 'date.unknown'

const DAY_MINUTES = 1_440

/** Every fault with the place at which it is, as a JSON pointer. */
export function faultsOf({ timeZone, slots, holidays, openDays }: Calendar): { path: string; code: CalendarFault }[] {
  const hours = (at: string, { from, to }: Hours) => (from >= 0 && from < to && to <= DAY_MINUTES ? [] : [{ path: at, code: 'hours.backwards' as const }])
  const date = (at: string, text: string) => (isDate(text) ? [] : [{ path: at, code: 'date.unknown' as const }])
  return [
    ...(isZone(timeZone) ? [] : [{ path: '/timeZone', code: 'zone.unknown' as const }]),
    ...(slots.length > 0 ? [] : [{ path: '/slots', code: 'slots.none' as const }]),
    ...slots.flatMap((slot, index) => hours(`/slots/${index}`, slot)),
    ...holidays.flatMap((holiday, index) => [...date(`/holidays/${index}/date`, holiday.date), ...(holiday.hours ? hours(`/holidays/${index}/hours`, holiday.hours) : [])]),
    ...openDays.flatMap((open, index) => [...date(`/openDays/${index}/date`, open.date), ...hours(`/openDays/${index}`, open)]),
  ]
}

/** A day that there is: 30 February is none. */
export const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(dayOf(text)) && dateOf(dayOf(text)) === text

/** Slots of a week without overlap, in order: what is drawn over another becomes one with it. */
export function joinSlots(slots: readonly (Hours & { day: number })[]): (Hours & { day: number })[] {
  const found: (Hours & { day: number })[] = []
  for (const { day, from, to } of slots.toSorted((a, b) => a.day - b.day || a.from - b.from)) {
    const last = found.at(-1)
    if (last && last.day === day && from <= last.to) last.to = Math.max(last.to, to)
    else found.push({ day, from, to })
  }
  return found
}
