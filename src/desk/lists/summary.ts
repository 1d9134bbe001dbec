import { sql, type RawBuilder } from 'kysely'
import { oneOf, type Db, type Tx } from '#platform'
import { kinds, priorities, statuses } from '../cases/model.ts'
import type { CaseSummary } from '../cases/views.ts'
import { shownPromise } from '../sla/model.ts'
import { clocksFrom, clocksOfRow, type ClockRow } from '../sla/store.ts'

/** A case as one row of a list shows it, read in one statement. */

export interface SummaryRow {
  id: string
  number: number
  subject: string
  status: string
  priority: string
  kind: string
  channel: string
  queue: CaseSummary['queue']
  team: CaseSummary['team']
  assignee: CaseSummary['assignee']
  customer_id: string
  customer_name: string
  customer_address: string | null
  account: CaseSummary['account']
  topic: CaseSummary['topic']
  tags: string[]
  snippet: string | null
  opened_at: Date
  updated_at: Date
  last_message_at: Date
  waiting_since: Date | null
  solved_at: Date | null
  due_at: Date | null
  clocks: ClockRow[] | null
  removed: string | null
  suggestions: number
  snoozed: { until: string | null; by: { id: string; name: string } | null; at: string; reason: string | null } | null
  unread: boolean
  version: number
  place: string
}

export type PlacedSummary = CaseSummary & { place: string }

export const summarise = (row: SummaryRow): PlacedSummary => ({
  id: row.id, number: row.number, subject: row.subject, status: oneOf(statuses, row.status), priority: oneOf(priorities, row.priority), kind: oneOf(kinds, row.kind), channel: row.channel,
  queue: row.queue, team: row.team, assignee: row.assignee, customer: { id: row.customer_id, name: row.customer_name, email: row.customer_address }, account: row.account, topic: row.topic,
  tags: row.tags, snippet: row.snippet ?? '', openedAt: row.opened_at, updatedAt: row.updated_at, lastMessageAt: row.last_message_at, waitingSince: row.waiting_since,
  solvedAt: row.solved_at, dueAt: row.due_at, sla: shownPromise(clocksFrom(row.clocks), new Date()), removed: row.removed === null ? null : oneOf(['spam', 'trash'], row.removed), suggestions: row.suggestions,
  snoozed: row.snoozed && { ...row.snoozed, until: row.snoozed.until === null ? null : new Date(row.snoozed.until), at: new Date(row.snoozed.at) }, unread: row.unread,
  version: row.version, place: row.place,
})

const SNIPPET_LENGTH = 160

/**
 * What a row of a list shows beside the case `c` itself, looked up only for the rows of one page. Each part is a select of its own rather than a join:
 * the planner has nothing to weigh, which for one case takes longer than the reading.
 */
export const shownTo = (agentId: string | null): RawBuilder<unknown> => sql`c.id, c.number, c.subject, c.status, c.priority, c.kind, c.channel, c.customer_id, c.opened_at, c.updated_at,
  c.last_message_at, c.waiting_since, c.solved_at, c.due_at, c.removed, c.version,
  (select jsonb_build_object('id', q.id, 'key', q.key, 'name', q.name) from queue q where q.id = c.queue_id) as queue,
  (select jsonb_build_object('id', t.id, 'name', t.name) from team t where t.id = c.team_id) as team,
  (select jsonb_build_object('id', a.id, 'name', a.name) from agent a where a.id = c.assignee_id) as assignee,
  (select cu.name from customer cu where cu.id = c.customer_id) as customer_name,
  (select p.address from participant p where p.case_id = c.id and p.role = 'customer' limit 1) as customer_address,
  (select jsonb_build_object('id', ac.id, 'name', ac.name, 'segment', ac.segment) from account ac where ac.id = c.account_id) as account,
  (select jsonb_build_object('key', tp.key, 'title', tp.title) from topic tp where tp.key = c.topic) as topic,
  array(select g.tag from case_tag g where g.case_id = c.id order by g.tag) as tags,
  (select left(m.text, ${sql.lit(SNIPPET_LENGTH)}) from message m where m.case_id = c.id and m.visibility = 'public' and m.standing = 'accepted' and m.delivery is distinct from 'recalled'
    order by m.at desc, m.id desc limit 1) as snippet,
  (select count(*) from message s where s.case_id = c.id and s.standing = 'suggested') as suggestions,
  ${clocksOfRow} as clocks,
  case when c.snoozed_until is not null then jsonb_build_object('until', nullif(c.snoozed_until, 'infinity'), 'at', c.snoozed_at, 'reason', c.snooze_reason,
    'by', (select jsonb_build_object('id', sa.id, 'name', sa.name) from agent sa where sa.id = c.snoozed_by)) end as snoozed,
  ${agentId === null ? sql`false` : sql`c.last_message_at > coalesce((select e.at from case_seen e where e.case_id = c.id and e.agent_id = ${agentId}::uuid), '-infinity')`} as unread`

/** The cases of these numbers, in no order; those behind the reader's walls are left out. */
export async function summariesOf(db: Db | Tx, numbers: readonly number[], reader: { agentId: string | null; barred: readonly string[] }): Promise<Map<number, CaseSummary>> {
  if (numbers.length === 0) return new Map()
  const { rows } = await sql<SummaryRow>`select ${shownTo(reader.agentId)}, '' as place from "case" c
    where c.number = any(${[...numbers]}::bigint[]) and c.queue_id <> all(${[...reader.barred]}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.number, withoutPlace(summarise(row))]))
}

export const withoutPlace = ({ place: _, ...summary }: PlacedSummary): CaseSummary => summary
