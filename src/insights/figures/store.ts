import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Db, Tx } from '#platform'
import type { Clock, Dimension, Measure, Period } from '../measures/model.ts'

/** Which moments a figure counts. */
export interface Ask {
  measure: Measure
  from: Date
  /** Excluded. */
  to: Date
  /** IANA: whose days, weeks and months. */
  zone: string
  clock: Clock
  by: Dimension | null
  each: Period | null
  /** Only these, by dimension; `none` for what has none. */
  only: Partial<Record<Dimension, readonly string[]>>
  /** Queues that the reader may not look into. */
  barred: readonly string[]
}

/** How a dimension is read of a moment (or span) `m`. Ids stay ids, and texts are compared byte by byte: hundreds of thousands of them are sorted. */
const columns: Record<Dimension, RawBuilder<string | null>> = {
  queue: sql`m.queue_id`, team: sql`m.team_id`, agent: sql`m.agent_id`, topic: sql`m.topic collate "C"`, channel: sql`m.channel collate "C"`, priority: sql`m.priority collate "C"`,
  site: sql`t.site_id`, segment: sql`ac.segment collate "C"`,
}
/** Where sites and segments are read; the planner leaves out what is not asked for. */
const joined = sql`left join team t on t.id = m.team_id left join account ac on ac.id = m.account_id`

const steps: Record<Period, RawBuilder<unknown>> = { day: sql`interval '1 day'`, week: sql`interval '1 week'`, month: sql`interval '1 month'` }

/** Begins and ends as instants: dates are midnights in the zone. @throws what the database says of words that are no time. */
export async function boundsOf(db: Db, from: string, to: string, zone: string): Promise<{ from: Date; to: Date }> {
  const instant = (text: string) => (/^\d{4}-\d\d-\d\d$/.test(text) ? sql`${text}::timestamp at time zone ${zone}` : sql`${text}::timestamptz`)
  const { rows } = await sql<{ from: Date; to: Date }>`select ${instant(from)} as "from", ${instant(to)} as to`.execute(db)
  return rows[0]!
}

export interface PeriodOf {
  /** The first day of it, in the zone: `2026-11-16`. */
  period: string
  /** Cut to the range that was asked for. */
  from: Date
  to: Date
}

/** The days, weeks or months of a range, also those in which nothing happened. */
export async function periodsOf(db: Db, { from, to, zone }: Ask, each: Period): Promise<PeriodOf[]> {
  const { rows } = await sql<PeriodOf>`select to_char(p, 'YYYY-MM-DD') as period, greatest(p at time zone ${zone}, ${from}::timestamptz) as "from", least((p + ${steps[each]}) at time zone ${zone}, ${to}::timestamptz) as to
    from generate_series(date_trunc(${each}, ${from}::timestamptz at time zone ${zone}), (${to}::timestamptz at time zone ${zone}) - interval '1 millisecond', ${steps[each]}) p`.execute(db)
  return rows
}

function conditions({ only, barred }: Ask): RawBuilder<SqlBool>[] {
  const parts: RawBuilder<SqlBool>[] = barred.length > 0 ? [sql<SqlBool>`m.space_id <> all(${[...barred]}::uuid[])`] : []
  for (const [dimension, column] of Object.entries(columns)) {
    const values = Object.entries(only).find(([name]) => name === dimension)?.[1]
    if (values) parts.push(sql<SqlBool>`((${column})::text = any(${[...values]}::text[])${values.includes('none') ? sql` or ${column} is null` : sql``})`)
  }
  return parts
}

const and = (ask: Ask): RawBuilder<unknown> => sql.join(conditions(ask).map((part) => sql`and ${part}`), sql` `)

/** The moments that a figure counts, as a table `m`. */
const momentsIn = (ask: Ask): RawBuilder<unknown> => sql`measured m ${joined} where m.moment = ${ask.measure.moment} and m.at >= ${ask.from}::timestamptz and m.at < ${ask.to}::timestamptz
  ${and(ask)}`

export interface Cell {
  group: string | null
  /** The group is that of all together. */
  all: boolean
  /** Null: the whole range. */
  period: string | null
  count: number
  part: number
  p50: number | null
  p90: number | null
}

interface CellRow extends Omit<Cell, 'p50' | 'p90'> {
  parts: (number | string | null)[] | null
}

const cellOf = ({ parts, ...rest }: CellRow): Cell => {
  const [p50 = null, p90 = null] = parts ?? []
  return { ...rest, p50: p50 === null ? null : Number(p50), p90: p90 === null ? null : Number(p90) }
}

/** A quarter of a large centre is sorted in memory; each statement gives the memory back. */
const withRoom = <T>(db: Db, read: (tx: Tx) => Promise<T>): Promise<T> => db.transaction().execute(async (tx) => {
  await sql`set local work_mem = '64MB'`.execute(tx)
  return read(tx)
})

