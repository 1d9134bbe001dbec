import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { oneOf, type Db, type Tx } from '#platform'
import { kinds, priorities, statuses } from '../cases/model.ts'
import type { CaseSummary } from '../cases/views.ts'

/** What a list shows; every field narrows. Ids and keys are checked before they come here. */
export interface CaseFilter {
  statuses?: readonly string[]
  queues?: readonly string[]
  /** Agent ids; `none` for cases of nobody. */
  assignees?: readonly string[]
  teams?: readonly string[]
  accounts?: readonly string[]
  customers?: readonly string[]
  topics?: readonly string[]
  priorities?: readonly string[]
  tags?: readonly string[]
  followUpOf?: number
  removed?: 'spam' | 'trash'
  words?: string
  /** Queues that the reader may not look into. */
  barred: readonly string[]
}

/** Sort keys: the column, its direction, and what stands for a missing value. */
const sorts = {
  newest: { key: sql`c.opened_at`, order: sql`desc`, after: sql`<` },
  oldest: { key: sql`c.opened_at`, order: sql`asc`, after: sql`>` },
  active: { key: sql`c.last_message_at`, order: sql`desc`, after: sql`<` },
  due: { key: sql`coalesce(c.due_at, 'infinity'::timestamptz)`, order: sql`asc`, after: sql`>` },
  waiting: { key: sql`coalesce(c.waiting_since, 'infinity'::timestamptz)`, order: sql`asc`, after: sql`>` },
} as const
export type Sort = keyof typeof sorts

export interface Place {
  /** The sort value as text, to the microsecond. */
  value: string
  id: string
}

const anyOf = (column: RawBuilder<unknown>, values: readonly string[] | undefined): RawBuilder<SqlBool> | null =>
  values ? sql<SqlBool>`${column} = any(${[...values]})` : null

function conditions(filter: CaseFilter): RawBuilder<SqlBool>[] {
  const assigned = filter.assignees?.filter((id) => id !== 'none') ?? []
  const parts: (RawBuilder<SqlBool> | null)[] = [
    filter.removed ? sql<SqlBool>`c.removed = ${filter.removed}` : sql<SqlBool>`c.removed is null`,
    statusCondition(filter.statuses),
    uuids(sql`c.queue_id`, filter.queues),
    filter.assignees ? sql<SqlBool>`(c.assignee_id = any(${assigned}::uuid[]) ${filter.assignees.includes('none') ? sql`or c.assignee_id is null` : sql``})` : null,
    uuids(sql`c.team_id`, filter.teams), uuids(sql`c.account_id`, filter.accounts), uuids(sql`c.customer_id`, filter.customers),
    anyOf(sql`c.topic`, filter.topics), anyOf(sql`c.priority`, filter.priorities),
    filter.tags ? sql<SqlBool>`exists (select from case_tag t where t.case_id = c.id and t.tag = any(${[...filter.tags]}))` : null,
    filter.followUpOf === undefined ? null : sql<SqlBool>`c.follow_up_of = (select id from "case" where number = ${filter.followUpOf})`,
    filter.words ? wordsCondition(filter.words) : null,
    filter.barred.length > 0 ? sql<SqlBool>`c.queue_id <> all(${[...filter.barred]}::uuid[])` : null,
  ]
  return parts.filter((part) => part !== null)
}

const uuids = (column: RawBuilder<unknown>, values: readonly string[] | undefined): RawBuilder<SqlBool> | null =>
  values ? sql<SqlBool>`${column} = any(${[...values]}::uuid[])` : null

/** Written out rather than bound, so that the partial indexes over work at hand are seen to fit. */
function statusCondition(wanted: readonly string[] | undefined): RawBuilder<SqlBool> | null {
  return wanted ? sql<SqlBool>`c.status in (${sql.join(wanted.map((status) => sql.lit(oneOf(statuses, status))))})` : null
}

/** Numbers, addresses and subject words, as the list's own filter box takes them. */
function wordsCondition(words: string): RawBuilder<SqlBool> {
  const query = prefixQuery(words)
  const number = /^#?(\d{1,15})$/.exec(words.trim())?.[1]
  if (number) return sql<SqlBool>`c.number = ${Number(number)}`
  if (words.includes('@')) return sql<SqlBool>`c.id in (select p.case_id from participant p where p.address like ${`${words.trim().toLowerCase().replace(/[\\%_]/g, '\\$&')}%`})`
  return query ? sql<SqlBool>`to_tsvector('simple', c.subject) @@ to_tsquery('simple', ${query})` : sql<SqlBool>`false`
}

