import { sql, type RawBuilder } from 'kysely'
import { oneOf, type Db, type Tx } from '#platform'
import { kinds, priorities, statuses } from '../cases/model.ts'
import type { CaseSummary } from '../cases/views.ts'

/** A case as one row of a list shows it, read in one statement. */

export interface SummaryRow {
  id: string; number: number; subject: string; status: string; priority: string; kind: string; channel: string
  queue_id: string; queue_key: string; queue_name: string; team_id: string | null; team_name: string | null; assignee_id: string | null; assignee_name: string | null
  customer_id: string; customer_name: string; customer_address: string | null; account_id: string | null; account_name: string | null; segment: string | null
  topic: string | null; topic_title: string | null; tags: string[]; snippet: string | null; opened_at: Date; updated_at: Date; last_message_at: Date; waiting_since: Date | null
  solved_at: Date | null; due_at: Date | null; removed: string | null; suggestions: number; unread: boolean; version: number; place: string
}

export type PlacedSummary = CaseSummary & { place: string }

export const summarise = (row: SummaryRow): PlacedSummary => ({
  id: row.id, number: row.number, subject: row.subject, status: oneOf(statuses, row.status), priority: oneOf(priorities, row.priority), kind: oneOf(kinds, row.kind), channel: row.channel,
  queue: { id: row.queue_id, key: row.queue_key, name: row.queue_name }, team: row.team_id && row.team_name ? { id: row.team_id, name: row.team_name } : null,
  assignee: row.assignee_id && row.assignee_name ? { id: row.assignee_id, name: row.assignee_name } : null,
  customer: { id: row.customer_id, name: row.customer_name, email: row.customer_address },
  account: row.account_id && row.account_name !== null ? { id: row.account_id, name: row.account_name, segment: row.segment ?? 'independent' } : null,
  topic: row.topic ? { key: row.topic, title: row.topic_title ?? row.topic } : null, tags: row.tags, snippet: row.snippet ?? '', openedAt: row.opened_at, updatedAt: row.updated_at,
  lastMessageAt: row.last_message_at, waitingSince: row.waiting_since, solvedAt: row.solved_at, dueAt: row.due_at,
  removed: row.removed === null ? null : oneOf(['spam', 'trash'], row.removed), suggestions: row.suggestions, unread: row.unread, version: row.version, place: row.place,
})

/** What a row of a list shows beside the case itself, looked up only for the rows of one page. */
export const shownTo = (agentId: string | null): RawBuilder<unknown> => sql`c.id, c.number, c.subject, c.status, c.priority, c.kind, c.channel, c.queue_id, q.key as queue_key, q.name as queue_name, c.team_id, t.name as team_name,
  c.assignee_id, a.name as assignee_name, c.customer_id, cu.name as customer_name, p.address as customer_address, c.account_id, ac.name as account_name, ac.segment, c.topic,
  tp.title as topic_title, array(select tag from case_tag where case_id = c.id order by tag) as tags, m.snippet, c.opened_at, c.updated_at, c.last_message_at, c.waiting_since,
  c.solved_at, c.due_at, c.removed, (select count(*) from message s where s.case_id = c.id and s.standing = 'suggested') as suggestions, c.version,
  ${agentId === null ? sql`false` : sql`c.last_message_at > coalesce((select s.at from case_seen s where s.case_id = c.id and s.agent_id = ${agentId}::uuid), '-infinity')`} as unread`
export const joins = sql`join queue q on q.id = c.queue_id left join team t on t.id = c.team_id left join agent a on a.id = c.assignee_id join customer cu on cu.id = c.customer_id
  left join account ac on ac.id = c.account_id left join topic tp on tp.key = c.topic
  left join lateral (select address from participant where case_id = c.id and role = 'customer' limit 1) p on true
  left join lateral (select left(text, 160) as snippet from message where case_id = c.id and visibility = 'public' and standing = 'accepted' and delivery is distinct from 'recalled' order by at desc, id desc limit 1) m on true`

/** The cases of these numbers, in no order; those behind the reader's walls are left out. */
export async function summariesOf(db: Db | Tx, numbers: readonly number[], reader: { agentId: string | null; barred: readonly string[] }): Promise<Map<number, CaseSummary>> {
  if (numbers.length === 0) return new Map()
  const { rows } = await sql<SummaryRow>`select ${shownTo(reader.agentId)}, '' as place from "case" c ${joins}
    where c.number = any(${[...numbers]}::bigint[]) and c.queue_id <> all(${[...reader.barred]}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.number, withoutPlace(summarise(row))]))
}

export const withoutPlace = ({ place: _, ...summary }: PlacedSummary): CaseSummary => summary
