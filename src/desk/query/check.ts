import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Actor, Db, Tx } from '#platform'
import { fields, parseQuery, spotsIn, type Field, type ParsedQuery, type QueryProblem, type Spot } from './model.ts'
import { nameIs, personIs, uuidIs } from './names.ts'

/** What only those who have the names can say of a query: whether what it names is there. */

interface Checked {
  /** Nobody reads by it (a policy, a rule), so it cannot say `me`, `mine`, or what somebody has not read. */
  readerless?: boolean
}

/** Reads a query that is to be kept: every name must be there and visible to whoever keeps it. Problems stand in the order of the text. */
export async function checkQuery(db: Db | Tx, actor: Actor, text: string, { readerless = false }: Checked = {}): Promise<ParsedQuery> {
  const { query, problems } = parseQuery(text)
  const spots = spotsIn(text)
  const unknown = await unknownOf(db, actor, spots)
  const found: QueryProblem[] = [
    ...problems, ...unknown.map(({ at, length }) => ({ at, length, code: 'name.unknown' as const })),
    ...(readerless ? spots.filter(isPersonal).map(({ at, length }) => ({ at, length, code: 'reader.none' as const })) : []),
  ]
  return { query, problems: found.sort((a, b) => a.at - b.at) }
}

const isPersonal = ({ field, value }: Spot) => (field === 'assignee' && value === 'me') || (field === 'team' && value === 'mine') || (field === 'is' && value === 'unread')

async function unknownOf(db: Db | Tx, actor: Actor, spots: readonly Spot[]): Promise<Spot[]> {
  const asked = spots.filter(({ field, value }) => isThere[field] !== undefined && !fields[field].words.includes(value))
  if (asked.length === 0) return []
  const { rows } = await sql<{ there: boolean }>`select there from (values ${sql.join(asked.map(({ field, value }, nth) => sql`(${nth}::int, ${isThere[field]?.(value, actor) ?? sql<SqlBool>`true`})`))}) as asked (nth, there) order by nth`.execute(db)
  return asked.filter((_, nth) => rows[nth]?.there === false)
}

const isOneOf = (table: 'queue' | 'topic' | 'team' | 'agent' | 'account', condition: RawBuilder<SqlBool>) => sql<SqlBool>`exists (select from ${sql.table(table)} x where ${condition})`

/** Fields whose names are kept somewhere. Tags, addresses and channels come into being as they are used. */
const isThere: Partial<Record<Field, (value: string, actor: Actor) => RawBuilder<SqlBool>>> = {
  queue: (value, { barred }) => isOneOf('queue', sql<SqlBool>`(${uuidIs(sql`x.id`, [value])} or ${nameIs(sql`x.key`, [value])} or ${nameIs(sql`x.name`, [value])}) and x.id <> all(${[...barred]}::uuid[])`),
  topic: (value) => isOneOf('topic', sql<SqlBool>`${nameIs(sql`x.key`, [value])} or ${nameIs(sql`x.title`, [value])}`),
  team: (value) => isOneOf('team', sql<SqlBool>`${uuidIs(sql`x.id`, [value])} or ${nameIs(sql`x.name`, [value])}`),
  assignee: (value) => isOneOf('agent', sql<SqlBool>`${uuidIs(sql`x.id`, [value])} or ${nameIs(sql`x.name`, [value])} or ${nameIs(sql`x.email`, [value])}`),
  account: (value) => isOneOf('account', sql<SqlBool>`${uuidIs(sql`x.id`, [value])} or ${nameIs(sql`x.name`, [value])}`),
  customer: (value) => sql<SqlBool>`exists (${personIs([value])})`,
}
