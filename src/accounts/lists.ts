import { sql, type RawBuilder } from 'kysely'
import { decodeCursor, pageOf, type Db, type Page, type Tx } from '#platform'
import type { Account, Customer, Segment } from './model.ts'
import { accountFrom, customerFrom } from './store.ts'

export interface ListPlace {
  limit: number
  cursor?: string
}

type Placed<T> = T & { place: string }

/** Lists go by name, byte by byte: the order of the index on lower(name), so that a page costs its length and not the table's. */
const after = (cursor: string | undefined): RawBuilder<unknown> => {
  if (cursor === undefined) return sql`true`
  const [name, id] = decodeCursor(cursor, 2)
  return sql`lower(name) ~>=~ ${String(name)} and (lower(name) ~>~ ${String(name)} or id::text > ${String(id)})`
}

const prefixOf = (text: string) => `${text.trim().normalize('NFC').toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
const all = (conditions: RawBuilder<unknown>[]) => sql.join(conditions, sql` and `)

export interface AccountFilter {
  /** The beginning of the name, or the platform id. */
  q?: string
  segments?: readonly Segment[]
  countries?: readonly string[]
}

/** Accounts by name, a page at a time. */
export async function listAccounts(db: Db | Tx, filter: AccountFilter, { limit, cursor }: ListPlace): Promise<Page<Account>> {
  const conditions = [after(cursor)]
  if (filter.q?.trim()) conditions.push(sql`(lower(name) like ${prefixOf(filter.q)} or platform_id = ${filter.q.trim()})`)
  if (filter.segments) conditions.push(sql`segment = any(${filter.segments}::text[])`)
  if (filter.countries) conditions.push(sql`country = any(${filter.countries}::text[])`)
  const { rows } = await sql<Placed<Parameters<typeof accountFrom>[0]>>`
    select *, lower(name) as place from account where ${all(conditions)} order by lower(name) using ~<~, id::text limit ${limit + 1}`.execute(db)
  return presentPage(pageOf(rows, limit, placeOf), accountFrom)
}

export interface CustomerFilter {
  /** The beginning of the name or of an address. */
  q?: string
  accountId?: string
}

/** Customers who stand for themselves: those merged into another are found through that one. */
export async function listCustomers(db: Db | Tx, filter: CustomerFilter, { limit, cursor }: ListPlace): Promise<Page<Customer>> {
  const conditions = [after(cursor), sql`merged_into is null`]
  if (filter.accountId) conditions.push(sql`account_id = ${filter.accountId}`)
  if (filter.q?.trim()) {
    const prefix = prefixOf(filter.q)
    conditions.push(sql`id in (select p.id from customer p where lower(p.name) like ${prefix} union all select a.customer_id from customer_address a where a.address like ${prefix})`)
  }
  const { rows } = await sql<Placed<Parameters<typeof customerFrom>[0]>>`
    select customer.*, lower(name) as place, array(select a.address from customer_address a where a.customer_id = customer.id order by a.added_at, a.address) as addresses
    from customer where ${all(conditions)} order by lower(name) using ~<~, id::text limit ${limit + 1}`.execute(db)
  return presentPage(pageOf(rows, limit, placeOf), customerFrom)
}

const placeOf = (row: { place: string; id: string }) => [row.place, row.id]
const presentPage = <R, T>(page: Page<R>, present: (row: R) => T): Page<T> => ({ items: page.items.map(present), nextCursor: page.nextCursor })
