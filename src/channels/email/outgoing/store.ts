import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Db, Tx } from '#platform'
import { mailStates, type Answer, type BounceOutcome, type Course, type Letter, type MailState } from './model.ts'

export interface OutgoingMail {
  id: string
  messageId: string
  caseNumber: number
  /** The space (queue) in which its case lies now. */
  space: string
  internetId: string
  from: string
  to: string[]
  state: MailState
  notBefore: Date
  createdAt: Date
  sentAt: Date | null
  nextAt: Date | null
  attempts: number
  doubts: number
  problem: string | null
  response: string | null
  answers: Answer[]
  local: boolean
  letter: Letter
  lease: string | null
  /** A worker held it and let its lease run out. */
  abandoned: boolean
  leaseUntil: Date | null
}

const columns = sql`m.id, coalesce(m.message_id, m.side_message_id) as "messageId", m.case_number as "caseNumber", c.queue_id as space, m.internet_id as "internetId", m.envelope_from as "from", m.envelope_to as "to",
  m.state, m.not_before as "notBefore", m.created_at as "createdAt", m.sent_at as "sentAt", m.next_at as "nextAt", m.attempts, m.doubts, m.last_error as problem, m.response, m.answers,
  m.local, m.letter, m.lease, m.lease_until as "leaseUntil", (m.state = 'sending' and m.lease_until < clock_timestamp()) as abandoned`
const tables = sql`outgoing_mail m join "case" c on c.number = m.case_number`

export async function insertMail(tx: Tx, given: { id: string; messageId: string; side: boolean; from: string; to: string[]; letter: Letter; notBefore: Date; at: Date }): Promise<void> {
  const { id, messageId, from, to, letter, notBefore, at } = given
  await tx.insertInto('outgoing_mail').values({
    id, message_id: given.side ? null : messageId, side_message_id: given.side ? messageId : null, case_number: letter.caseNumber, internet_id: letter.internetId, envelope_from: from, envelope_to: to, letter: JSON.stringify(letter),
    not_before: notBefore, next_at: notBefore, created_at: at,
  }).execute()
}

async function one(db: Db | Tx, where: RawBuilder<SqlBool>, lock = sql``): Promise<OutgoingMail | null> {
  const { rows } = await sql<OutgoingMail>`select ${columns} from ${tables} where ${where} ${lock}`.execute(db)
  return rows[0] ?? null
}

const locked = sql`for update of m`
export const findMail = (db: Db | Tx, id: string) => one(db, sql<SqlBool>`m.id = ${id}::uuid`)
export const lockMail = (tx: Tx, id: string) => one(tx, sql<SqlBool>`m.id = ${id}::uuid`, locked)
export const lockMailByInternetId = (tx: Tx, internetId: string) => one(tx, sql<SqlBool>`m.internet_id = ${internetId}`, locked)

/** Takes a message back while surely nobody has it. A worker that claims it at the same moment comes before or after, never between. */
export async function recallMail(tx: Tx, messageId: string): Promise<{ id: string; caseNumber: number } | null> {
  const { rows } = await sql<{ id: string; caseNumber: number }>`update outgoing_mail set state = 'recalled', next_at = null
    where (message_id = ${messageId}::uuid or side_message_id = ${messageId}::uuid) and state = 'waiting' and not answers @> '[{"outcome": "accepted"}]' returning id, case_number as "caseNumber"`.execute(tx)
  return rows[0] ?? null
}

export async function claimMail(tx: Tx, id: string, lease: string, seconds: number): Promise<void> {
  await sql`update outgoing_mail set state = 'sending', attempts = attempts + 1, lease = ${lease}::uuid, next_at = null,
    lease_until = clock_timestamp() + make_interval(secs => ${seconds}) where id = ${id}::uuid`.execute(tx)
}

/** @returns false when the lease was lost: another worker judged this one dead. */
export async function renewLease(db: Db, id: string, lease: string, seconds: number): Promise<boolean> {
  const { rows } = await sql`update outgoing_mail set lease_until = clock_timestamp() + make_interval(secs => ${seconds})
    where id = ${id}::uuid and lease = ${lease}::uuid and lease_until > clock_timestamp() returning id`.execute(db)
  return rows.length > 0
}

/** Notes answers while the conversation goes on, so that nobody gets a mail again whose server has taken it. Without the lease nothing is written. */
export async function keepAnswers(db: Db, id: string, lease: string, answers: readonly Answer[]): Promise<void> {
  await sql`update outgoing_mail set answers = ${JSON.stringify(answers)}::jsonb where id = ${id}::uuid and lease = ${lease}::uuid`.execute(db)
}

export async function saveCourse(tx: Tx, id: string, course: Course, given: { at: Date; local?: boolean; settledBy?: string; attempts?: number }): Promise<void> {
  await tx.updateTable('outgoing_mail').set({
    state: course.state, answers: JSON.stringify(course.answers), doubts: course.doubts, next_at: course.nextAt, last_error: course.problem, response: course.response,
    lease: null, lease_until: null, sent_at: course.state === 'sent' ? given.at : null,
    ...(given.local !== undefined ? { local: given.local } : {}), ...(given.settledBy !== undefined ? { settled_by: given.settledBy } : {}),
    ...(given.attempts !== undefined ? { attempts: given.attempts } : {}),
  }).where('id', '=', id).execute()
}

