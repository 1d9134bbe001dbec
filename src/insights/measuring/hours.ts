import { sql } from 'kysely'
import { businessMs, type Calendar } from '#desk'
import type { Tx } from '#platform'

/** Business time between two instants for a team, in milliseconds: by the calendar of its site, else the standard one; without any, every hour counts. */
export type BusinessHours = (teamId: string | null, from: Date, to: Date) => number

interface VersionRow {
  id: string
  calendar_id: string
  time_zone: string
  hours: Omit<Calendar, 'timeZone'>
  at: Date
}

interface Version {
  id: string
  calendar: Calendar
  at: Date
}

/** Versions never change, so one is read once; what was worked out of its days stays with it. */
const versions = new Map<string, Version>()
const versionOf = ({ id, time_zone, hours, at }: VersionRow): Version => {
  const known = versions.get(id)
  if (known) return known
  const made = { id, calendar: { timeZone: time_zone, ...hours }, at }
  versions.set(id, made)
  return made
}

/** Reads the calendars. What was timed counts by the version that held when it ended, so that a changed calendar changes no figure of the past. */
export async function businessHours(tx: Tx): Promise<BusinessHours> {
  const { rows } = await sql<VersionRow>`select id, calendar_id, time_zone, hours, at from calendar_version order by calendar_id, number`.execute(tx)
  if (rows.length === 0) return (_teamId, from, to) => businessMs(null, from, to)
  const byCalendar = Map.groupBy(rows, (row) => row.calendar_id)
  const { rows: teams } = await sql<{ id: string; calendarId: string }>`select t.id, s.calendar_id as "calendarId" from team t join site_calendar s on s.site_id = t.site_id`.execute(tx)
  const ofTeam = new Map(teams.map(({ id, calendarId }) => [id, calendarId]))
  const standard = await tx.selectFrom('calendar').select('id').where('standard', '=', true).executeTakeFirst()
  const at = (calendarId: string | undefined, when: Date): Calendar | null => {
    const known = (calendarId === undefined ? undefined : byCalendar.get(calendarId)) ?? []
    const row = known.findLast((version) => version.at <= when) ?? known[0]
    return row ? versionOf(row).calendar : null
  }
  return (teamId, from, to) => businessMs(at((teamId === null ? undefined : ofTeam.get(teamId)) ?? standard?.id, to), from, to)
}
