import { sql } from 'kysely'
import { encodeCursor, oneOf, type Actor, type Db, type Page, type Tx, decodeCursor } from '#platform'
import { rawStates, ways, type Outcome, type RawState, type Standing, type Way } from './model.ts'

/** A mail as a way in hands it over: card numbers masked, for one mailbox. */
export interface Arrival {
  mailboxId: string | null
  way: Way
  envelopeFrom: string | null
  envelopeTo: string[]
  internetId: string | null
  fingerprint: Buffer
  content: Buffer
  maskedCards: number
}

export interface ArrivalRow extends Arrival {
  id: string
}

/** Writes the mails. @returns the ids of those that were new; the others are here already. */
export async function insertRawMails(tx: Tx, rows: readonly ArrivalRow[], at: Date): Promise<Set<string>> {
  const inserted = await tx.insertInto('raw_mail').values(rows.map((row) => ({
    id: row.id, mailbox_id: row.mailboxId, way: row.way, envelope_from: row.envelopeFrom, envelope_to: row.envelopeTo, received_at: at,
    internet_id: row.internetId, fingerprint: row.fingerprint, content: row.content, size: row.content.length, masked_cards: row.maskedCards,
  }))).onConflict((conflict) => conflict.doNothing()).returning('id').execute()
  return new Set(inserted.map((row) => row.id))
}

