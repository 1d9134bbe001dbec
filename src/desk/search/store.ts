import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Db, Tx } from '#platform'
import { phraseOf } from '../query/words.ts'
import type { TextTerm } from '../query/model.ts'

type Condition = RawBuilder<SqlBool>

/** A place at which the words stand, in a case that the reader may see. */
export interface Match {
  caseId: string
  number: number
  messageId: string
  attachmentId: string | null
  at: Date
  /** 0 to 1: how often, how near to each other, in subject or text. */
  fit: number
}

export interface Window {
  matches: Match[]
  /** The place down to which everything was looked at. */
  reached: number
}

/** All of the terms, as one thing to look for. Null when they say nothing. */
export function wordsOf(terms: readonly TextTerm[]): RawBuilder<unknown> | null {
  const phrases = terms.flatMap((term) => phraseOf(term.text, term.form === 'prefix') ?? [])
  return phrases.length > 0 ? sql`to_tsquery('desk', ${phrases.map((phrase) => `(${phrase})`).join(' & ')})` : null
}

/** Above everything that was written so far. */
export async function newestPlace(db: Db | Tx): Promise<number> {
  const { rows } = await sql<{ last: number }>`select last_value as last from message_place`.execute(db)
  return (rows[0]?.last ?? 0) + 1
}

interface Look {
  words: RawBuilder<unknown>
  /** Over the case `c`: walls, and what else is asked. */
  condition: Condition
  below: number
  /** Rows with the words; of these the condition may leave fewer. */
  most: number
  mostMs: number
}

const matchColumns = (words: RawBuilder<unknown>) => sql`c.id as "caseId", c.number, f.message_id as "messageId", f.attachment_id as "attachmentId", f.at, ts_rank_cd('{0.3, 0.4, 0.6, 1}', f.words, ${words}, 1 | 32) as fit`

/** The newest places with the words below a place. The walls are part of the statement. */
export async function lookBack(db: Db | Tx, { words, condition, below, most, mostMs }: Look): Promise<Window> {
  const { rows } = await sql<Match & { reached: number | null }>`with found as materialized (select * from search_found(${words}, ${below}::bigint, 0::bigint, ${most}::int, ${mostMs}::int))
    select ${matchColumns(words)}, case when f.case_id is null then f.place end as reached from found f left join "case" c on c.id = f.case_id and ${condition}
    where f.case_id is null or c.id is not null`.execute(db)
  return { matches: rows.filter(({ reached }) => reached === null), reached: rows.find(({ reached }) => reached !== null)?.reached ?? 0 }
}

/**
 * Where the words stand in the cases that something else led to: the newest so many of them. Row by row (`offset 0`): the database thinks that a
 * common word leads to its rows sooner, and would read all of them.
 */
export async function lookInto(db: Db | Tx, words: RawBuilder<unknown>, condition: Condition, most: number): Promise<Match[]> {
  const { rows } = await sql<Match>`with these as materialized (select c.id, c.number from "case" c where ${condition} order by c.opened_at desc limit ${most}),
    placed as materialized (select t.id, t.number, m.id as message_id, null::uuid as attachment_id, m.place from these t join message m on m.case_id = t.id
      union all select t.id, t.number, a.message_id, a.id, x.place from these t join attachment a on a.case_id = t.id join attachment_text x on x.attachment_id = a.id)
    select ${matchColumns(words)} from placed c cross join lateral (select s.* from search_text s where s.place = c.place and s.message_id = c.message_id and s.attachment_id is not distinct from c.attachment_id offset 0) f
    where f.words @@ ${words}`.execute(db)
  return rows
}

/** Something with a name that fits, and the case that it leads to. */
export interface Lead {
  number: number
  reason: 'number' | 'reference' | 'address' | 'account' | 'customer'
  name: string
  exact: boolean
  at: Date
}

const LEADS_MAX = 40
const NAMED_MAX = 25
const CASES_OF_EACH = 5

const leadsFrom = async (db: Db | Tx, condition: Condition, hits: RawBuilder<unknown>): Promise<Lead[]> => {
  const { rows } = await sql<Lead>`select c.number, h.reason, h.name, h.exact, c.last_message_at as at from (${hits}) h join "case" c on c.id = h.case_id where ${condition}`.execute(db)
  return rows
}

const likePrefix = (value: string) => `${value.replace(/[\\%_]/g, '\\$&')}%`
const backwards = (value: string) => [...value].reverse().join('')

/** Cases by number, and those in which an id or address is mentioned, whole or by its beginning. */
export function leadsById(db: Db | Tx, condition: Condition, { value, number, begins }: { value: string; number: number | null; begins: boolean }): Promise<Lead[]> {
  const fits = begins ? sql`(r.value = ${value} or r.value like ${likePrefix(value)})` : sql`r.value = ${value}`
  return leadsFrom(db, condition, sql`
    select x.id as case_id, 'number' as reason, '#' || x.number as name, true as exact from "case" x where x.number = ${number}::bigint
    union all (select m.case_id, 'reference', r.value, r.value = ${value} from case_reference r join message m on m.id = r.message_id where ${fits} order by r.value = ${value} desc, m.place desc limit ${sql.lit(LEADS_MAX)})`)
}

