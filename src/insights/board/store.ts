import { sql, type RawBuilder } from 'kysely'
import { oneOf, type Db } from '#platform'
import { WEEKS_BACK, type AtHand, type AtWork, type HourCell } from './model.ts'

/** Instants as milliseconds: ten thousand of them are read each second that somebody looks. */
const ms = (column: RawBuilder<unknown>) => sql`(extract(epoch from ${column}) * 1000)::bigint`

/** All work at hand, by the index that holds nothing else. */
export async function readAtHand(db: Db, now: Date): Promise<AtHand[]> {
  const { rows } = await sql<AtHand>`select c.number, left(c.subject, 200) as subject, c.status, c.priority, c.queue_id as "queueId", c.team_id as "teamId", t.site_id as "siteId", c.assignee_id as "assigneeId",
      ${ms(sql`c.opened_at`)} as "openedAt", ${ms(sql`c.waiting_since`)} as "waitingSince", ${ms(sql`c.due_at`)} as "dueAt", c.snoozed_until is not null as snoozed,
      c.id = any(array(select s.case_id from side s where s.status = 'waiting' and s.due_at < ${now}::timestamptz)) as "sideOverdue", coalesce((r.weights ->> c.channel)::int, 1) as weight
    from "case" c left join team t on t.id = c.team_id left join queue_routing r on r.queue_id = c.queue_id
    where c.status in ('new', 'open', 'pending', 'on_hold') and c.removed is null and c.merged_into is null`.execute(db)
  return rows
}

/** Everybody who works cases. */
export async function readAtWork(db: Db): Promise<AtWork[]> {
  const { rows } = await sql<AtWork>`select a.id, a.name, a.team_id as "teamId", t.name as team, coalesce(t.site_id, a.site_id) as "siteId", a.presence, ${ms(sql`a.presence_at`)} as "presenceAt", a.capacity
    from agent a left join team t on t.id = a.team_id
    where a.deactivated_at is null and exists (select from agent_role o where o.agent_id = a.id and o.role in ('agent', 'lead', 'admin')) order by lower(a.name), a.id`.execute(db)
  return rows
}

export interface Looked {
  number: number
  subject: string
  queueId: string
}

/** Cases that somebody has open and that are not at hand. */
export async function readLooked(db: Db, numbers: readonly number[]): Promise<Looked[]> {
  if (numbers.length === 0) return []
  const { rows } = await sql<Looked>`select number, left(subject, 200) as subject, queue_id as "queueId" from "case" where number = any(${[...numbers]}::bigint[])`.execute(db)
  return rows
}

export interface Named {
  id: string
  name: string
}

/** What the board can be narrowed to. */
export async function readPlaces(db: Db): Promise<{ sites: Named[]; teams: Named[]; queues: Named[] }> {
  const [sites, teams, queues] = await Promise.all([
    sql<Named>`select id, name from site where archived_at is null order by lower(name)`.execute(db), sql<Named>`select id, name from team where archived_at is null order by lower(name)`.execute(db),
    sql<Named>`select id, name from queue where archived_at is null order by lower(name)`.execute(db),
  ])
  return { sites: sites.rows, teams: teams.rows, queues: queues.rows }
}

/** The beginning of today in a zone, and which hour it is there. */
export async function readToday(db: Db, zone: string, now: Date): Promise<{ from: Date; date: string; hour: number }> {
  const { rows } = await sql<{ from: Date; date: string; hour: number }>`select date_trunc('day', w) at time zone ${zone} as "from", to_char(w, 'YYYY-MM-DD') as date, extract(hour from w)::int as hour
    from (select ${now}::timestamptz at time zone ${zone} as w) t`.execute(db)
  return rows[0]!
}

/** Arrivals and solves of some days, counted by hour, place and wall. Each day is a range of the index. */
export async function readHours(db: Db, zone: string, now: Date, daysAgo: readonly number[]): Promise<HourCell[]> {
  const { rows } = await sql<Omit<HourCell, 'moment'> & { moment: string }>`select m.moment, d.ago as "daysAgo", extract(hour from m.at at time zone ${zone})::int as hour, m.queue_id as "queueId", m.team_id as "teamId", t.site_id as "siteId",
      m.space_id as "spaceId", count(*)::int as count
    from (select ago, (date_trunc('day', ${now}::timestamptz at time zone ${zone}) - make_interval(days => ago)) at time zone ${zone} as "from",
        (date_trunc('day', ${now}::timestamptz at time zone ${zone}) - make_interval(days => ago - 1)) at time zone ${zone} as to from unnest(${[...daysAgo]}::int[]) as ago) d
      join measured m on m.moment in ('opened', 'solve') and m.at >= d."from" and m.at < d.to left join team t on t.id = m.team_id
    group by 1, 2, 3, 4, 5, 6, 7`.execute(db)
  return rows.map((row) => ({ ...row, moment: oneOf(['opened', 'solve'], row.moment) }))
}

export const PAST_DAYS = [1, ...WEEKS_BACK]
