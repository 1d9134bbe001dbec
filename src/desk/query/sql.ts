import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Actor, Db, Tx } from '#platform'
import { asksForMerged, asksForRemoved, isFieldTerm, isTextTerm, sortWords, spanOf, termsOf, timeField, type FieldTerm, type Query, type SortWord, type TextTerm, type TimeField } from './model.ts'
import { nameIs, personIs, uuidIs } from './names.ts'
import { hasAttachment, hasSuggestion, unreadBy } from './store.ts'
import { subjectHas, textHas } from './words.ts'

type Condition = RawBuilder<SqlBool>

export interface QueryCondition {
  /** Over the alias `c` of "case": the walls of the actor, what is removed or merged, and every term. */
  where: Condition
  /** The order that the query asks for. */
  sort: SortWord | null
  /** The terms over text, which `where` holds too unless they were left out. */
  text: TextTerm[]
}

export interface ConditionOptions {
  now?: Date
  /** The IANA zone in which days begin; else the actor's own. */
  zone?: string
  /** `out`: leaves the terms over text to the caller. */
  text?: 'in' | 'out'
}

/** The query as a condition: true for exactly the cases for which `holds` is. Names are looked up by the statement itself, so one that is not there matches nothing. */
export async function conditionOf(db: Db | Tx, actor: Actor, query: Query, options: ConditionOptions = {}): Promise<QueryCondition> {
  const text = query.terms.filter(isTextTerm)
  const asked: Asked = { now: (options.now ?? new Date()).getTime(), zone: options.zone ?? (asksForTimes(query) ? await zoneOf(db, actor) : 'UTC'), actor }
  const parts: Condition[] = [
    ...(asksForRemoved(query) ? [] : [sql<SqlBool>`c.removed is null`]), ...(asksForMerged(query) ? [] : [sql<SqlBool>`c.merged_into is null`]),
    ...(actor.barred.length > 0 ? [sql<SqlBool>`c.queue_id <> all(${[...actor.barred]}::uuid[])`] : []),
    ...query.terms.filter(isFieldTerm).filter(({ field }) => field !== 'sort').map((term) => termCondition(term, asked)),
    ...(options.text === 'out' ? [] : await Promise.all(text.map(async (term) => turned(term.not, await textHas(db, term))))),
  ]
  const wanted = termsOf(query, 'sort')[0]?.values[0]
  return { where: parts.length > 0 ? sql<SqlBool>`(${sql.join(parts, sql` and `)})` : sql<SqlBool>`true`, sort: sortWords.find((word) => word === wanted) ?? null, text }
}

const asksForTimes = (query: Query) => query.terms.some((term) => isFieldTerm(term) && timeField(term.field) !== null)

/** Where somebody's days begin: their own zone, else their site's. */
async function zoneOf(db: Db | Tx, actor: Actor): Promise<string> {
  if (actor.kind !== 'agent') return 'UTC'
  const { rows } = await sql<{ zone: string | null }>`select coalesce(a.time_zone, s.time_zone) as zone from agent a left join site s on s.id = a.site_id where a.id = ${actor.id}::uuid`.execute(db)
  return rows[0]?.zone ?? 'UTC'
}

interface Asked {
  now: number
  zone: string
  actor: Actor
}

/** What is null holds nothing, so turned round it holds. */
const turned = (not: boolean, condition: Condition): Condition => (not ? sql<SqlBool>`not coalesce(${condition}, false)` : condition)
const either = (...conditions: Condition[]): Condition => (conditions.length === 0 ? sql<SqlBool>`false` : sql<SqlBool>`(${sql.join(conditions, sql` or `)})`)

function termCondition({ field, not, values }: FieldTerm, asked: Asked): Condition {
  const time = timeField(field)
  return turned(not, time ? either(...values.map((value) => timeIs(time, value, asked))) : (conditions[field]?.(values, asked) ?? sql<SqlBool>`false`))
}

const columns: Readonly<Record<TimeField, RawBuilder<unknown>>> = {
  before: sql`c.opened_at`, after: sql`c.opened_at`, solved: sql`c.solved_at`, updated: sql`c.updated_at`, due: sql`c.due_at`, waiting: sql`c.waiting_since`,
}

function timeIs(field: TimeField, value: string, { now, zone }: Asked): Condition {
  const column = columns[field]
  if (value === 'none') return sql<SqlBool>`${column} is null`
  const span = spanOf(field, value, now, zone)
  if (!span) return sql<SqlBool>`false`
  const bounds = [
    ...(span.from === null ? [] : [sql<SqlBool>`${column} >= ${new Date(span.from)}::timestamptz`]), ...(span.until === null ? [] : [sql<SqlBool>`${column} < ${new Date(span.until)}::timestamptz`]),
  ]
  return sql<SqlBool>`(${sql.join(bounds, sql` and `)})`
}

/** Written out rather than bound, so that partial indexes are seen to fit. */
const wordIs = (column: RawBuilder<unknown>, values: readonly string[]): Condition => sql<SqlBool>`${column} in (${sql.join(values.map((value) => sql.lit(value)))})`
/** The ids are found first, so that an index over the case's column leads to its cases. */
const among = (column: RawBuilder<unknown>, ids: RawBuilder<unknown>): Condition => sql<SqlBool>`${column} = any(array(${ids}))`
const without = (values: readonly string[], ...words: string[]) => values.filter((value) => !words.includes(value))
const orNone = (column: RawBuilder<unknown>, values: readonly string[]): Condition[] => (values.includes('none') ? [sql<SqlBool>`${column} is null`] : [])

