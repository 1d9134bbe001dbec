import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Actor, Db, Tx } from '#platform'
import { isFieldTerm, timeField, type FieldTerm, type Term } from '../query/model.ts'
import { conditionOf } from '../query/sql.ts'

type Condition = RawBuilder<SqlBool>

/** Segments of accounts, as the language names them: none is a case of no account. */
const SEGMENTS = ['independent', 'startup', 'smb', 'enterprise']

/** Of the case itself, so it is worth looking at once a row, whoever asks. */
const OF_THE_ROW = new Set(['status', 'priority', 'kind', 'channel', 'queue', 'team', 'assignee', 'account', 'topic', 'number', 'before', 'after', 'solved', 'updated', 'due', 'waiting', 'segment'])
const isCheap = (term: Term): boolean => isFieldTerm(term) && (OF_THE_ROW.has(term.field) || (term.field === 'is' && !term.values.includes('unread')))

/**
 * The terms of many queries over one pass: what several ask is looked at once a row, as a column of the pass; what is dear (tags, words, who
 * takes part) stands behind it, and is looked at only where the rest holds.
 */
export class Terms {
  readonly #db: Db | Tx
  readonly #columns = new Map<string, { name: string; condition: Promise<Condition> }>()
  constructor(db: Db | Tx) { this.#db = db }

  /** All of these terms, and the reader's walls, as one condition over the rows of the pass. */
  async over(actor: Actor, terms: readonly Term[]): Promise<Condition[]> {
    const cheap = terms.filter(isCheap).map((term) => this.#column(keyOf(term, actor), () => this.#condition(actor, term)))
    const walls = actor.barred.length > 0 ? [this.#column(`walls ${[...actor.barred].sort().join()}`, async () => sql<SqlBool>`c.queue_id <> all(${[...actor.barred]}::uuid[])`)] : []
    return [...walls, ...cheap, ...await Promise.all(terms.filter((term) => !isCheap(term)).map((term) => this.#condition(actor, term)))]
  }

  /** What the pass must look at for that. */
  async columns(): Promise<RawBuilder<unknown>[]> {
    return Promise.all([...this.#columns.values()].map(async ({ name, condition }) => sql`${await condition} as ${sql.ref(name)}`))
  }

  /** A whole query as a condition over cases, for what is counted by itself. */
  async whole(actor: Actor, terms: readonly Term[]): Promise<Condition> {
    return (await conditionOf(this.#db, actor, { terms: [...terms] })).where
  }

  #column(key: string, make: () => Promise<Condition>): Condition {
    const known = this.#columns.get(key) ?? { name: `t${this.#columns.size}`, condition: make() }
    this.#columns.set(key, known)
    return sql<SqlBool>`${sql.ref(`c.${known.name}`)}`
  }

  async #condition(actor: Actor, term: Term): Promise<Condition> {
    if (isFieldTerm(term) && term.field === 'segment') return segmentIs(term)
    return (await conditionOf(this.#db, { ...actor, barred: [] }, { terms: [term] })).where
  }
}

/** Over the segment as the passes hold it. */
function segmentIs({ values, not }: FieldTerm): Condition {
  const wanted = SEGMENTS.filter((segment) => values.some((value) => (value.endsWith('*') ? segment.startsWith(value.slice(0, -1)) : value === segment)))
  const holds = sql<SqlBool>`(coalesce(c.segment = any(${wanted}), false) ${values.includes('none') ? sql`or c.segment is null` : sql``})`
  return not ? sql<SqlBool>`not ${holds}` : holds
}

/** Terms that are the same for everybody share their column; what is about the reader, or their days, does not. */
function keyOf(term: Term, actor: Actor): string {
  const key = JSON.stringify(term)
  return isPersonal(term) ? `${actor.id} ${actor.teamId ?? ''} ${key}` : key
}

/** Whether a term means something else for each reader. */
export const isPersonal = (term: Term): boolean => isFieldTerm(term) && (
  timeField(term.field) !== null || (term.field === 'is' && term.values.includes('unread')) || (term.field === 'assignee' && term.values.includes('me')) || (term.field === 'team' && term.values.includes('mine')))

const joined = (parts: readonly Condition[]) => (parts.length > 0 ? sql.join([...parts], sql` and `) : sql`true`)
export const countWhere = (parts: readonly Condition[]): RawBuilder<number> => sql<number>`count(*) filter (where ${joined(parts)})`
/** Over rows that stand for several cases. */
export const sumWhere = (parts: readonly Condition[]): RawBuilder<number> => sql<number>`coalesce(sum(c.n) filter (where ${joined(parts)}), 0)`

export const AT_HAND = sql`(select c.*, (select x.segment from account x where x.id = c.account_id) as segment from "case" c where c.status in ('new', 'open', 'pending', 'on_hold') and c.removed is null)`
/** What is not summed up yet counts as well. */
export const TALLY = sql`(select t.*, null::text as removed, null::uuid as merged_into from (select status, queue_id, team_id, priority, kind, channel, topic, segment, n from case_tally
  union all select status, queue_id, team_id, priority, kind, channel, topic, segment, n from case_tally_change) t)`
/** Each row is looked at once for each column, and not once for each count. */
export const passOver = (rows: RawBuilder<unknown>, columns: readonly RawBuilder<unknown>[]): RawBuilder<unknown> => sql`(select ${sql.join([sql`c.*`, ...columns])} from ${rows} c offset 0)`
