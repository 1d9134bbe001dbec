import { sql } from 'kysely'
import { newId, oneOf, type Db, type Tx } from '#platform'
import { deliveries, directions, standings, visibilities, type DeliveryState, type Direction, type Joined, type Standing, type Visibility } from './model.ts'

export interface Attached {
  id: string
  sha256: string
  name: string
  type: string
  size: number
  inline: boolean
  contentId: string | null
}

export interface MessageRow {
  id: string
  caseId: string
  direction: Direction
  visibility: Visibility
  standing: Standing
  authorKind: string
  authorId: string | null
  authorName: string
  fromAddress: string | null
  fromName: string
  subject: string
  text: string
  quotedText: string | null
  signatureText: string | null
  html: string | null
  at: Date
  channel: string
  internetId: string | null
  joined: Joined | null
  automatic: string | null
  maskedCards: number
  delivery: DeliveryState | null
  sendAt: Date | null
  rawMailId: string | null
  /** The case that it came to, while that one is merged into the one that shows it. */
  homeId: string | null
  homeNumber: number | null
}

/** What a reply changed about its case, so that taking it back restores exactly that. */
export interface Undo {
  status: string
  statusAt: string
  solvedAt: string | null
  closedAt: string | null
  reopens: number
  waitingSince: string | null
  lastMessageAt: string
  seenMessageId: string | null
  cc: string[] | null
}

export interface NewMessage extends Omit<MessageRow, 'authorName' | 'homeId' | 'homeNumber'> {
  homeId?: string | null
  undo?: Undo
  inReplyTo: string[]
  recipients: { address: string; name: string; kind: 'to' | 'cc' }[]
}

export async function insertMessage(tx: Tx, given: NewMessage): Promise<void> {
  await tx.insertInto('message').values({
    id: given.id, case_id: given.caseId, direction: given.direction, visibility: given.visibility, standing: given.standing, author_kind: given.authorKind,
    author_id: given.authorId, from_address: given.fromAddress, from_name: given.fromName, subject: given.subject, text: given.text, quoted_text: given.quotedText,
    signature_text: given.signatureText, html: given.html, at: given.at, channel: given.channel, internet_id: given.internetId, in_reply_to: given.inReplyTo,
    joined: given.joined === null ? null : JSON.stringify(given.joined), automatic: given.automatic, masked_cards: given.maskedCards, delivery: given.delivery,
    send_at: given.sendAt, raw_mail_id: given.rawMailId, home_id: given.homeId ?? null, undo: given.undo ? JSON.stringify(given.undo) : null,
  }).execute()
  const seen = new Set<string>()
  const recipients = given.recipients.filter(({ address }) => !seen.has(address) && seen.add(address))
  if (recipients.length > 0) {
    await tx.insertInto('message_recipient').values(recipients.map((recipient) => ({ message_id: given.id, ...recipient }))).execute()
  }
}

export async function attachFiles(tx: Tx, given: { messageId: string; caseId: string; at: Date; by: string; files: Omit<Attached, 'id'>[] }): Promise<void> {
  if (given.files.length === 0) return
  await tx.insertInto('file').values(given.files.map(({ sha256, size, type }) => ({ sha256, size, type }))).onConflict((c) => c.doNothing()).execute()
  await tx.insertInto('attachment').values(given.files.map((file) => ({
    id: newId(), message_id: given.messageId, case_id: given.caseId, sha256: file.sha256, name: file.name, type: file.type, size: file.size, inline: file.inline,
    content_id: file.contentId, added_at: given.at, added_by: given.by,
  }))).execute()
}

const select = (db: Db | Tx) => db.selectFrom('message').leftJoin('agent', 'agent.id', 'message.author_id').leftJoin('customer', 'customer.id', 'message.author_id')
  .select(['message.id', 'case_id', 'direction', 'visibility', 'standing', 'author_kind', 'author_id', 'from_address', 'from_name', 'message.subject', 'text', 'quoted_text',
    'signature_text', 'html', 'at', 'channel', 'internet_id', 'joined', 'automatic', 'masked_cards', 'delivery', 'send_at', 'raw_mail_id', 'home_id', sql<number | null>`(select h.number from "case" h where h.id = message.home_id)`.as('home_number'),
    sql<string>`coalesce(agent.name, nullif(customer.name, ''), nullif(from_name, ''), from_address, '')`.as('author_name')])

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]

