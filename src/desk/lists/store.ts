import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Db, Tx } from '#platform'
import { branchesOf, orders, pageOfBranch, type Place } from './branches.ts'
import type { Sort } from './model.ts'
import type { Reach } from './reach.ts'
import { shownTo, summarise, type PlacedSummary, type SummaryRow } from './summary.ts'

/** What a list shows; every field narrows. Ids and keys are checked before they come here. */
export interface CaseFilter {
  /** Which parts of all cases it looks into. */
  reach: Reach
  /** What a query in the query language asks besides. */
  condition?: RawBuilder<SqlBool>
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
  /** Only cases with a message that waits for somebody to decide whether it belongs there. */
  suggested?: true
  removed?: 'spam' | 'trash'
  words?: string
  /** Queues that the reader may not look into. */
  barred: readonly string[]
  /** The agent who reads, for what is unread. */
  readerId: string | null
}

const anyOf = (column: RawBuilder<unknown>, values: readonly string[] | undefined): RawBuilder<SqlBool> | null =>
  values ? sql<SqlBool>`${column} = any(${[...values]})` : null

const uuids = (column: RawBuilder<unknown>, values: readonly string[] | undefined): RawBuilder<SqlBool> | null =>
  values ? sql<SqlBool>`${column} = any(${[...values]}::uuid[])` : null

/** What a filter asks besides the reach of its list. */
function conditions(filter: CaseFilter): RawBuilder<SqlBool>[] {
  const assigned = filter.assignees?.filter((id) => id !== 'none') ?? []
  const parts: (RawBuilder<SqlBool> | null)[] = [
    filter.removed ? sql<SqlBool>`c.removed = ${filter.removed}` : null,
    filter.assignees ? sql<SqlBool>`(c.assignee_id = any(${assigned}::uuid[]) ${filter.assignees.includes('none') ? sql`or c.assignee_id is null` : sql``})` : null,
    uuids(sql`c.queue_id`, filter.queues), uuids(sql`c.team_id`, filter.teams), uuids(sql`c.account_id`, filter.accounts), uuids(sql`c.customer_id`, filter.customers),
    anyOf(sql`c.topic`, filter.topics), anyOf(sql`c.priority`, filter.priorities),
    filter.tags ? sql<SqlBool>`exists (select from case_tag t where t.case_id = c.id and t.tag = any(${[...filter.tags]}))` : null,
    filter.suggested ? sql<SqlBool>`exists (select from message s where s.case_id = c.id and s.standing = 'suggested')` : null,
    filter.followUpOf === undefined ? null : sql<SqlBool>`c.follow_up_of = (select id from "case" where number = ${filter.followUpOf})`,
    filter.words ? wordsCondition(filter.words) : null, filter.condition ?? null,
    filter.barred.length > 0 ? sql<SqlBool>`c.queue_id <> all(${[...filter.barred]}::uuid[])` : null,
  ]
  return parts.filter((part) => part !== null)
}

/** Numbers, addresses and subject words, as the list's own filter box takes them. */
function wordsCondition(words: string): RawBuilder<SqlBool> {
  const query = prefixQuery(words)
  const number = numberIn(words)
  if (number !== null) return sql<SqlBool>`c.number = ${number}`
  if (words.includes('@')) return sql<SqlBool>`c.id in (select p.case_id from participant p where p.address like ${addressPrefix(words)} and p.dropped_at is null)`
  return query ? sql<SqlBool>`to_tsvector('simple', c.subject) @@ to_tsquery('simple', ${query})` : sql<SqlBool>`false`
}

/** The case number that somebody means, written `10482` or `#10482`. */
export function numberIn(words: string): number | null {
  const digits = /^#?(\d{1,15})$/.exec(words.trim())?.[1]
  return digits === undefined ? null : Number(digits)
}

/** Addresses that begin so, for `like`. */
export const addressPrefix = (words: string): string => `${words.trim().normalize('NFC').toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

/** Every word must begin a word of the subject. Null when there is nothing to look for. */
export function prefixQuery(words: string): string | null {
  const terms = words.normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return terms.length > 0 ? terms.slice(0, 12).map((term) => `'${term}':*`).join(' & ') : null
}

/** A page of cases, from after a place in the order: each part of all cases gives its first rows, and the first of them are the page. */
export async function listCases(db: Db | Tx, filter: CaseFilter, sort: Sort, after: Place | null, limit: number): Promise<PlacedSummary[]> {
  const pages = branchesOf(filter.reach, sort).map((branch) => pageOfBranch(branch, conditions(filter), after, limit))
  if (pages.length === 0) return []
  const direction = orders[sort].direction
  const { rows } = await sql<SummaryRow>`with page as (select id, place from (${sql.join(pages, sql` union all `)}) parts order by place ${direction}, id ${direction} limit ${limit})
    select ${shownTo(filter.readerId)}, page.place::text as place from page join "case" c on c.id = page.id order by page.place ${direction}, c.id ${direction}`.execute(db)
  return rows.map(summarise)
}
