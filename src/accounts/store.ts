import { sql, type SelectQueryBuilder } from 'kysely'
import { oneOf, violatedConstraint, type Db, type Tx } from '#platform'
import type { DB } from '#tables'
import { segments, type Account, type Customer, type Merge } from './model.ts'
import { refuse } from './refusals.ts'

interface AccountRow {
  id: string
  name: string
  segment: string
  country: string | null
  platform_id: string | null
  since: Date | null
  created_at: Date
  version: number
  demo: boolean
}

const accountColumns = ['id', 'name', 'segment', 'country', 'platform_id', 'since', 'created_at', 'version', 'demo'] as const

export const accountFrom = (row: AccountRow): Account => ({
  id: row.id, name: row.name, segment: oneOf(segments, row.segment), country: row.country, platformId: row.platform_id, since: row.since,
  createdAt: row.created_at, version: row.version, demo: row.demo,
})

/** One account; null when there is none of this id. */
export async function findAccount(db: Db | Tx, id: string): Promise<Account | null> {
  const row = await db.selectFrom('account').select(accountColumns).where('id', '=', id).executeTakeFirst()
  return row ? accountFrom(row) : null
}

export async function lockAccount(tx: Tx, id: string): Promise<Account | null> {
  const row = await tx.selectFrom('account').select(accountColumns).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? accountFrom(row) : null
}

/** @throws account.platformIdTaken */
export async function saveAccount(tx: Tx, account: Account): Promise<void> {
  const { name, segment, country, platformId, since, version } = account
  const values = { name, segment, country, platform_id: platformId, since, version }
  try {
    await tx.insertInto('account').values({ id: account.id, created_at: account.createdAt, demo: account.demo, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values)).execute()
  } catch (error) {
    throw violatedConstraint(error) === 'account_platform_id_key' ? refuse('account.platformIdTaken') : error
  }
}

interface CustomerRow {
  id: string
  account_id: string | null
  name: string
  language: string | null
  time_zone: string | null
  merged_into: string | null
  created_at: Date
  version: number
  demo: boolean
  addresses: string[]
}

export const customerFrom = (row: CustomerRow): Customer => ({
  id: row.id, accountId: row.account_id, name: row.name, language: row.language, timeZone: row.time_zone, addresses: row.addresses,
  mergedInto: row.merged_into, createdAt: row.created_at, version: row.version, demo: row.demo,
})

const addressesOf = sql<string[]>`array(select a.address from customer_address a where a.customer_id = customer.id order by a.added_at, a.address)`
const withColumns = <O>(query: SelectQueryBuilder<DB, 'customer', O>) =>
  query.select(['id', 'account_id', 'name', 'language', 'time_zone', 'merged_into', 'created_at', 'version', 'demo', addressesOf.as('addresses')])

/** The customer as it stands, also one who was merged into another. */
export async function findCustomer(db: Db | Tx, id: string): Promise<Customer | null> {
  const row = await withColumns(db.selectFrom('customer').where('id', '=', id)).executeTakeFirst()
  return row ? customerFrom(row) : null
}

/** The customers as they stand, by id; unknown ids are left out. */
export async function customersByIds(db: Db | Tx, ids: readonly string[]): Promise<Map<string, Customer>> {
  if (ids.length === 0) return new Map()
  const rows = await withColumns(db.selectFrom('customer').where('id', '=', sql<string>`any(${[...new Set(ids)]}::uuid[])`)).execute()
  return new Map(rows.map((row) => [row.id, customerFrom(row)]))
}

/** Locks the rows in one order, so that two merges of the same people wait for each other. */
export async function lockCustomers(tx: Tx, ids: readonly string[]): Promise<Customer[]> {
  await tx.selectFrom('customer').select('id').where('id', '=', sql<string>`any(${ids}::uuid[])`).orderBy('id').forUpdate().execute()
  // Read again once the locks are held: the addresses of a row are not part of the row.
  const rows = await withColumns(tx.selectFrom('customer').where('id', '=', sql<string>`any(${ids}::uuid[])`)).execute()
  return rows.map(customerFrom)
}

export async function lockCustomer(tx: Tx, id: string): Promise<Customer | null> {
  return (await lockCustomers(tx, [id]))[0] ?? null
}

export interface Holder {
  id: string
  accountId: string | null
  name: string
}

/** Whose address this is, merges followed. */
export async function findByAddress(db: Db | Tx, address: string): Promise<Holder | null> {
  const row = await db.selectFrom('customer_address as a').innerJoin('customer as c', 'c.id', 'a.customer_id')
    .select(['c.id', 'c.account_id', 'c.name', 'c.merged_into']).where('a.address', '=', address).executeTakeFirst()
  if (!row) return null
  if (row.merged_into === null) return { id: row.id, accountId: row.account_id, name: row.name }
  return (await canonicalCustomers(db, [row.id])).get(row.id) ?? null
}