const fromRow = (row: Row): MessageRow => ({
  id: row.id, caseId: row.case_id, direction: oneOf(directions, row.direction), visibility: oneOf(visibilities, row.visibility), standing: oneOf(standings, row.standing),
  authorKind: row.author_kind, authorId: row.author_id, authorName: row.author_name, fromAddress: row.from_address, fromName: row.from_name, subject: row.subject, text: row.text,
  quotedText: row.quoted_text, signatureText: row.signature_text, html: row.html, at: row.at, channel: row.channel, internetId: row.internet_id, joined: readJoined(row.joined),
  automatic: row.automatic, maskedCards: row.masked_cards, delivery: row.delivery === null ? null : oneOf(deliveries, row.delivery), sendAt: row.send_at, rawMailId: row.raw_mail_id,
  homeId: row.home_id, homeNumber: row.home_number,
})

function readJoined(value: unknown): Joined | null {
  if (typeof value !== 'object' || value === null || !('rule' in value)) return null
  const text = (name: string) => String(Object.entries(value).find(([key]) => key === name)?.[1] ?? '')
  switch (value.rule) {
    case 'reference': case 'replyAddress': case 'subjectToken': return { rule: value.rule, evidence: text('evidence') }
    case 'followUp': return { rule: 'followUp', evidence: text('evidence') }
    case 'accepted': return { rule: 'accepted', by: text('by') }
    case 'detached': return { rule: 'detached', from: Number(text('from')) }
    default: return { rule: 'opened' }
  }
}

/** A page of a case's messages, oldest first, from after a place. Replies that were taken back are drafts again and not messages. */
export async function messagesOf(db: Db | Tx, caseId: string, after: { at: Date; id: string } | null, limit: number): Promise<MessageRow[]> {
  let query = select(db).where('case_id', '=', caseId).where('standing', '<>', 'declined').where(sql<boolean>`delivery is distinct from 'recalled'`)
  if (after) query = query.where(sql<boolean>`(message.at, message.id) > (${after.at}, ${after.id}::uuid)`)
  const rows = await query.orderBy('message.at').orderBy('message.id').limit(limit).execute()
  return rows.map(fromRow)
}

export async function findMessage(db: Db | Tx, id: string): Promise<MessageRow | null> {
  const row = await select(db).where('message.id', '=', id).executeTakeFirst()
  return row ? fromRow(row) : null
}

/**
 * Public, accepted messages that joined the case after the one that the writer has seen: what a reply must not pass over. Places are given while
 * the case is locked, so their order is the order in which readers could see them, whatever the clocks of several instances say and however
 * long a mail was held up on its way. A message of another case counts as none seen.
 */
export async function unseenMessages(tx: Tx, caseId: string, seenId: string): Promise<MessageRow[]> {
  const rows = await select(tx).where('case_id', '=', caseId).where('visibility', '=', 'public').where('standing', '=', 'accepted')
    .where(sql<boolean>`message.delivery is distinct from 'recalled'`)
    .where(sql<boolean>`message.place > coalesce((select s.place from message s where s.id = ${seenId}::uuid and s.case_id = ${caseId}::uuid), 0)`)
    .orderBy('message.place').limit(10).execute()
  return rows.map(fromRow)
}

export interface AttachedTo extends Attached {
  messageId: string
}

export async function attachmentsOf(db: Db | Tx, messageIds: readonly string[]): Promise<AttachedTo[]> {
  if (messageIds.length === 0) return []
  const rows = await db.selectFrom('attachment').select(['id', 'message_id', 'sha256', 'name', 'type', 'size', 'inline', 'content_id'])
    .where('message_id', '=', sql<string>`any(${[...messageIds]}::uuid[])`).orderBy('id').execute()
  return rows.map((row) => ({ id: row.id, messageId: row.message_id ?? '', sha256: row.sha256, name: row.name, type: row.type, size: row.size, inline: row.inline, contentId: row.content_id }))
}

