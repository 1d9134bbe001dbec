import { sql } from 'kysely'
import type { Db, Tx } from '#platform'

/** What became of cases in which something was used, counted as it happens. */

/** A case that is reopened within so many days counts for what was used in it. */
export const REOPENED_DAYS = 7
/** The library looks back so far. */
export const USAGE_DAYS = 90

export interface Use {
  macroId: string
  caseNumber: number
  agentId: string | null
  at: Date
}

/** Writes a use down; what is gone since is left out. */
export async function addUse(tx: Tx, { macroId, caseNumber, agentId, at }: Use): Promise<void> {
  await sql`with used as (
      insert into macro_use (macro_id, case_id, agent_id, at) select m.id, c.id, a.id, ${at}::timestamptz from macro m, "case" c left join agent a on a.id = ${agentId}::uuid
      where m.id = ${macroId}::uuid and c.number = ${caseNumber} on conflict do nothing returning macro_id, agent_id)
    insert into macro_day as d (macro_id, day, agent_id, uses) select macro_id, (${at}::timestamptz at time zone 'UTC')::date, agent_id, 1 from used where agent_id is not null
    on conflict (macro_id, day, agent_id) do update set uses = d.uses + 1`.execute(tx)
}

/** A case was reopened: what was used in it lately is counted so, once, on the day of its use. */
export async function noteReopening(tx: Tx, caseNumber: number, at: Date): Promise<void> {
  await sql`with touched as (
      update macro_use u set reopened = true from "case" c where c.number = ${caseNumber} and u.case_id = c.id and not u.reopened
        and u.at between ${at}::timestamptz - make_interval(days => ${REOPENED_DAYS}) and ${at}::timestamptz returning u.macro_id, u.agent_id, u.at)
    update macro_day d set reopened = d.reopened + t.n from (
      select macro_id, agent_id, (at at time zone 'UTC')::date as day, count(*)::int as n from touched group by 1, 2, 3) t
    where d.macro_id = t.macro_id and d.day = t.day and d.agent_id = t.agent_id`.execute(tx)
}

/** Uses too old to be counted as reopened any more. @returns how many were dropped, at most `limit`. */
export async function dropOldUses(tx: Tx, before: Date, limit: number): Promise<number> {
  const { rows } = await sql`delete from macro_use where ctid = any(array(select ctid from macro_use where at < ${before}::timestamptz limit ${limit})) returning case_id`.execute(tx)
  return rows.length
}

export interface Usage {
  macroId: string
  uses: number
  reopened: number
  mine: number
  lastOn: string
}

/** How often each was used since a day, and how many of those cases were reopened soon after. */
export async function usageSince(db: Db, since: Date, agentId: string | null): Promise<Map<string, Usage>> {
  const { rows } = await sql<Usage>`select macro_id as "macroId", sum(uses)::int as uses, sum(reopened)::int as reopened, coalesce(sum(uses) filter (where agent_id = ${agentId}::uuid), 0)::int as mine,
      to_char(max(day) filter (where uses > 0), 'YYYY-MM-DD') as "lastOn"
    from macro_day where day >= (${since}::timestamptz at time zone 'UTC')::date group by macro_id`.execute(db)
  return new Map(rows.map((row) => [row.macroId, row]))
}

export interface AgentUsage {
  agentId: string
  uses: number
  reopened: number
}

/** Who used it since a day, the most frequent first. */
export async function usersOf(db: Db, macroId: string, since: Date): Promise<AgentUsage[]> {
  const { rows } = await sql<AgentUsage>`select agent_id as "agentId", sum(uses)::int as uses, sum(reopened)::int as reopened from macro_day
    where macro_id = ${macroId}::uuid and day >= (${since}::timestamptz at time zone 'UTC')::date group by agent_id order by uses desc, agent_id limit 200`.execute(db)
  return rows
}

/** Uses a week since a day, oldest first; weeks without any are left out. */
export async function weeksOf(db: Db, macroId: string, since: Date): Promise<{ week: string; uses: number }[]> {
  const { rows } = await sql<{ week: string; uses: number }>`select to_char(date_trunc('week', day), 'YYYY-MM-DD') as week, sum(uses)::int as uses from macro_day
    where macro_id = ${macroId}::uuid and day >= (${since}::timestamptz at time zone 'UTC')::date group by 1 order by 1`.execute(db)
  return rows
}
