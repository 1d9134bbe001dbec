import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../actor.ts'
import type { Db, Tx } from '../db/database.ts'
import type { ToldFact } from '../work/fact.ts'

/** One fact as everybody reads it. `id` doubles as the cursor of the log. */
export interface LoggedFact {
  id: string
  at: Date
  room: string
  kind: string
  case: number | null
  subject: string | null
  actor: { kind: string; id: string | null }
  data: Record<string, unknown>
}

interface EventRow {
  id: number
  at: Date
  room: string
  kind: string
  case_number: number | null
  subject: string | null
  actor_kind: string
  actor_id: string | null
  data: Record<string, unknown>
}

const presentFact = (row: EventRow): LoggedFact => ({
  id: String(row.id), at: row.at, room: row.room, kind: row.kind, case: row.case_number, subject: row.subject,
  actor: { kind: row.actor_kind, id: row.actor_id }, data: row.data,
})

export async function insertFacts(tx: Tx, at: Date, actor: Actor, facts: readonly ToldFact[]): Promise<void> {
  const rows = facts.map((fact) => ({
    room: fact.room, kind: fact.kind, case_number: fact.case ?? null, subject: fact.subject ?? null, data: fact.data ?? {},
  }))
  await sql`with told as (
      insert into event (at, room, kind, case_number, subject, actor_kind, actor_id, data)
      select ${at}::timestamptz, room, kind, case_number, subject, ${actor.kind}, ${actor.id}, data
      from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as (room text, kind text, case_number bigint, subject text, data jsonb)) with ordinality
      order by ordinality
      returning id, at)
    insert into event_unsealed (event_id, at) select id, at from told`.execute(tx)
}

/** The text over which the chain is computed: jsonb's own normal form, so that it does not depend on this program's version. */
const canonical: RawBuilder<string> = sql<string>`jsonb_build_array(e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.room, e.kind,
  e.case_number, e.subject, e.actor_kind, e.actor_id, e.data)::text`

export interface UnsealedFact {
  id: number
  at: Date
  text: string
}

/** Takes up to `limit` committed, unsealed facts out of the waiting table, in the order in which they were written. */
export async function takeUnsealed(tx: Tx, limit: number): Promise<UnsealedFact[]> {
  const { rows } = await sql<UnsealedFact>`with taken as (
      delete from event_unsealed where ctid = any(array(select ctid from event_unsealed limit ${limit})) returning event_id, at)
    select e.id, e.at, ${canonical} as text from taken join event e on e.id = taken.event_id and e.at = taken.at order by e.id`.execute(tx)
  return rows
}

export async function readHead(db: Db | Tx): Promise<{ position: number; hash: Buffer }> {
  return db.selectFrom('log_head').select(['position', 'hash']).executeTakeFirstOrThrow()
}

export async function lockHead(tx: Tx): Promise<{ position: number; hash: Buffer }> {
  return tx.selectFrom('log_head').select(['position', 'hash']).forUpdate().executeTakeFirstOrThrow()
}

export async function writeSeals(tx: Tx, seals: { position: number; id: number; at: Date; hash: Buffer }[]): Promise<void> {
  const last = seals.at(-1)
  if (!last) return
  await sql`insert into event_seal (position, event_id, event_at, hash)
    select * from unnest(${seals.map((s) => s.position)}::bigint[], ${seals.map((s) => s.id)}::bigint[],
      ${seals.map((s) => s.at.toISOString())}::timestamptz[], ${seals.map((s) => s.hash)}::bytea[])`.execute(tx)
  await sql`update log_head set position = ${last.position}, hash = ${last.hash}`.execute(tx)
  await sql`select pg_notify('meridian_sealed', ${String(last.position)})`.execute(tx)
}

/** The position of a fact in the sealed order; null when it is not sealed (yet) or not there. */
export async function positionOf(db: Db, eventId: number): Promise<number | null> {
  const row = await db.selectFrom('event_seal').select('position').where('event_id', '=', eventId).executeTakeFirst()
  return row?.position ?? null
}

export interface SealedFact extends LoggedFact {
  position: number
}