/** Every word must begin a word of the subject. Null when there is nothing to look for. */
export function prefixQuery(words: string): string | null {
  const terms = words.normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return terms.length > 0 ? terms.slice(0, 12).map((term) => `'${term}':*`).join(' & ') : null
}

interface SummaryRow {
  id: string; number: number; subject: string; status: string; priority: string; kind: string; channel: string
  queue_id: string; queue_key: string; queue_name: string; team_id: string | null; team_name: string | null; assignee_id: string | null; assignee_name: string | null
  customer_id: string; customer_name: string; customer_address: string | null; account_id: string | null; account_name: string | null; segment: string | null
  topic: string | null; topic_title: string | null; tags: string[]; snippet: string | null; opened_at: Date; updated_at: Date; last_message_at: Date; waiting_since: Date | null
  solved_at: Date | null; due_at: Date | null; removed: string | null; suggestions: number; version: number; place: string
}

export type PlacedSummary = CaseSummary & { place: string }

const summarise = (row: SummaryRow): PlacedSummary => ({
  id: row.id, number: row.number, subject: row.subject, status: oneOf(statuses, row.status), priority: oneOf(priorities, row.priority), kind: oneOf(kinds, row.kind), channel: row.channel,
  queue: { id: row.queue_id, key: row.queue_key, name: row.queue_name }, team: row.team_id && row.team_name ? { id: row.team_id, name: row.team_name } : null,
  assignee: row.assignee_id && row.assignee_name ? { id: row.assignee_id, name: row.assignee_name } : null,
  customer: { id: row.customer_id, name: row.customer_name, email: row.customer_address },
  account: row.account_id && row.account_name !== null ? { id: row.account_id, name: row.account_name, segment: row.segment ?? 'independent' } : null,
  topic: row.topic ? { key: row.topic, title: row.topic_title ?? row.topic } : null, tags: row.tags, snippet: row.snippet ?? '', openedAt: row.opened_at, updatedAt: row.updated_at,
  lastMessageAt: row.last_message_at, waitingSince: row.waiting_since, solvedAt: row.solved_at, dueAt: row.due_at,
  removed: row.removed === null ? null : oneOf(['spam', 'trash'], row.removed), suggestions: row.suggestions, version: row.version, place: row.place,
})

/** What a row of a list shows beside the case itself, looked up only for the rows of one page. */
const shown = sql`c.id, c.number, c.subject, c.status, c.priority, c.kind, c.channel, c.queue_id, q.key as queue_key, q.name as queue_name, c.team_id, t.name as team_name,
  c.assignee_id, a.name as assignee_name, c.customer_id, cu.name as customer_name, p.address as customer_address, c.account_id, ac.name as account_name, ac.segment, c.topic,
  tp.title as topic_title, array(select tag from case_tag where case_id = c.id order by tag) as tags, m.snippet, c.opened_at, c.updated_at, c.last_message_at, c.waiting_since,
  c.solved_at, c.due_at, c.removed, (select count(*) from message s where s.case_id = c.id and s.standing = 'suggested') as suggestions, c.version`
const joins = sql`join queue q on q.id = c.queue_id left join team t on t.id = c.team_id left join agent a on a.id = c.assignee_id join customer cu on cu.id = c.customer_id
  left join account ac on ac.id = c.account_id left join topic tp on tp.key = c.topic
  left join lateral (select address from participant where case_id = c.id and role = 'customer' limit 1) p on true
  left join lateral (select left(text, 160) as snippet from message where case_id = c.id and visibility = 'public' and standing = 'accepted' order by at desc, id desc limit 1) m on true`

export async function listCases(db: Db | Tx, filter: CaseFilter, sort: Sort, after: Place | null, limit: number): Promise<PlacedSummary[]> {
  const { key, order, after: beyond } = sorts[sort]
  const parts = conditions(filter)
  if (after) parts.push(sql<SqlBool>`(${key}, c.id) ${beyond} (${after.value}::timestamptz, ${after.id}::uuid)`)
  const { rows } = await sql<SummaryRow>`with page as (select c.*, ${key} as place from "case" c where ${sql.join(parts, sql` and `)} order by ${key} ${order}, c.id ${order} limit ${limit})
    select ${shown}, c.place::text as place from page c ${joins} order by c.place ${order}, c.id ${order}`.execute(db)
  return rows.map(summarise)
}

export async function summaryOf(db: Db | Tx, number: number): Promise<CaseSummary | null> {
  const { rows } = await sql<SummaryRow>`select ${shown}, '' as place from "case" c ${joins} where c.number = ${number}`.execute(db)
  return rows[0] ? withoutPlace(summarise(rows[0])) : null
}

export const withoutPlace = ({ place: _, ...summary }: PlacedSummary): CaseSummary => summary