/** Cases in which somebody of this address takes part; `@` and a domain for all of its addresses. */
export function leadsByAddress(db: Db | Tx, condition: Condition, value: string): Promise<Lead[]> {
  const fits = value.startsWith('@') ? sql`reverse(p.address) like ${likePrefix(backwards(value))}` : sql`p.address like ${likePrefix(value)}`
  return leadsFrom(db, condition, sql`
    (select p.case_id, 'address' as reason, p.address as name, true as exact from participant p where p.address = ${value} and p.dropped_at is null order by p.case_id desc limit ${sql.lit(LEADS_MAX)})
    union all (select p.case_id, 'address', p.address, false from participant p where ${fits} and p.address <> ${value} and p.dropped_at is null order by p.case_id desc limit ${sql.lit(LEADS_MAX)})`)
}

const casesOf = (named: RawBuilder<unknown>, reason: 'account' | 'customer', column: RawBuilder<unknown>) =>
  sql`select x.id as case_id, ${sql.lit(reason)} as reason, n.name, n.exact from (${named}) n cross join lateral (select k.id from "case" k where ${column} = n.id order by k.opened_at desc limit ${sql.lit(CASES_OF_EACH)}) x`

/** Cases of the businesses and people in whose names these words stand, the last perhaps only begun. */
export function leadsByName(db: Db | Tx, condition: Condition, text: string): Promise<Lead[]> {
  const phrase = phraseOf(text, true)?.replaceAll(' <-> ', ' & ')
  if (!phrase) return Promise.resolve([])
  // All that fit first and the limit after: with the limit in sight a plan for any words would read every name there is.
  const named = (table: 'account' | 'customer') => sql`select n.id, n.name, lower(n.name) = ${text.toLowerCase()} as exact
    from (select x.id, x.name from ${sql.table(table)} x where to_tsvector('desk_written', search_plain(x.name)) @@ to_tsquery('desk_written', ${phrase}) offset 0) n limit ${sql.lit(NAMED_MAX)}`
  return leadsFrom(db, condition, sql`${casesOf(named('account'), 'account', sql`k.account_id`)} union all ${casesOf(named('customer'), 'customer', sql`k.customer_id`)}`)
}

/** Names and addresses that are like what was typed, the likest first. */
export function leadsByLikeness(db: Db | Tx, condition: Condition, text: string): Promise<Lead[]> {
  const value = text.toLowerCase()
  const like = (table: 'account' | 'customer') => sql`(select n.id, n.name, false as exact from ${sql.table(table)} n where ${value} <% lower(n.name) order by word_similarity(${value}, lower(n.name)) desc, n.id limit 5)`
  const addresses = sql`(select a.address, a.customer_id from customer_address a where a.address % ${value} order by similarity(a.address, ${value}) desc limit 5)`
  return leadsFrom(db, condition, value.includes('@')
    ? sql`select x.id as case_id, 'address' as reason, n.address as name, false as exact from ${addresses} n cross join lateral (select k.id from "case" k where k.customer_id = n.customer_id order by k.opened_at desc limit 5) x`
    : sql`${casesOf(like('account'), 'account', sql`k.account_id`)} union all ${casesOf(like('customer'), 'customer', sql`k.customer_id`)}`)
}

const HALVES_MAX = 300

/** Ids of which the first half or the last is the same: whatever slip there is, it is in the other. */
export async function referencesLike(db: Db | Tx, value: string): Promise<string[]> {
  const half = Math.floor(value.length / 2)
  const { rows } = await sql<{ value: string }>`(select value from case_reference where value like ${likePrefix(value.slice(0, half))} limit ${sql.lit(HALVES_MAX)})
    union (select value from case_reference where reverse(value) collate "C" like ${likePrefix(backwards(value.slice(-half)))} limit ${sql.lit(HALVES_MAX)})`.execute(db)
  return rows.map((row) => row.value)
}

/** What stands at the places, for their passages. */
export interface Written {
  id: string
  visibility: string
  text: string
  fileName: string | null
}

export async function writtenAt(db: Db | Tx, matches: readonly Match[]): Promise<Map<string, Written>> {
  if (matches.length === 0) return new Map()
  const { rows } = await sql<Written>`select m.id, m.visibility, left(search_written(m, c.subject), 20000) as text, null as "fileName" from message m join "case" c on c.id = m.case_id
      where m.id = any(${matches.filter(({ attachmentId }) => attachmentId === null).map(({ messageId }) => messageId)}::uuid[])
    union all select a.id, 'public', left(x.text, 20000), a.name from attachment a join attachment_text x on x.attachment_id = a.id
      where a.id = any(${matches.flatMap(({ attachmentId }) => attachmentId ?? [])}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** When what stands at a place was written. */
export async function timeOfPlace(db: Db | Tx, place: number): Promise<Date | null> {
  const { rows } = await sql<{ at: Date }>`select at from search_text where place >= ${place} and place < ${place + 10_000} order by place limit 1`.execute(db)
  return rows[0]?.at ?? null
}
