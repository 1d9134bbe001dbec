import { refuse as refuseGround, violatedConstraint, type Work } from '#platform'
import { refuse } from '../../refusals.ts'
import type { Calendar } from '../model.ts'
import { rulesChanged } from '../rules-changed.ts'
import { faultsOf, joinSlots } from './model.ts'
import {
  allCalendars, beginCalendarChange, calendarById, insertCalendar, insertCalendarVersion, makeStandardCalendar, policiesBy, setSites, updateCalendar, type CalendarRow,
} from './store.ts'

export interface CalendarWords extends Partial<Calendar> {
  name?: string
  /** Sites that are at work by it. */
  sites?: string[]
  standard?: boolean
  archived?: boolean
}

/** Adds a calendar; the first one holds where no other is said. @throws calendar.invalid, calendar.nameTaken, site.notFound */
export async function createCalendar(work: Work, words: CalendarWords & Pick<Calendar, 'timeZone' | 'slots'> & { name: string; demo?: boolean }): Promise<CalendarRow> {
  const hours = valid({ timeZone: words.timeZone, slots: words.slots, holidays: words.holidays ?? [], openDays: words.openDays ?? [] })
  const first = (await allCalendars(work.tx)).every(({ archived }) => archived)
  const id = await insertCalendar(work.tx, { name: words.name, demo: words.demo ?? false }).catch(nameTaken)
  await insertCalendarVersion(work.tx, id, hours, work.at)
  if (words.sites) await setSites(work.tx, id, words.sites).catch(siteMissing)
  if (first || words.standard) await makeStandardCalendar(work.tx, id)
  await rulesChanged(work, 'calendar')
  work.tell('desk', { kind: 'calendar.created', subject: `calendar:${id}`, data: { timeZone: hours.timeZone } })
  return reread(work, id)
}

/** Changes what is given: other hours make another version, from now on. @throws calendar.notFound, version.stale, calendar.invalid, calendar.inUse, calendar.standard */
export async function changeCalendar(work: Work, id: string, words: CalendarWords, versionSeen: number | null = null): Promise<CalendarRow> {
  const version = await beginCalendarChange(work.tx, id)
  const before = version === null ? null : await calendarById(work.tx, id)
  if (!before) throw refuse('calendar.notFound')
  if (version !== null && versionSeen !== null && version !== versionSeen) throw refuseGround('version.stale', { version, versionSeen })
  if (words.archived) await refuseUsed(work, before)
  if (words.standard && (words.archived ?? before.archived)) throw refuse('calendar.archived')
  const { timeZone = before.calendar.timeZone, slots = before.calendar.slots, holidays = before.calendar.holidays, openDays = before.calendar.openDays } = words
  const hours = valid({ timeZone, slots, holidays, openDays })
  const other = JSON.stringify(hours) !== JSON.stringify(valid(before.calendar))
  if (other) await insertCalendarVersion(work.tx, id, hours, work.at)
  await updateCalendar(work.tx, id, {
    ...(words.name === undefined ? {} : { name: words.name }), ...(words.archived === undefined ? {} : { archivedAt: words.archived ? work.at : null }),
  }).catch(nameTaken)
  if (words.sites) await setSites(work.tx, id, words.sites).catch(siteMissing)
  if (words.standard) await makeStandardCalendar(work.tx, id)
  if (other || words.sites || words.standard || words.archived !== undefined) await rulesChanged(work, 'calendar')
  work.tell('desk', { kind: 'calendar.changed', subject: `calendar:${id}`, data: { changed: Object.keys(words) } })
  return reread(work, id)
}

async function refuseUsed(work: Work, { calendarId, standard }: CalendarRow) {
  if (standard) throw refuse('calendar.standard')
  const policies = await policiesBy(work.tx, calendarId)
  if (policies.length > 0) throw refuse('calendar.inUse', { policies })
}

function valid(calendar: Calendar): Calendar {
  const errors = faultsOf(calendar)
  if (errors.length > 0) throw refuse('calendar.invalid', { errors })
  const byDate = <D extends { date: string }>(days: readonly D[]) => days.toSorted((a, b) => a.date.localeCompare(b.date))
  return { timeZone: calendar.timeZone, slots: joinSlots(calendar.slots), holidays: byDate(calendar.holidays), openDays: byDate(calendar.openDays) }
}

const nameTaken = (error: unknown): never => { throw violatedConstraint(error) === 'calendar_name' ? refuse('calendar.nameTaken', { errors: [{ path: '/name', code: 'calendar.nameTaken' }] }) : error }
const siteMissing = (error: unknown): never => { throw violatedConstraint(error) === 'site_calendar_site_id_fkey' ? refuse('site.missing', { errors: [{ path: '/sites', code: 'site.missing' }] }) : error }

async function reread(work: Work, id: string): Promise<CalendarRow> {
  const found = await calendarById(work.tx, id)
  if (!found) throw refuse('calendar.notFound')
  return found
}
