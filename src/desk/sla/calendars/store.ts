import { sql } from 'kysely'
import { newId, type Db, type Tx } from '#platform'
import type { Calendar, CalendarVersion } from '../model.ts'

/** A calendar as it is now. */
export interface CalendarRow extends CalendarVersion {
  standard: boolean
  archived: boolean
  version: number
  demo: boolean
  /** Sites that are at work by it. */
  sites: string[]
}

interface Row {
  id: string
  version_id: string
  name: string
  number: number
  time_zone: string
  hours: Omit<Calendar, 'timeZone'>
  standard: boolean
  archived: boolean
  version: number
  demo: boolean
  sites: string[]
}

const fromRow = (row: Row): CalendarRow => ({
  id: row.version_id, calendarId: row.id, name: row.name, number: row.number, calendar: { timeZone: row.time_zone, ...row.hours }, standard: row.standard, archived: row.archived,
  version: row.version, demo: row.demo, sites: row.sites,
})

const current = sql`select c.id, v.id as version_id, c.name, v.number, v.time_zone, v.hours, c.standard, c.archived_at is not null as archived, c.version, c.demo,
    array(select s.site_id from site_calendar s where s.calendar_id = c.id order by s.site_id) as sites
  from calendar c join lateral (select * from calendar_version v where v.calendar_id = c.id order by v.number desc limit 1) v on true`

/** All calendars in the version that holds now, by name. */
export async function allCalendars(db: Db | Tx): Promise<CalendarRow[]> {
  const { rows } = await sql<Row>`${current} order by lower(c.name), c.id`.execute(db)
  return rows.map(fromRow)
}

export async function calendarById(db: Db | Tx, id: string): Promise<CalendarRow | null> {
  const { rows: [row] } = await sql<Row>`${current} where c.id = ${id}::uuid`.execute(db)
  return row ? fromRow(row) : null
}

/** Versions by their ids, whether they still hold or not. */
export async function calendarVersions(db: Db | Tx, ids: readonly string[]): Promise<CalendarVersion[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Row>`select c.id, v.id as version_id, c.name, v.number, v.time_zone, v.hours, c.standard, false as archived, c.version, c.demo, '{}'::uuid[] as sites
    from calendar_version v join calendar c on c.id = v.calendar_id where v.id = any(${[...ids]}::uuid[])`.execute(db)
  return rows.map(({ version_id, id, name, number, time_zone, hours }) => ({ id: version_id, calendarId: id, name, number, calendar: { timeZone: time_zone, ...hours } }))
}

export async function insertCalendar(tx: Tx, given: { name: string; demo: boolean }): Promise<string> {
  const id = newId()
  await tx.insertInto('calendar').values({ id, ...given }).execute()
  return id
}

/** Begins a change: others wait behind it. @returns the version before; null when there is no such calendar. */
export async function beginCalendarChange(tx: Tx, id: string): Promise<number | null> {
  const row = await tx.updateTable('calendar').set({ version: sql`version + 1` }).where('id', '=', id).returning('version').executeTakeFirst()
  return row ? row.version - 1 : null
}

export async function updateCalendar(tx: Tx, id: string, change: { name?: string; archivedAt?: Date | null }): Promise<void> {
  const set = { ...(change.name === undefined ? {} : { name: change.name }), ...(change.archivedAt === undefined ? {} : { archived_at: change.archivedAt }) }
  if (Object.keys(set).length > 0) await tx.updateTable('calendar').set(set).where('id', '=', id).execute()
}

/** Writes the next version: the one before stays for what was counted by it. */
export async function insertCalendarVersion(tx: Tx, calendarId: string, { timeZone, ...hours }: Calendar, at: Date): Promise<void> {
  await sql`insert into calendar_version (id, calendar_id, number, time_zone, hours, at)
    select ${newId()}::uuid, ${calendarId}::uuid, coalesce(max(number), 0) + 1, ${timeZone}, ${JSON.stringify(hours)}::jsonb, ${at}::timestamptz from calendar_version where calendar_id = ${calendarId}::uuid`.execute(tx)
}

/** One calendar is standard: of two people who choose at the same time, the second waits for the first. */
export async function makeStandardCalendar(tx: Tx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(73051)`.execute(tx)
  await tx.updateTable('calendar').set({ standard: false }).where('standard', '=', true).where('id', '<>', id).execute()
  await tx.updateTable('calendar').set({ standard: true }).where('id', '=', id).execute()
}

/** These sites, and no others, are at work by this calendar. */
export async function setSites(tx: Tx, calendarId: string, sites: readonly string[]): Promise<void> {
  await tx.deleteFrom('site_calendar').where('calendar_id', '=', calendarId).execute()
  if (sites.length === 0) return
  await tx.insertInto('site_calendar').values(sites.map((site) => ({ site_id: site, calendar_id: calendarId })))
    .onConflict((conflict) => conflict.column('site_id').doUpdateSet({ calendar_id: calendarId })).execute()
}

/** The names of policies that count by a calendar. */
export async function policiesBy(tx: Tx, calendarId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select p.name from sla_policy p
    join lateral (select terms from sla_policy_version v where v.policy_id = p.id order by number desc limit 1) v on true
    where p.archived_at is null and v.terms->>'hours' = 'calendar' and v.terms->>'calendarId' = ${calendarId} order by p.place`.execute(tx)
  return rows.map(({ name }) => name)
}