export async function findSame(tx: Tx, arrival: Arrival): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from raw_mail where mailbox_id is not distinct from ${arrival.mailboxId}::uuid
    and coalesce(internet_id, '') = ${arrival.internetId ?? ''} and fingerprint = ${arrival.fingerprint}`.execute(tx)
  return rows[0]!.id
}

export interface StoredMail {
  id: string
  mailboxId: string | null
  queueId: string | null
  envelopeFrom: string | null
  envelopeTo: string[]
  receivedAt: Date
  content: Buffer
  maskedCards: number
  state: RawState
}

export async function loadMail(db: Db, id: string): Promise<StoredMail | null> {
  const row = await db.selectFrom('raw_mail as r').leftJoin('mailbox as m', 'm.id', 'r.mailbox_id').where('r.id', '=', id)
    .select(['r.id', 'r.mailbox_id', 'm.queue_id', 'r.envelope_from', 'r.envelope_to', 'r.received_at', 'r.content', 'r.masked_cards', 'r.state']).executeTakeFirst()
  return row ? {
    id: row.id, mailboxId: row.mailbox_id, queueId: row.queue_id, envelopeFrom: row.envelope_from, envelopeTo: row.envelope_to, receivedAt: row.received_at,
    content: row.content, maskedCards: row.masked_cards, state: oneOf(rawStates, row.state),
  } : null
}

/** Takes the mail for settling, and the sender's turn: mails of one sender are counted one after the other. @returns false when it is settled. */
export async function takeForSettling(tx: Tx, id: string, sender: string): Promise<boolean> {
  const { rows } = await sql`select pg_advisory_xact_lock(73041, hashtext(${sender})) from raw_mail where id = ${id}::uuid and state in ('received', 'failed') for update`.execute(tx)
  return rows.length > 0
}

/** Notes the arrival and answers what stands against taking the mail in. */
export async function noteArrival(tx: Tx, mail: { id: string; sender: string; subjectHash: Buffer | null; receivedAt: Date; internetId: string | null; minutes: number }): Promise<Standing> {
  const { rows } = await sql<Standing>`with noted as (
      insert into sender_arrival (address, at, raw_mail_id, subject_hash) values (${mail.sender}, ${mail.receivedAt}, ${mail.id}, ${mail.subjectHash})
      on conflict (raw_mail_id) do nothing),
    breaker as (select tripped_at, released_at from sender_breaker where address = ${mail.sender}),
    others as (select subject_hash from sender_arrival where address = ${mail.sender} and raw_mail_id <> ${mail.id}::uuid
      and at > greatest(${mail.receivedAt}::timestamptz - make_interval(mins => ${mail.minutes}::int), coalesce((select released_at from breaker), '-infinity')))
    select exists (select from breaker where released_at is null) as held,
      1 + (select count(*) from others) as mails, 1 + (select count(*) from others where subject_hash = ${mail.subjectHash}::bytea) as "sameSubject",
      ${mail.internetId}::text is not null and exists (select from outgoing_mail where internet_id = ${mail.internetId}) as "sentByUs"`.execute(tx)
  return rows[0]!
}

export async function settleMail(tx: Tx, id: string, state: RawState, outcome: Outcome, at: Date, found: { number: number; messageId: string } | null): Promise<void> {
  await tx.updateTable('raw_mail').where('id', '=', id).set({
    state, outcome: JSON.stringify(outcome), settled_at: state === 'quarantined' ? null : at, error: null, case_number: found?.number ?? null, message_id: found?.messageId ?? null,
  }).execute()
}

/** @returns whether it was not marked so before. */
export async function markFailed(tx: Tx, id: string, error: string): Promise<boolean> {
  const { rows } = await sql<{ was: string }>`update raw_mail r set state = 'failed', error = ${error} from (select id, state from raw_mail where id = ${id}::uuid for update) b
    where r.id = b.id and b.state in ('received', 'failed') returning b.state as was`.execute(tx)
  return rows[0]?.was === 'received'
}

/** Opens a settled mail again. @returns false when it cannot be: it is not there, or it became a message. */
export async function reopenMail(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql`update raw_mail set state = 'received', error = null, outcome = null, settled_at = null
    where id = ${id}::uuid and state <> 'done' returning id`.execute(tx)
  return rows.length > 0
}

/** Content-addressed files that the disk has by now. */
export async function insertFiles(tx: Tx, files: readonly { sha256: string; size: number; type: string }[]): Promise<void> {
  const unique = [...new Map(files.map(({ sha256, size, type }) => [sha256, { sha256, size, type }])).values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1))
  if (unique.length > 0) await tx.insertInto('file').values(unique).onConflict((conflict) => conflict.doNothing()).execute()
}

/** Mails that were accepted a while ago and that no job looks after any more. */
export async function forgotten(db: Db, before: Date, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('raw_mail').select('id').where('state', '=', 'received').where('received_at', '<', before).orderBy('received_at').limit(limit).execute()
  return rows.map((row) => row.id)
}

export const forgetArrivals = (db: Db, before: Date) => db.deleteFrom('sender_arrival').where('at', '<', before).execute()

export interface RawMailRow {
  id: string
  mailboxId: string | null
  way: Way
  envelopeFrom: string | null
  envelopeTo: string[]
  receivedAt: Date
  size: number
  maskedCards: number
  state: RawState
  outcome: unknown
  caseNumber: number | null
  error: string | null
  /** The beginning of the mail, enough for its fields. */
  head: Buffer
}

export interface RawMailFilter {
  state?: RawState[] | undefined
  mailboxId?: string | undefined
  sender?: string | undefined
  id?: string | undefined
}

const HEAD_BYTES = 16_384

/** Raw mails, newest first, without those whose mailbox or case stands behind a wall. */
export async function listRawMails(db: Db, actor: Actor, filter: RawMailFilter, limit: number, cursor: string | null): Promise<Page<RawMailRow>> {
  const [at, after] = cursor ? decodeCursor(cursor, 2) : [null, null]
  let query = db.selectFrom('raw_mail as r').leftJoin('mailbox as m', 'm.id', 'r.mailbox_id').leftJoin('case as c', 'c.number', 'r.case_number')
    .select(['r.id', 'r.mailbox_id as mailboxId', 'r.way', 'r.envelope_from as envelopeFrom', 'r.envelope_to as envelopeTo', 'r.received_at as receivedAt', 'r.size',
      'r.masked_cards as maskedCards', 'r.state', 'r.outcome', 'r.case_number as caseNumber', 'r.error', sql<Buffer>`substring(r.content from 1 for ${HEAD_BYTES})`.as('head')])
    .orderBy('r.received_at', 'desc').orderBy('r.id', 'desc').limit(limit + 1)
  if (actor.kind !== 'system' && actor.barred.length > 0) {
    const barred = sql`${[...actor.barred]}::uuid[]`
    // A report of a mail that did not arrive quotes that mail.
    query = query.where(sql<boolean>`(m.queue_id is null or m.queue_id <> all(${barred})) and (c.queue_id is null or c.queue_id <> all(${barred}))
      and not exists (select from bounce b join outgoing_mail o on o.id = b.outgoing_mail_id join "case" oc on oc.number = o.case_number where b.raw_mail_id = r.id and oc.queue_id = any(${barred}))`)
  }
  if (filter.state) query = query.where('r.state', 'in', filter.state)
  if (filter.mailboxId) query = query.where('r.mailbox_id', '=', filter.mailboxId)
  if (filter.sender) query = query.where(sql`r.outcome ->> 'sender'`, '=', filter.sender)
  if (filter.id) query = query.where('r.id', '=', filter.id)
  if (at !== null) query = query.where(sql<boolean>`(r.received_at, r.id) < (${String(at)}::timestamptz, ${String(after)}::uuid)`)
  const rows = (await query.execute()).map((row) => ({ ...row, way: oneOf(ways, row.way), state: oneOf(rawStates, row.state) }))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items: rows.slice(0, limit), nextCursor: last ? encodeCursor([last.receivedAt.toISOString(), last.id]) : null }
}

export async function readContent(db: Db, id: string): Promise<Buffer | null> {
  const row = await db.selectFrom('raw_mail').select('content').where('id', '=', id).executeTakeFirst()
  return row?.content ?? null
}
