import { sql } from 'kysely'
import { newId, type Db, type Tx } from '#platform'
import type { PolicyVersion, Terms } from '../model.ts'

/** A policy as it is now. */
export interface PolicyRow extends PolicyVersion {
  place: number
  active: boolean
  archived: boolean
  version: number
  demo: boolean
}

interface Row {
  id: string
  version_id: string
  name: string
  number: number
  condition: string
  terms: Terms
  place: number
  active: boolean
  archived: boolean
  version: number
  demo: boolean
}

const fromRow = (row: Row): PolicyRow => ({
  id: row.version_id, policyId: row.id, name: row.name, number: row.number, condition: row.condition, terms: row.terms, place: row.place, active: row.active, archived: row.archived,
  version: row.version, demo: row.demo,
})

const current = sql`select p.id, v.id as version_id, p.name, v.number, v.condition, v.terms, p.place, p.active, p.archived_at is not null as archived, p.version, p.demo
  from sla_policy p join lateral (select * from sla_policy_version v where v.policy_id = p.id order by v.number desc limit 1) v on true`

/** All policies in the version that holds now, in the order in which they are tried. */
export async function allPolicies(db: Db | Tx): Promise<PolicyRow[]> {
  const { rows } = await sql<Row>`${current} order by p.archived_at is not null, p.place, p.id`.execute(db)
  return rows.map(fromRow)
}

export async function policyById(db: Db | Tx, id: string): Promise<PolicyRow | null> {
  const { rows: [row] } = await sql<Row>`${current} where p.id = ${id}::uuid`.execute(db)
  return row ? fromRow(row) : null
}

/** Versions by their ids, whether they still hold or not. */
export async function policyVersions(db: Db | Tx, ids: readonly string[]): Promise<PolicyVersion[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<PolicyVersion>`select v.id, v.policy_id as "policyId", p.name, v.number, v.condition, v.terms
    from sla_policy_version v join sla_policy p on p.id = v.policy_id where v.id = any(${[...ids]}::uuid[])`.execute(db)
  return rows
}

/** A new policy is tried last. */
export async function insertPolicy(tx: Tx, given: { name: string; active: boolean; demo: boolean }): Promise<string> {
  const id = newId()
  await sql`insert into sla_policy (id, name, place, active, demo)
    select ${id}::uuid, ${given.name}, coalesce(max(place), 0) + 1, ${given.active}, ${given.demo} from sla_policy where archived_at is null`.execute(tx)
  return id
}

/** Begins a change: others wait behind it. @returns the version before; null when there is no such policy. */
export async function beginPolicyChange(tx: Tx, id: string): Promise<number | null> {
  const row = await tx.updateTable('sla_policy').set({ version: sql`version + 1` }).where('id', '=', id).returning('version').executeTakeFirst()
  return row ? row.version - 1 : null
}

export async function updatePolicy(tx: Tx, id: string, change: { name?: string; active?: boolean; archivedAt?: Date | null }): Promise<void> {
  const set = {
    ...(change.name === undefined ? {} : { name: change.name }), ...(change.active === undefined ? {} : { active: change.active }),
    ...(change.archivedAt === undefined ? {} : { archived_at: change.archivedAt }),
  }
  if (Object.keys(set).length > 0) await tx.updateTable('sla_policy').set(set).where('id', '=', id).execute()
}

/** Writes the next version: the one before stays for what was promised by it. */
export async function insertPolicyVersion(tx: Tx, policyId: string, { condition, terms }: { condition: string; terms: Terms }, at: Date): Promise<void> {
  await sql`insert into sla_policy_version (id, policy_id, number, condition, terms, at)
    select ${newId()}::uuid, ${policyId}::uuid, coalesce(max(number), 0) + 1, ${condition}, ${JSON.stringify(terms)}::jsonb, ${at}::timestamptz from sla_policy_version where policy_id = ${policyId}::uuid`.execute(tx)
}

/** Puts policies into this order; those that are not named keep theirs, behind. */
export async function orderPolicies(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update sla_policy p set place = o.place from (
      select id, row_number() over (order by array_position(${[...ids]}::uuid[], id) nulls last, place, id)::int as place from sla_policy where archived_at is null) o
    where o.id = p.id and p.place <> o.place`.execute(tx)
}

/** Names of policies that are in use, in order, locked against another order at the same time. */
export async function lockOrder(tx: Tx): Promise<string[]> {
  await sql`select pg_advisory_xact_lock(73052)`.execute(tx)
  const rows = await tx.selectFrom('sla_policy').select('id').where('archived_at', 'is', null).orderBy('place').orderBy('id').execute()
  return rows.map(({ id }) => id)
}

/** From now on whoever has read the rules reads them again. A clock rather than a count: one that was undone must not come again with other contents. */
export async function touchRules(tx: Tx): Promise<void> {
  await sql`update sla_rules set stamp = greatest(stamp + 1, (extract(epoch from clock_timestamp()) * 1000000)::bigint)`.execute(tx)
}