/** For each id asked, the customer who stands for it now: itself, or the end of its chain of merges. Unknown ids are left out. */
export async function canonicalCustomers(db: Db | Tx, ids: readonly string[]): Promise<Map<string, Customer>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<CustomerRow & { asked: string }>`
    with recursive chain (asked, id, merged_into) as (
      select id, id, merged_into from customer where id = any(${[...new Set(ids)]}::uuid[])
      union select chain.asked, c.id, c.merged_into from chain join customer c on c.id = chain.merged_into
    )
    select chain.asked, customer.*, ${addressesOf} as addresses from chain join customer on customer.id = chain.id where chain.merged_into is null`.execute(db)
  return new Map(rows.map((row) => [row.asked, customerFrom(row)]))
}

/** The customer who stands for this one now; null when there is none of this id. */
export const canonicalCustomer = async (db: Db | Tx, id: string): Promise<Customer | null> => (await canonicalCustomers(db, [id])).get(id) ?? null

/** The ids under which rows elsewhere may know these people: their own, and those of everybody merged into them. */
export async function idsMergedInto(db: Db | Tx, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    with recursive folded (id) as (
      select id from customer where id = any(${ids}::uuid[])
      union select c.id from folded join customer c on c.merged_into = folded.id
    ) select id from folded`.execute(db)
  return rows.map(({ id }) => id)
}

/** The customer with a first address, unless somebody has it: one statement, so that of two at the same time one wins. */
export async function insertByAddress(tx: Tx, customer: { id: string; name: string; at: Date; address: string }): Promise<boolean> {
  const { rows } = await sql`
    with taken as (
      insert into customer_address (address, customer_id, added_at) values (${customer.address}, ${customer.id}, ${customer.at})
      on conflict (address) do nothing returning customer_id
    )
    insert into customer (id, name, created_at) select customer_id, ${customer.name}, ${customer.at} from taken returning id`.execute(tx)
  return rows.length > 0
}

/** @returns whether it was empty until now. */
export async function fillName(tx: Tx, id: string, name: string): Promise<boolean> {
  const row = await tx.updateTable('customer').set({ name, version: sql`version + 1` }).where('id', '=', id).where('name', '=', '').returning('id').executeTakeFirst()
  return row !== undefined
}

/** Writes the customer without its addresses. @throws account.unknown */
export async function saveCustomer(tx: Tx, customer: Customer): Promise<void> {
  const { accountId, name, language, timeZone, mergedInto, version } = customer
  const values = { account_id: accountId, name, language, time_zone: timeZone, merged_into: mergedInto, version }
  try {
    await tx.insertInto('customer').values({ id: customer.id, created_at: customer.createdAt, demo: customer.demo, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values)).execute()
  } catch (error) {
    throw violatedConstraint(error) === 'customer_account_id_fkey' ? refuse('account.unknown') : error
  }
}

/** @returns whether the address was free. */
export async function insertAddress(tx: Tx, customerId: string, address: string, at: Date): Promise<boolean> {
  const row = await tx.insertInto('customer_address').values({ address, customer_id: customerId, added_at: at })
    .onConflict((conflict) => conflict.doNothing()).returning('address').executeTakeFirst()
  return row !== undefined
}

export const deleteAddress = (tx: Tx, customerId: string, address: string) =>
  tx.deleteFrom('customer_address').where('customer_id', '=', customerId).where('address', '=', address).execute()

export const moveAddresses = (tx: Tx, addresses: readonly string[], to: string) =>
  tx.updateTable('customer_address').set({ customer_id: to }).where('address', '=', sql<string>`any(${addresses}::text[])`).execute()

const mergeColumns = ['id', 'kept', 'merged', 'addresses', 'at', 'by_actor', 'undone_at'] as const

interface MergeRow {
  id: string
  kept: string
  merged: string
  addresses: string[]
  at: Date
  by_actor: string
  undone_at: Date | null
}

const mergeFrom = (row: MergeRow): Merge => ({ id: row.id, kept: row.kept, merged: row.merged, addresses: row.addresses, at: row.at, by: row.by_actor, undoneAt: row.undone_at })

export const insertMerge = (tx: Tx, merge: Merge) =>
  tx.insertInto('customer_merge').values({ id: merge.id, kept: merge.kept, merged: merge.merged, addresses: merge.addresses, at: merge.at, by_actor: merge.by }).execute()

export async function lockMerge(tx: Tx, id: string): Promise<Merge | null> {
  const row = await tx.selectFrom('customer_merge').select(mergeColumns).where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? mergeFrom(row) : null
}

export const endMerge = (tx: Tx, id: string, at: Date) => tx.updateTable('customer_merge').set({ undone_at: at }).where('id', '=', id).execute()

/** Merges in which the customer was kept or merged, newest first. */
export async function mergesOf(db: Db | Tx, customerId: string): Promise<Merge[]> {
  const rows = await db.selectFrom('customer_merge').select(mergeColumns).where((or) => or.or([or('kept', '=', customerId), or('merged', '=', customerId)]))
    .orderBy('at', 'desc').orderBy('id', 'desc').limit(200).execute()
  return rows.map(mergeFrom)
}