export async function recipientsOf(db: Db | Tx, messageIds: readonly string[]): Promise<{ messageId: string; address: string; name: string; kind: 'to' | 'cc' }[]> {
  if (messageIds.length === 0) return []
  const rows = await db.selectFrom('message_recipient').select(['message_id', 'address', 'name', 'kind']).where('message_id', '=', sql<string>`any(${[...messageIds]}::uuid[])`).orderBy('kind', 'desc').execute()
  return rows.map((row) => ({ messageId: row.message_id, address: row.address, name: row.name, kind: oneOf(['to', 'cc'], row.kind) }))
}

/** The case that holds one of these Message-IDs, in the order in which they are asked for. */
export async function caseByInternetIds(tx: Tx, internetIds: readonly string[]): Promise<{ caseId: string; internetId: string } | null> {
  if (internetIds.length === 0) return null
  const { rows } = await sql<{ caseId: string; internetId: string }>`select m.case_id as "caseId", m.internet_id as "internetId"
    from unnest(${internetIds}::text[]) with ordinality as asked(internet_id, turn) join message m on m.internet_id = asked.internet_id
    where m.standing = 'accepted' order by turn, m.at desc limit 1`.execute(tx)
  return rows[0] ?? null
}

/** Message-IDs of a case's conversation, oldest first: the References of the next mail. */
export async function conversationIds(tx: Tx, caseId: string): Promise<string[]> {
  const rows = await tx.selectFrom('message').select('internet_id').where('case_id', '=', caseId).where('visibility', '=', 'public').where('standing', '=', 'accepted')
    .where('internet_id', 'is not', null).where(sql<boolean>`delivery is distinct from 'recalled'`).orderBy('at', 'desc').orderBy('id', 'desc').limit(20).execute()
  return rows.flatMap((row) => row.internet_id ?? []).reverse()
}

/** What joins now comes after everything that was there to be seen. */
const nextPlace = sql<number>`nextval('message_place')`

export async function setStanding(tx: Tx, messageId: string, standing: Standing, joined: Joined): Promise<void> {
  await tx.updateTable('message').set({ standing, joined: JSON.stringify(joined), place: nextPlace }).where('id', '=', messageId).execute()
}

/** Moves a message, with what hangs on it, to another case. */
export async function moveMessage(tx: Tx, messageId: string, caseId: string, joined: Joined): Promise<void> {
  await tx.updateTable('message').set({ case_id: caseId, home_id: null, standing: 'accepted', joined: JSON.stringify(joined), place: nextPlace }).where('id', '=', messageId).execute()
  await tx.updateTable('attachment').set({ case_id: caseId }).where('message_id', '=', messageId).execute()
  await tx.updateTable('mention').set({ case_id: caseId }).where('message_id', '=', messageId).execute()
}

/** Notes what became of a reply. @returns its case; null when that was known already. */
export async function setDelivery(tx: Tx, messageId: string, delivery: DeliveryState): Promise<{ caseId: string } | null> {
  const row = await tx.updateTable('message').set({ delivery }).where('id', '=', messageId).where(sql<boolean>`delivery is distinct from ${delivery}`).returning('case_id').executeTakeFirst()
  return row ? { caseId: row.case_id } : null
}

export async function undoOf(tx: Tx, messageId: string): Promise<Undo | null> {
  const { rows } = await sql<{ undo: Undo | null }>`select undo from message where id = ${messageId}::uuid`.execute(tx)
  return rows[0]?.undo ?? null
}

/** What a case's public, accepted messages say of it: how many there are, the newest, our first reply, and since when the customer waits for the next. */
export async function conversationOf(tx: Tx, caseId: string): Promise<{ messages: number; lastAt: Date | null; replies: number; firstReplyAt: Date | null; waitingSince: Date | null }> {
  const { rows } = await sql<{ messages: number; lastAt: Date | null; replies: number; firstReplyAt: Date | null; waitingSince: Date | null }>`with talk as (
      select direction, at, automatic, place from message where case_id = ${caseId}::uuid and visibility = 'public' and standing = 'accepted' and delivery is distinct from 'recalled'),
    answered as (select max(place) as place from talk where direction = 'out')
    select count(*) as messages, max(at) as "lastAt", count(*) filter (where direction = 'out') as replies, min(at) filter (where direction = 'out') as "firstReplyAt",
      min(at) filter (where direction = 'in' and automatic is null and talk.place > coalesce(answered.place, 0)) as "waitingSince"
    from talk, answered`.execute(tx)
  return rows[0]!
}
