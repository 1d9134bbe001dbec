import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Db, Tx } from '#platform'
import { orders, pagesOf, type Place } from './branches.ts'
import type { Sort } from './model.ts'
import type { Reach } from './reach.ts'
import { shownTo, summarise, type PlacedSummary, type SummaryRow } from './summary.ts'

/** What a list shows. Ids and keys are checked before they come here. */
export interface CaseFilter {
  /** Which parts of all cases it looks into. */
  reach: Reach
  /** What it asks besides, the reader's walls among it, over a case `c`. */
  conditions: readonly RawBuilder<SqlBool>[]
  /** What is done is so few that it is gathered and sorted, rather than looked for along the order. */
  gather: boolean
  /** The agent who reads, for what is unread. */
  readerId: string | null
}

export const isFollowUpOf = (number: number): RawBuilder<SqlBool> => sql<SqlBool>`c.follow_up_of = (select id from "case" where number = ${number})`

/** Numbers, addresses and subject words, as the list's own filter box takes them. */
export function wordsCondition(words: string): RawBuilder<SqlBool> {
  const query = prefixQuery(words)
  const number = numberIn(words)
  if (number !== null) return sql<SqlBool>`c.number = ${number}`
  if (words.includes('@')) return sql<SqlBool>`c.id in (select p.case_id from participant p where p.address like ${addressPrefix(words)} and p.dropped_at is null)`
  return query ? sql<SqlBool>`to_tsvector('desk_written', search_plain(c.subject)) @@ to_tsquery('desk_written', ${query})` : sql<SqlBool>`false`
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
  const pages = pagesOf(filter.reach, { sort, conditions: filter.conditions, after, limit, gather: filter.gather })
  if (pages.length === 0) return []
  const { direction } = orders[sort]
  const { rows } = await sql<SummaryRow>`with page as (select id, place from (${sql.join(pages, sql` union all `)}) parts order by place ${direction}, id ${direction} limit ${limit})
    select ${shownTo(filter.readerId)}, page.place::text as place from page join "case" c on c.id = page.id order by page.place ${direction}, c.id ${direction}`.execute(db)
  return rows.map(summarise)
}