/** Mails whose time has come and gone without a worker: their job was lost or gave up, or their worker died. */
export async function overdueMails(tx: Tx, at: Date, limit: number): Promise<{ id: string; due: Date }[]> {
  const { rows } = await sql<{ id: string; due: Date }>`select id, coalesce(next_at, lease_until) as due from outgoing_mail
    where (state in ('waiting', 'uncertain') and next_at < ${at}) or (state = 'sending' and lease_until < clock_timestamp()) order by 2 limit ${limit}`.execute(tx)
  return rows
}

/** The queue in which a case lies. */
export async function spaceOfCase(db: Db | Tx, number: number): Promise<string | null> {
  const row = await db.selectFrom('case').select('queue_id').where('number', '=', number).executeTakeFirst()
  return row?.queue_id ?? null
}

/** The mailbox that a mail leaves from: its case's, else the standard one. */
export async function senderMailbox(tx: Tx, id: string | null): Promise<{ address: string; name: string } | null> {
  const { rows } = await sql<{ address: string; name: string }>`select address, name from mailbox
    where archived_at is null and (id = ${id}::uuid or standard) order by id is distinct from ${id}::uuid limit 1`.execute(tx)
  return rows[0] ?? null
}

export interface MailFilter {
  states?: readonly MailState[]
  local?: boolean
  /** An address (or its beginning), or a case's number. */
  search?: string
  barred: readonly string[]
}

export async function listMails(db: Db, filter: MailFilter, after: { at: string; id: string } | null, limit: number): Promise<OutgoingMail[]> {
  const parts: RawBuilder<SqlBool>[] = [sql<SqlBool>`c.queue_id <> all(${[...filter.barred]}::uuid[])`]
  if (filter.states) parts.push(sql<SqlBool>`m.state in (${sql.join((filter.states.length > 0 ? filter.states : mailStates).map((state) => sql.lit(state)))})`)
  if (filter.local !== undefined) parts.push(sql<SqlBool>`m.local = ${filter.local}`)
  if (filter.search) parts.push(searchCondition(filter.search.trim().toLowerCase()))
  if (after) parts.push(sql<SqlBool>`(m.created_at, m.id) < (${after.at}::timestamptz, ${after.id}::uuid)`)
  const { rows } = await sql<OutgoingMail>`select ${columns} from ${tables} where ${sql.join(parts, sql` and `)} order by m.created_at desc, m.id desc limit ${limit}`.execute(db)
  return rows
}

function searchCondition(search: string): RawBuilder<SqlBool> {
  const number = /^#?(\d{1,15})$/.exec(search)?.[1]
  if (number) return sql<SqlBool>`m.case_number = ${Number(number)}`
  const beginning = `${search.replace(/[\\%_]/g, '\\$&')}%`
  return sql<SqlBool>`(m.envelope_to @> array[${search}] or exists (select from unnest(m.envelope_to) as address where address like ${beginning}))`
}

/** Notes a bounce. @returns its id; null when it was noted before. */
export async function insertBounce(tx: Tx, given: { id: string; mailId: string; address: string; outcome: BounceOutcome; status: string | null; diagnostic: string | null; rawMailId: string | null; at: Date }): Promise<string | null> {
  const row = await tx.insertInto('bounce').values({
    id: given.id, outgoing_mail_id: given.mailId, address: given.address, outcome: given.outcome, status: given.status, diagnostic: given.diagnostic, raw_mail_id: given.rawMailId, at: given.at,
  }).onConflict((conflict) => conflict.columns(['raw_mail_id', 'address']).doNothing()).returning('id').executeTakeFirst()
  return row?.id ?? null
}

export async function heldAmong(tx: Tx, addresses: readonly string[]): Promise<string[]> {
  if (addresses.length === 0) return []
  const rows = await tx.selectFrom('address_hold').select('address').where('address', 'in', [...addresses]).where('released_at', 'is', null).orderBy('address').execute()
  return rows.map((row) => row.address)
}

/** @returns false when the address was held already. */
export async function holdAddress(tx: Tx, given: { address: string; bounceId: string; at: Date }): Promise<boolean> {
  const { rows } = await sql`insert into address_hold (address, bounce_id, held_at) values (${given.address}, ${given.bounceId}::uuid, ${given.at})
    on conflict (address) do update set bounce_id = excluded.bounce_id, held_at = excluded.held_at, released_at = null, released_by = null
    where address_hold.released_at is not null returning address`.execute(tx)
  return rows.length > 0
}

export async function releaseAddress(tx: Tx, given: { address: string; at: Date; by: string }): Promise<{ bounceId: string | null } | null> {
  const row = await tx.updateTable('address_hold').set({ released_at: given.at, released_by: given.by }).where('address', '=', given.address).where('released_at', 'is', null)
    .returning('bounce_id').executeTakeFirst()
  return row ? { bounceId: row.bounce_id } : null
}

export interface AddressHold {
  address: string
  heldAt: Date
  status: string | null
  diagnostic: string | null
  /** The case of the mail that came back; null behind a wall. */
  caseNumber: number | null
}

export async function listHolds(db: Db, barred: readonly string[], after: { at: string; address: string } | null, limit: number): Promise<AddressHold[]> {
  const { rows } = await sql<AddressHold>`select h.address, h.held_at as "heldAt", b.status, b.diagnostic,
      case when c.queue_id <> all(${[...barred]}::uuid[]) then c.number end as "caseNumber"
    from address_hold h left join bounce b on b.id = h.bounce_id left join outgoing_mail m on m.id = b.outgoing_mail_id left join "case" c on c.number = m.case_number
    where h.released_at is null and (${after?.at ?? null}::timestamptz is null or (h.held_at, h.address) < (${after?.at ?? null}::timestamptz, ${after?.address ?? null}))
    order by h.held_at desc, h.address desc limit ${limit}`.execute(db)
  return rows
}