/** One row for each group and period, each group, each period, and all: those of them that were asked for. */
export async function cellsOf(db: Db, ask: Ask): Promise<Cell[]> {
  const value = ask.clock === 'business' ? sql`business_ms` : sql`ms`
  const group = ask.by ? columns[ask.by] : sql`null::text`
  const period = ask.each ? sql`date_trunc(${ask.each}, m.at at time zone ${ask.zone})` : sql`null::timestamp`
  const sets = [sql`()`, ...(ask.by ? [sql`(g)`] : []), ...(ask.each ? [sql`(p)`] : []), ...(ask.by && ask.each ? [sql`(g, p)`] : [])]
  const { rows } = await withRoom(db, (tx) => sql<CellRow>`select ${ask.by ? sql`g::text as group, grouping(g) = 1` : sql`null as group, true`} as all, ${ask.each ? sql`to_char(p, 'YYYY-MM-DD')` : sql`null`} as period, count(*) as count, count(*) filter (where hit) as part,
      ${ask.measure.kind === 'time' ? sql`percentile_disc(array[0.5, 0.9]) within group (order by ${value})` : sql`null::bigint[]`} as parts
    from (select ${group} as g, ${period} as p, m.hit, m.ms, m.business_ms from ${momentsIn(ask)}) as m group by grouping sets (${sql.join(sets)})`.execute(tx))
  return rows.map(cellOf)
}

/** An instant at which what was unsolved is counted; the period that ends there, or null for the end of the range. */
export interface Level {
  period: string | null
  at: Date
}

/** The same for what was unsolved at some instants (the backlog), with its age then. */
export async function levelsOf(db: Db, ask: Ask, levels: readonly Level[]): Promise<Cell[]> {
  const group = ask.by ? columns[ask.by] : sql`null::text`
  const { rows } = await sql<CellRow & { n: number }>`select ${ask.by ? sql`g::text as group, grouping(g) = 1` : sql`null as group, true`} as all, n, count(*) as count, 0 as part, percentile_disc(array[0.5, 0.9]) within group (order by age) as parts
    from (select i.n, ${group} as g, floor(extract(epoch from i.at - m.opened_at) * 1000)::bigint as age
      from unnest(${levels.map(({ at }) => at.toISOString())}::timestamptz[]) with ordinality as i(at, n)
      join measured_backlog m on m.span @> i.at ${joined} where true ${and(ask)}) as m group by grouping sets ((n)${ask.by ? sql`, (n, g)` : sql``})`.execute(db)
  return rows.map(({ n, ...row }) => cellOf({ ...row, period: levels[n - 1]?.period ?? null }))
}

const spansAt = (ask: Ask, at: Date): RawBuilder<unknown> => sql`measured_backlog m ${joined} where m.span @> ${at}::timestamptz ${and(ask)}`

export interface CountedCase {
  number: number
  turn: number
  at: Date
  ms: number | null
  businessMs: number | null
  part: boolean | null
  subject: string
  status: string
  queue: string
  assignee: string | null
  customer: string
  /** The place in the order, for the next page. */
  place: string
}

export interface CasesAsk {
  ask: Ask
  /** Only those with the property of a share, or only those without. */
  part: boolean | null
  sort: 'recent' | 'longest'
  after: { place: string; number: number; turn: number } | null
  limit: number
}

/** What a figure counts, one by one: for each the case, and the moment that counts. */
export async function countedCases(db: Db, { ask, part, sort, after, limit }: CasesAsk): Promise<CountedCase[]> {
  const level = ask.measure.kind === 'level'
  const source = level ? spansAt(ask, ask.to) : momentsIn(ask)
  const [at, ms, business, hit] = level ? [sql`m.opened_at`, sql`floor(extract(epoch from ${ask.to}::timestamptz - m.opened_at) * 1000)::bigint`, sql`null::bigint`, sql`null::boolean`] : [sql`m.at`, sql`m.ms`, sql`m.business_ms`, sql`m.hit`]
  const timed = level || ask.clock === 'calendar' ? ms : business
  const place = sort === 'longest' ? sql`coalesce(${timed}, -1)` : sql`(extract(epoch from ${at}) * 1000000)::bigint`
  const { rows } = await sql<CountedCase>`with page as (
      select m.case_number, m.turn, ${at} as at, ${ms} as ms, ${business} as business_ms, ${hit} as hit, ${place} as place from ${source}
        ${part === null ? sql`` : sql`and m.hit is ${sql.raw(part ? 'true' : 'not true')}`}
        ${after ? sql`and (${place}, m.case_number, m.turn) < (${after.place}::bigint, ${after.number}::bigint, ${after.turn}::int)` : sql``}
      order by place desc, m.case_number desc, m.turn desc limit ${limit})
    select c.number, p.turn, p.at, p.ms, p.business_ms as "businessMs", p.hit as part, c.subject, c.status, p.place::text as place,
      (select q.name from queue q where q.id = c.queue_id) as queue, (select a.name from agent a where a.id = c.assignee_id) as assignee, (select cu.name from customer cu where cu.id = c.customer_id) as customer
    from page p join "case" c on c.number = p.case_number ${ask.barred.length > 0 ? sql`where c.queue_id <> all(${[...ask.barred]}::uuid[])` : sql``}
    order by p.place desc, p.case_number desc, p.turn desc`.execute(db)
  return rows
}

/** Names of what a dimension's values are; those that are no more have none. */
export async function namesOf(db: Db, by: Dimension, ids: readonly string[]): Promise<Map<string, string>> {
  const tables: Partial<Record<Dimension, RawBuilder<unknown>>> = {
    queue: sql`select id::text as id, name from queue`, team: sql`select id::text as id, name from team`, site: sql`select id::text as id, name from site`, agent: sql`select id::text as id, name from agent`,
    topic: sql`select key as id, title as name from topic`,
  }
  const table = tables[by]
  if (!table || ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`select id, name from (${table}) as n where id = any(${[...ids]}::text[])`.execute(db)
  return new Map(rows.map(({ id, name }) => [id, name]))
}
