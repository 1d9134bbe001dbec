import { sql, type RawBuilder } from 'kysely'
import { oneOf, type Db, type Tx } from '#platform'
import { demoStates, noDemo, type Demo } from './model.ts'

/**
 * The sample centre's SQL. Loading goes through the rooms' verbs; taking it out has no verbs, since rooms delete nothing, so this is the one
 * place that deletes from tables of others: rows marked `demo`, and what hangs on them.
 */

const KEY = 'demo'

const read = (value: unknown): Demo => {
  if (typeof value !== 'object' || value === null || !('state' in value)) return noDemo
  const field = (name: string): unknown => Object.entries(value).find(([key]) => key === name)?.[1]
  const texts = (name: string) => [field(name)].flat().filter((item) => typeof item === 'string')
  return { state: oneOf(demoStates, String(value.state)), done: Number(field('done') ?? 0), cases: Number(field('cases') ?? 0), queues: texts('queues'), topics: texts('topics'), files: texts('files') }
}

export async function findDemo(db: Db | Tx): Promise<Demo> {
  return read((await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst())?.value)
}

export async function lockDemo(tx: Tx): Promise<Demo> {
  return read((await tx.selectFrom('setting').select('value').where('key', '=', KEY).forUpdate().executeTakeFirst())?.value)
}

export async function saveDemo(db: Db | Tx, demo: Demo, by: string): Promise<void> {
  const values = { value: JSON.stringify(demo), updated_at: sql<Date>`now()`, updated_by: by }
  await db.insertInto('setting').values({ key: KEY, ...values }).onConflict((conflict) => conflict.column('key').doUpdateSet(values)).execute()
}

/** Whether nothing at all has been set up or has come in: no people, no accounts, no cases, no mail, and no queue or topic but the standard one. */
export async function nothingThere(db: Db | Tx): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select exists (select from agent) or exists (select from site) or exists (select from team) or exists (select from account) or exists (select from customer)
    or exists (select from "case") or exists (select from raw_mail) or exists (select from topic) or exists (select from queue where not standard) as there`.execute(db)
  return rows[0]?.there === false
}

/** The skills of the sample centre: ids by key. */
export async function demoSkills(tx: Tx): Promise<Map<string, string>> {
  const rows = await tx.selectFrom('skill').select(['id', 'key']).where('demo', '=', true).execute()
  return new Map(rows.map(({ id, key }) => [key, id]))
}

/** The sites of the sample centre: ids by name. */
export async function demoSites(tx: Tx): Promise<Map<string, string>> {
  const rows = await tx.selectFrom('site').select(['id', 'name']).where('demo', '=', true).execute()
  return new Map(rows.map(({ id, name }) => [name, id]))
}

/** Takes out its policies and calendars; what a case that stays was promised by is archived instead, and loses the mark. @returns whether there were any */
export async function deletePromises(tx: Tx): Promise<boolean> {
  await sql`update sla_policy p set demo = false, archived_at = coalesce(archived_at, now()), active = false where demo
    and exists (select from sla_policy_version v where v.policy_id = p.id and (exists (select from sla_case s where s.policy_version = v.id) or exists (select from sla_clock k where k.policy_version = v.id)))`.execute(tx)
  const policies = await count(tx, sql`delete from sla_policy where demo`)
  await sql`update calendar c set demo = false, standard = false, archived_at = coalesce(archived_at, now()) where demo
    and exists (select from calendar_version v where v.calendar_id = c.id and (exists (select from sla_case s where s.calendar_version = v.id) or exists (select from sla_clock k where k.calendar_version = v.id)))`.execute(tx)
  return policies + await count(tx, sql`delete from calendar where demo`) > 0
}

const LOADING = 73_411

/** Runs the loading unless another instance is at it; the lock goes with the connection, so one that was killed holds nobody up. */
export const alone = <T>(db: Db, action: () => Promise<T>): Promise<T | null> => db.connection().execute(async (held) => {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_lock(${LOADING}) as mine`.execute(held)
  if (!rows[0]?.mine) return null
  try {
    return await action()
  } finally {
    await sql`select pg_advisory_unlock(${LOADING})`.execute(held)
  }
})

/** Marks a case that was just opened, and whoever is known by it only. */
export const markCase = (tx: Tx, number: number) => sql`with marked as (update "case" set demo = true where number = ${number} returning id)
  update customer set demo = true from marked where not demo and customer.id in (select customer_id from participant where case_id = marked.id
    union all select author_id from message where case_id = marked.id and author_kind = 'customer')`.execute(tx)

const count = async (tx: Tx, statement: RawBuilder<unknown>): Promise<number> => Number((await statement.execute(tx)).numAffectedRows ?? 0)

