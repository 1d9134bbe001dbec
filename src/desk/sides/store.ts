import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { newId, oneOf, type Db, type Tx } from '#platform'
import { newReplyToken } from '../cases/token.ts'
import { sideStatuses, type SideLife, type SideStatus } from './model.ts'

export interface Side extends SideLife {
  id: string
  caseId: string
  caseNumber: number
  subject: string
  agentId: string | null
  agentName: string | null
  openedAt: Date
  lastAt: Date
  version: number
}

export interface Party {
  id: string
  address: string
  name: string
  replyToken: string
}

const columns = sql`s.id, s.case_id as "caseId", c.number as "caseNumber", s.subject, s.status, s.agent_id as "agentId", (select a.name from agent a where a.id = s.agent_id) as "agentName",
  s.opened_at as "openedAt", s.last_at as "lastAt", s.asked_at as "askedAt", s.due_at as "dueAt", s.overdue_at as "overdueAt", s.version`
const tables = sql`side s join "case" c on c.id = s.case_id`
const read = (row: Side): Side => ({ ...row, status: oneOf(sideStatuses, row.status) })

export async function insertSide(tx: Tx, given: { caseId: string; subject: string; agentId: string | null; life: SideLife; at: Date }): Promise<string> {
  const id = newId()
  await tx.insertInto('side').values({
    id, case_id: given.caseId, subject: given.subject, agent_id: given.agentId, opened_at: given.at, last_at: given.at, status: given.life.status, asked_at: given.life.askedAt, due_at: given.life.dueAt,
  }).execute()
  return id
}

export async function findSide(db: Db | Tx, id: string): Promise<Side | null> {
  const { rows } = await sql<Side>`select ${columns} from ${tables} where s.id = ${id}::uuid`.execute(db)
  return rows[0] ? read(rows[0]) : null
}

export async function lockSide(tx: Tx, id: string): Promise<Side | null> {
  await tx.selectFrom('side').select('id').where('id', '=', id).forUpdate().execute()
  return findSide(tx, id)
}

/** Saves what verbs may change, as the next version. */
export async function saveSide(tx: Tx, next: Side): Promise<Side> {
  const { version } = await tx.updateTable('side').set({
    subject: next.subject, status: next.status, asked_at: next.askedAt, due_at: next.dueAt, overdue_at: next.overdueAt, last_at: next.lastAt, version: sql`version + 1`,
  }).where('id', '=', next.id).returning('version').executeTakeFirstOrThrow()
  return { ...next, version }
}

/** Those of a case, oldest first. One whose only message was taken back is not there any more. */
export async function sidesOf(db: Db | Tx, caseId: string): Promise<Side[]> {
  const { rows } = await sql<Side>`select ${columns} from ${tables} where s.case_id = ${caseId}::uuid and ${begun} order by s.opened_at, s.id`.execute(db)
  return rows.map(read)
}

const begun = sql<SqlBool>`exists (select from side_message m where m.side_id = s.id and m.delivery is distinct from 'recalled')`

export interface SideFilter {
  status: SideStatus | null
  overdue: boolean
  agentId: string | null
  barred: readonly string[]
  now: Date
}

const conditions = (filter: SideFilter): RawBuilder<SqlBool>[] => [
  sql<SqlBool>`s.status <> 'done'`, sql<SqlBool>`c.removed is null`, sql<SqlBool>`c.queue_id <> all(${[...filter.barred]}::uuid[])`, begun,
  ...(filter.status ? [sql<SqlBool>`s.status = ${filter.status}`] : []), ...(filter.overdue ? [sql<SqlBool>`s.status = 'waiting' and s.due_at <= ${filter.now}`] : []),
  ...(filter.agentId ? [sql<SqlBool>`(s.agent_id = ${filter.agentId}::uuid or c.assignee_id = ${filter.agentId}::uuid)`] : []),
]

export interface SideOfCase extends Side {
  caseSubject: string
  parties: { address: string; name: string }[]
  place: string
}