type OfField = (values: readonly string[], asked: Asked) => Condition

const conditions: Partial<Record<FieldTerm['field'], OfField>> = {
  status: (values) => wordIs(sql`c.status`, values),
  priority: (values) => wordIs(sql`c.priority`, values),
  kind: (values) => wordIs(sql`c.kind`, values),
  channel: (values) => nameIs(sql`c.channel`, values),
  queue: (values) => among(sql`c.queue_id`, sql`select x.id from queue x where ${either(uuidIs(sql`x.id`, values), nameIs(sql`x.key`, values), nameIs(sql`x.name`, values))}`),
  team: (values, { actor }) => either(...orNone(sql`c.team_id`, values), ...(values.includes('mine') && actor.teamId ? [sql<SqlBool>`c.team_id = ${actor.teamId}::uuid`] : []),
    ...some(without(values, 'none', 'mine'), (names) => among(sql`c.team_id`, sql`select x.id from team x where ${either(uuidIs(sql`x.id`, names), nameIs(sql`x.name`, names))}`))),
  assignee: (values, { actor }) => either(...orNone(sql`c.assignee_id`, values), ...(values.includes('me') && actor.kind === 'agent' ? [sql<SqlBool>`c.assignee_id = ${actor.id}::uuid`] : []),
    ...some(without(values, 'none', 'me'), (names) => among(sql`c.assignee_id`, sql`select x.id from agent x where ${either(uuidIs(sql`x.id`, names), nameIs(sql`x.name`, names), nameIs(sql`x.email`, names))}`))),
  account: (values) => either(...orNone(sql`c.account_id`, values),
    ...some(without(values, 'none'), (names) => among(sql`c.account_id`, sql`select x.id from account x where ${either(uuidIs(sql`x.id`, names), nameIs(sql`x.name`, names))}`))),
  customer: (values) => among(sql`c.customer_id`, personIs(values)),
  from: (values) => sql<SqlBool>`c.id in (select p.case_id from participant p where p.dropped_at is null and ${either(...values.map(addressIs))})`,
  topic: (values) => either(...orNone(sql`c.topic`, values),
    ...some(without(values, 'none'), (names) => among(sql`c.topic`, sql`select x.key from topic x where ${either(nameIs(sql`x.key`, names), nameIs(sql`x.title`, names))}`))),
  tag: (values) => either(...(values.includes('none') ? [sql<SqlBool>`not exists (select from case_tag g where g.case_id = c.id)`] : []),
    ...some(without(values, 'none'), (names) => sql<SqlBool>`c.id in (select g.case_id from case_tag g where ${nameIs(sql`g.tag`, names, 'folded')})`)),
  segment: (values) => either(...orNone(sql`c.account_id`, values), ...some(without(values, 'none'), (names) => sql<SqlBool>`exists (select from account x where x.id = c.account_id and ${nameIs(sql`x.segment`, names)})`)),
  language: (values) => sql<SqlBool>`exists (select from customer x where x.id = c.customer_id and ${either(...orNone(sql`x.language`, values),
    ...some(without(values, 'none'), (names) => either(nameIs(sql`x.language`, names), nameIs(sql`x.language`, names.map((name) => `${name}-*`)))))})`,
  subject: (values) => either(...values.map(subjectHas)),
  number: (values) => sql<SqlBool>`c.number = any(${[...values]}::bigint[])`,
  is: (values, asked) => either(...values.map((value) => states[value]?.(asked) ?? sql<SqlBool>`false`)),
  has: (values) => either(...values.map((value) => (value === 'attachment' ? hasAttachment : hasSuggestion))),
}

const some = (names: readonly string[], condition: (names: readonly string[]) => Condition): Condition[] => (names.length > 0 ? [condition(names)] : [])
const addressIs = (value: string): Condition => (value.startsWith('@') ? nameIs(sql`reverse(p.address)`, [`${[...value].reverse().join('')}*`], 'folded') : nameIs(sql`p.address`, [value], 'folded'))

const states: Readonly<Record<string, (asked: Asked) => Condition>> = {
  unsolved: () => sql<SqlBool>`c.status in ('new', 'open', 'pending', 'on_hold')`,
  unassigned: () => sql<SqlBool>`c.assignee_id is null`,
  unread: ({ actor }) => unreadBy(actor.kind === 'agent' ? actor.id : null),
  snoozed: ({ now }) => sql<SqlBool>`c.snoozed_until > ${new Date(now)}::timestamptz`,
  overdue: ({ now }) => sql<SqlBool>`c.due_at < ${new Date(now)}::timestamptz`,
  merged: () => sql<SqlBool>`c.merged_into is not null`,
  problem: () => sql<SqlBool>`c.kind = 'problem'`,
  incident: () => sql<SqlBool>`c.kind = 'incident'`,
  spam: () => sql<SqlBool>`c.removed = 'spam'`,
  trash: () => sql<SqlBool>`c.removed = 'trash'`,
}