/** Takes out cases of the sample centre and of its customers, with all that hangs on them. @returns how many. */
export async function deleteCases(tx: Tx, limit: number): Promise<number> {
  const { rows } = await sql<{ id: string; number: number }>`select id, number from "case" where demo or customer_id in (select id from customer where demo) order by id limit ${limit} for update`.execute(tx)
  if (rows.length === 0) return 0
  const cases = sql`any(${rows.map(({ id }) => id)}::uuid[])`
  const messages = sql`(select id from message where case_id = ${cases})`
  const mails = sql`(select id from outgoing_mail where case_number = any(${rows.map(({ number }) => number)}::bigint[]) or message_id in ${messages})`
  for (const statement of [
    sql`delete from address_hold where bounce_id in (select id from bounce where outgoing_mail_id in ${mails})`, sql`delete from bounce where outgoing_mail_id in ${mails}`, sql`delete from outgoing_mail where id in ${mails}`,
    sql`delete from mention where case_id = ${cases} or message_id in ${messages}`, sql`delete from attachment where case_id = ${cases} or message_id in ${messages}`, sql`delete from message_recipient where message_id in ${messages}`,
    sql`delete from draft where case_id = ${cases}`, sql`delete from message where case_id = ${cases}`, sql`delete from participant where case_id = ${cases}`, sql`delete from case_tag where case_id = ${cases}`,
    sql`delete from case_link where case_id = ${cases} or other_id = ${cases}`, sql`delete from case_seen where case_id = ${cases}`,
    sql`update "case" set follow_up_of = null where follow_up_of = ${cases}`, sql`update "case" set merged_into = null where merged_into = ${cases}`, sql`update "case" set parent_id = null where parent_id = ${cases}`,
  ]) await statement.execute(tx)
  return count(tx, sql`delete from "case" where id = ${cases}`)
}

/** Marks a rule that was just written. */
export const markRule = (tx: Tx, id: string) => tx.updateTable('rule').set({ demo: true }).where('id', '=', id).execute()

/** Marks a snippet or macro that was just written. */
export const markMacro = (tx: Tx, id: string) => tx.updateTable('macro').set({ demo: true }).where('id', '=', id).execute()

/** Cases of these topics that somebody solved, the newest first. */
export async function solvedCasesOf(db: Db, topics: readonly string[], limit: number): Promise<{ number: number; assigneeId: string; solvedAt: Date }[]> {
  const { rows } = await sql<{ number: number; assigneeId: string; solvedAt: Date }>`select number, assignee_id as "assigneeId", solved_at as "solvedAt" from "case" where demo and topic = any(${[...topics]}::text[])
    and assignee_id is not null and solved_at is not null order by solved_at desc limit ${limit}`.execute(db)
  return rows
}

export interface Gone {
  cases: number
  customers: number
  accounts: number
  queues: number
  topics: number
}

/** Takes out customers and accounts of the sample centre; those that real work refers to lose the mark instead. */
export async function deleteClientele(tx: Tx, { files }: Demo): Promise<{ customers: number; accounts: number }> {
  await sql`update customer set demo = false where demo and (exists (select from participant p where p.customer_id = customer.id) or exists (select from "case" c where c.customer_id = customer.id)
    or exists (select from customer other where other.merged_into = customer.id and not other.demo) or exists (select from message m where m.author_id = customer.id))`.execute(tx)
  await sql`delete from customer_merge where kept in (select id from customer where demo) or merged in (select id from customer where demo)`.execute(tx)
  await sql`update customer set merged_into = null where demo`.execute(tx)
  await sql`delete from customer_address where customer_id in (select id from customer where demo)`.execute(tx)
  const customers = await count(tx, sql`delete from customer where demo`)
  await sql`update account set demo = false where demo and (exists (select from customer c where c.account_id = account.id) or exists (select from "case" c where c.account_id = account.id))`.execute(tx)
  const accounts = await count(tx, sql`delete from account where demo`)
  await sql`delete from file where sha256 = any(${files}::text[]) and not exists (select from attachment a where a.sha256 = file.sha256)`.execute(tx)
  return { customers, accounts }
}

/** Takes out the queues and topics that were made for it, as far as nobody has begun to use them; makes its teams ready to go. */
export async function deletePlaces(tx: Tx, { queues, topics }: Demo): Promise<{ queues: number; topics: number }> {
  await sql`delete from partner where demo`.execute(tx)
  await sql`delete from rule where demo`.execute(tx)
  await sql`delete from macro where demo`.execute(tx)
  await sql`delete from view where demo`.execute(tx)
  const gone = await count(tx, sql`delete from topic where key = any(${topics}::text[]) and not exists (select from "case" c where c.topic = topic.key)`)
  await sql`update topic set queue_id = null where queue_id = any(${queues}::uuid[]) and queue_id not in (select queue_id from "case")`.execute(tx)
  await sql`delete from queue_team where team_id in (select id from team where demo)`.execute(tx)
  const put = sql`id = any(${queues}::uuid[]) and not standard and not exists (select from "case" c where c.queue_id = queue.id) and not exists (select from mailbox m where m.queue_id = queue.id)`
  await sql`delete from queue_team where queue_id in (select id from queue where ${put})`.execute(tx)
  const closed = await count(tx, sql`delete from queue where ${put} and not exists (select from topic t where t.queue_id = queue.id)`)
  await sql`update team set demo = false where demo and exists (select from "case" c where c.team_id = team.id)`.execute(tx)
  return { queues: closed, topics: gone }
}