/** What waits across cases, due first. */
export async function listSides(db: Db, filter: SideFilter, after: { due: string; id: string } | null, limit: number): Promise<SideOfCase[]> {
  const parts = conditions(filter)
  if (after) parts.push(sql<SqlBool>`(coalesce(s.due_at, 'infinity'::timestamptz), s.id) > (${after.due}::timestamptz, ${after.id}::uuid)`)
  const { rows } = await sql<SideOfCase>`select ${columns}, c.subject as "caseSubject", coalesce(s.due_at, 'infinity'::timestamptz)::text as place,
      (select coalesce(jsonb_agg(jsonb_build_object('address', p.address, 'name', p.name) order by p.id), '[]') from side_party p where p.side_id = s.id) as parties
    from ${tables} where ${sql.join(parts, sql` and `)} order by coalesce(s.due_at, 'infinity'::timestamptz), s.id limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...row, ...read(row) }))
}

/** How many wait for partners, are overdue, and wait for us. */
export async function countSides(db: Db, barred: readonly string[], now: Date): Promise<{ waiting: number; overdue: number; answered: number }> {
  const { rows } = await sql<{ waiting: number; overdue: number; answered: number }>`select count(*) filter (where s.status = 'waiting') as waiting,
      count(*) filter (where s.status = 'waiting' and s.due_at <= ${now}) as overdue, count(*) filter (where s.status = 'open') as answered
    from ${tables} where s.status <> 'done' and c.removed is null and c.queue_id <> all(${[...barred]}::uuid[]) and ${begun}`.execute(db)
  return rows[0]!
}

export async function addParties(tx: Tx, sideId: string, people: readonly { address: string; name: string }[]): Promise<void> {
  if (people.length === 0) return
  await tx.insertInto('side_party').values(people.map(({ address, name }) => ({ id: newId(), side_id: sideId, address, name, reply_token: newReplyToken() })))
    .onConflict((conflict) => conflict.columns(['side_id', 'address']).doNothing()).execute()
}

export async function partiesOf(db: Db | Tx, sideIds: readonly string[]): Promise<(Party & { sideId: string })[]> {
  if (sideIds.length === 0) return []
  const { rows } = await sql<Party & { sideId: string }>`select id, side_id as "sideId", address, name, reply_token as "replyToken" from side_party where side_id = any(${[...sideIds]}::uuid[]) order by id`.execute(db)
  return rows
}

/** The side conversation that a mail points to: by what it answers, by the address it was sent to, by a checked token in its subject. */
export async function pointedSide(tx: Tx, marks: { inReplyTo: readonly string[]; replyTokens: readonly string[]; subjects: readonly { number: number; proof: string }[] }): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from (
      select p.side_id as id, 1 as turn from side_party p where p.reply_token = any(${marks.replyTokens.map((token) => token.toLowerCase())}::text[])
      union all select m.side_id, 2 from side_message m where m.internet_id = any(${[...marks.inReplyTo]}::text[])
      union all select p.side_id, 3 from jsonb_to_recordset(${JSON.stringify(marks.subjects)}::jsonb) as told(number bigint, proof text) join "case" c on c.number = told.number
        join side s on s.case_id = c.id or s.home_id = c.id join side_party p on p.side_id = s.id and starts_with(p.reply_token, told.proof)
    ) found order by turn limit 1`.execute(tx)
  return rows[0]?.id ?? null
}

/** Sides that came due and of which nobody was told, locked for telling. */
export async function takeOverdue(tx: Tx, now: Date, limit: number): Promise<{ id: string; caseNumber: number; caseVersion: number; agentId: string | null }[]> {
  const { rows } = await sql<{ id: string; caseNumber: number; caseVersion: number; agentId: string | null }>`with due as (
      select id from side where status = 'waiting' and overdue_at is null and due_at <= ${now} order by due_at limit ${limit} for update skip locked),
    noted as (update side s set overdue_at = ${now}, version = s.version + 1 from due where s.id = due.id returning s.id, s.case_id, s.agent_id)
    select noted.id, c.number as "caseNumber", c.version as "caseVersion", noted.agent_id as "agentId" from noted join "case" c on c.id = noted.case_id`.execute(tx)
  return rows
}

/** Whether the case waits for anybody else. */
export async function othersWaiting(tx: Tx, caseId: string, but: string): Promise<boolean> {
  return (await tx.selectFrom('side').select('id').where('case_id', '=', caseId).where('id', '<>', but).where('status', '=', 'waiting').limit(1).executeTakeFirst()) !== undefined
}