/** Facts after a position, in the sealed order. */
export async function factsAfter(db: Db | Tx, position: number, limit: number): Promise<SealedFact[]> {
  const { rows } = await sql<EventRow & { position: number }>`select s.position, e.id, e.at, e.room, e.kind, e.case_number, e.subject, e.actor_kind, e.actor_id, e.data
    from (select * from event_seal where position > ${position} order by position limit ${limit}) s
    join event e on e.id = s.event_id and e.at = s.event_at order by s.position`.execute(db)
  return rows.map((row) => ({ position: row.position, ...presentFact(row) }))
}

export interface FactFilter {
  room?: string
  kind?: string
  case?: number
}

/** Facts before a position (null: the end), the newest first, of one room, kind or case where asked. */
export async function factsBefore(db: Db, position: number | null, { room, kind, case: number }: FactFilter, limit: number): Promise<SealedFact[]> {
  const { rows } = await sql<EventRow & { position: number }>`select s.position, e.id, e.at, e.room, e.kind, e.case_number, e.subject, e.actor_kind, e.actor_id, e.data
    from event_seal s join event e on e.id = s.event_id and e.at = s.event_at
    where (${position}::bigint is null or s.position < ${position}) and (${room ?? null}::text is null or e.room = ${room ?? null})
      and (${kind ?? null}::text is null or e.kind = ${kind ?? null}) and (${number ?? null}::bigint is null or e.case_number = ${number ?? null})
    order by s.position desc limit ${limit}`.execute(db)
  return rows.map((row) => ({ position: row.position, ...presentFact(row) }))
}

/** A case's own facts, sealed or not, oldest first. */
export const factsOfCase = (db: Db | Tx, caseNumber: number, after: number, limit: number): Promise<LoggedFact[]> => factsOfCases(db, [caseNumber], after, limit)

/** The facts of several cases as one course, in the order in which they were told. */
export async function factsOfCases(db: Db | Tx, caseNumbers: readonly number[], after: number, limit: number): Promise<LoggedFact[]> {
  const rows = await db.selectFrom('event').selectAll().where('case_number', '=', sql<number>`any(${[...caseNumbers]}::bigint[])`).where('id', '>', after).orderBy('id').limit(limit).execute()
  return rows.map((row) => presentFact({ ...row, data: asRecord(row.data) }))
}

/** The facts about something that is no case, newest first. */
export async function factsOfSubject(db: Db, subject: string, limit: number): Promise<LoggedFact[]> {
  const rows = await db.selectFrom('event').selectAll().where('subject', '=', subject).orderBy('id', 'desc').limit(limit).execute()
  return rows.map((row) => presentFact({ ...row, data: asRecord(row.data) }))
}

const asRecord = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {})

export interface ChainLink {
  position: number
  eventId: number
  hash: Buffer
  /** Null when the fact that was sealed is not there any more. */
  text: string | null
}

export async function chainAfter(db: Db, position: number, limit: number): Promise<ChainLink[]> {
  const { rows } = await sql<ChainLink>`select s.position, s.event_id as "eventId", s.hash, case when e.id is null then null else ${canonical} end as text
    from (select * from event_seal where position > ${position} order by position limit ${limit}) s
    left join event e on e.id = s.event_id and e.at = s.event_at order by s.position`.execute(db)
  return rows
}

/** Facts that stand in the log without a seal and without waiting for one: put in past the program. */
export async function strayFacts(db: Db): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select e.id from event e
    where not exists (select from event_seal s where s.event_id = e.id and s.event_at = e.at) and not exists (select from event_unsealed u where u.event_id = e.id and u.at = e.at)
    order by e.id limit 10`.execute(db)
  return rows.map((row) => row.id)
}

/** Facts that were given a seal beyond the end of the chain, past the sealer. */
export async function overhangingFacts(db: Db): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select event_id as id from event_seal where position > (select position from log_head) order by position limit 10`.execute(db)
  return rows.map((row) => row.id)
}

/** Makes the partitions of this month and the next ones, where they are missing. */
export async function makeMonths(db: Db, from: Date, months: number): Promise<void> {
  await sql`select event_month((date_trunc('month', ${from}::timestamptz at time zone 'UTC') + make_interval(months => m))::date) from generate_series(0, ${months}::int) m`.execute(db)
}
