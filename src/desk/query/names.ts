import { sql, type RawBuilder, type SqlBool } from 'kysely'

/** How names are compared in statements: in small letters, whole, or with a star by their beginning. */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function uuidIs(column: RawBuilder<unknown>, values: readonly string[]): RawBuilder<SqlBool> {
  const ids = values.filter((value) => UUID.test(value))
  return ids.length > 0 ? sql<SqlBool>`${column} = any(${ids}::uuid[])` : sql<SqlBool>`false`
}

const beginsWith = (value: string) => `${value.slice(0, -1).replace(/[\\%_]/g, '\\$&')}%`

/** Each beginning stands by itself, so that an index over `lower(name)` leads to it. `folded`: the column is in small letters already. */
export function nameIs(column: RawBuilder<unknown>, values: readonly string[], as: 'written' | 'folded' = 'written'): RawBuilder<SqlBool> {
  const folded = as === 'folded' ? column : sql`lower(${column})`
  const whole = values.filter((value) => !value.endsWith('*'))
  const parts = [
    ...(whole.length > 0 ? [sql<SqlBool>`${folded} = any(${whole}::text[])`] : []),
    ...values.filter((value) => value.endsWith('*')).map((value) => sql<SqlBool>`${folded} like ${beginsWith(value)}`),
  ]
  return parts.length > 0 ? sql<SqlBool>`(${sql.join(parts, sql` or `)})` : sql<SqlBool>`false`
}

/** Everybody who is a person of this id, name or address: they, and those who were merged into them. */
export const personIs = (values: readonly string[]): RawBuilder<unknown> => sql`with recursive person as (
    select x.id from customer x where x.merged_into is null and (${uuidIs(sql`x.id`, values)} or (x.name <> '' and ${nameIs(sql`x.name`, values)}))
    union select x.id from customer x join customer_address a on a.customer_id = x.id where x.merged_into is null and ${nameIs(sql`a.address`, values, 'folded')}
    union select m.id from customer m join person p on m.merged_into = p.id)
  select id from person`
