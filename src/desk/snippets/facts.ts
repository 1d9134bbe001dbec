import { sql } from 'kysely'
import type { Actor, Db, Tx } from '#platform'
import { dayAt, dayWords, firstNameOf, type TextFacts } from './model.ts'

/** What the variables of a text stand for in a case, read for whoever writes it. */

interface Row {
  number: number
  subject: string
  topic: string | null
  queue: string
  openedAt: Date
  customer: string
  address: string | null
  language: string | null
  zone: string | null
  account: string | null
}

interface Writer {
  name: string
  team: string | null
  zone: string | null
}

/** The facts of a case for `fillText`. Null when there is no such case. */
export const factsFor = async (db: Db | Tx, number: number, actor: Actor, now: Date = new Date()): Promise<TextFacts | null> => (await factsOf(db, [number], actor, now)).get(number) ?? null

/** The same for many cases. Dates are in the customer's zone; where none is known, in that of whoever writes. */
export async function factsOf(db: Db | Tx, numbers: readonly number[], actor: Actor, now: Date): Promise<Map<number, TextFacts>> {
  const { rows } = await sql<Row>`select c.number, c.subject, t.title as topic, q.name as queue, c.opened_at as "openedAt", cu.name as customer, cu.language, cu.time_zone as zone, a.name as account,
      (select p.address from participant p where p.case_id = c.id and p.role = 'customer' limit 1) as address
    from "case" c join queue q on q.id = c.queue_id join customer cu on cu.id = c.customer_id left join topic t on t.key = c.topic left join account a on a.id = c.account_id
    where c.number = any(${[...numbers]}::bigint[])`.execute(db)
  const writer = await writerOf(db, actor)
  return new Map(rows.map((row) => [row.number, factsFrom(row, writer, now)]))
}

function factsFrom(row: Row, writer: Writer | null, now: Date): TextFacts {
  const [zone, language] = [row.zone ?? writer?.zone ?? 'UTC', row.language ?? 'en']
  return {
    now, zone, language,
    values: {
      'customer.name': row.customer, 'customer.firstName': firstNameOf(row.customer), 'customer.email': row.address, 'account.name': row.account, 'case.number': String(row.number),
      'case.subject': row.subject, 'case.topic': row.topic, 'case.queue': row.queue, 'case.openedOn': dayWords(dayAt(row.openedAt, zone), language),
      'agent.name': writer?.name ?? null, 'agent.firstName': writer ? firstNameOf(writer.name) : null, 'agent.team': writer?.team ?? null,
    },
  }
}

/** Programs have no name that a customer should read. */
async function writerOf(db: Db | Tx, actor: Actor): Promise<Writer | null> {
  if (actor.kind !== 'agent') return null
  const { rows } = await sql<Writer>`select a.name, t.name as team, coalesce(a.time_zone, s.time_zone) as zone from agent a left join team t on t.id = a.team_id
    left join site s on s.id = coalesce(a.site_id, t.site_id) where a.id = ${actor.id}::uuid`.execute(db)
  return rows[0] ?? null
}
