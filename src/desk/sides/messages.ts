import { sql } from 'kysely'
import { newId, oneOf, type Db, type Tx, type Work } from '#platform'
import { deliveries, directions, standings, type DeliveryState, type Direction, type Standing } from '../messages/model.ts'
import type { Attached } from '../messages/store.ts'
import { refuse } from '../refusals.ts'

/** The messages of side conversations and their files. */

export interface SideMessage {
  id: string
  sideId: string
  direction: Direction
  standing: Standing
  agentId: string | null
  fromAddress: string | null
  fromName: string
  text: string
  quotedText: string | null
  at: Date
  internetId: string | null
  automatic: string | null
  delivery: DeliveryState | null
  sendAt: Date | null
  rawMailId: string | null
}

/** What a message changed about its side conversation, so that taking it back restores exactly that. */
export interface SideUndo {
  status: string
  askedAt: string | null
  dueAt: string | null
  overdueAt: string | null
  lastAt: string
  version: number
}

export async function insertSideMessage(tx: Tx, given: SideMessage & { undo: SideUndo | null }): Promise<void> {
  await tx.insertInto('side_message').values({
    id: given.id, side_id: given.sideId, direction: given.direction, standing: given.standing, agent_id: given.agentId, from_address: given.fromAddress, from_name: given.fromName, text: given.text,
    quoted_text: given.quotedText, at: given.at, internet_id: given.internetId, automatic: given.automatic, delivery: given.delivery, send_at: given.sendAt, raw_mail_id: given.rawMailId,
    undo: given.undo ? JSON.stringify(given.undo) : null,
  }).execute()
}

const columns = sql`m.id, m.side_id as "sideId", m.direction, m.standing, m.agent_id as "agentId", m.from_address as "fromAddress", m.from_name as "fromName", m.text, m.quoted_text as "quotedText", m.at,
  m.internet_id as "internetId", m.automatic, m.delivery, m.send_at as "sendAt", m.raw_mail_id as "rawMailId"`
const read = (row: SideMessage): SideMessage => ({
  ...row, direction: oneOf(directions, row.direction), standing: oneOf(standings, row.standing), delivery: row.delivery === null ? null : oneOf(deliveries, row.delivery),
})

/** Oldest first; what was taken back is not there. */
export async function messagesOfSides(db: Db | Tx, sideIds: readonly string[]): Promise<SideMessage[]> {
  if (sideIds.length === 0) return []
  const { rows } = await sql<SideMessage>`select ${columns} from side_message m where m.side_id = any(${[...sideIds]}::uuid[]) and m.delivery is distinct from 'recalled' order by m.at, m.id`.execute(db)
  return rows.map(read)
}

export async function findSideMessage(tx: Tx, id: string): Promise<SideMessage | null> {
  const { rows } = await sql<SideMessage>`select ${columns} from side_message m where m.id = ${id}::uuid`.execute(tx)
  return rows[0] ? read(rows[0]) : null
}

export async function sideUndoOf(tx: Tx, id: string): Promise<SideUndo | null> {
  const { rows } = await sql<{ undo: SideUndo | null }>`select undo from side_message where id = ${id}::uuid`.execute(tx)
  return rows[0]?.undo ?? null
}

export async function setSideStanding(tx: Tx, id: string, standing: Standing): Promise<void> {
  await tx.updateTable('side_message').set({ standing }).where('id', '=', id).execute()
}

/** @returns its side conversation; null when it is none of ours or that was known already. */
export async function setSideDelivery(tx: Tx, id: string, delivery: DeliveryState): Promise<string | null> {
  const row = await tx.updateTable('side_message').set({ delivery }).where('id', '=', id).where(sql<boolean>`delivery is distinct from ${delivery}`).returning('side_id').executeTakeFirst()
  return row?.side_id ?? null
}

/** Message-IDs of the conversation, oldest first. */
export async function sideConversation(tx: Tx, sideId: string): Promise<string[]> {
  const rows = await tx.selectFrom('side_message').select('internet_id').where('side_id', '=', sideId).where('standing', '=', 'accepted').where('internet_id', 'is not', null)
    .where(sql<boolean>`delivery is distinct from 'recalled'`).orderBy('at', 'desc').orderBy('id', 'desc').limit(20).execute()
  return rows.flatMap((row) => row.internet_id ?? []).reverse()
}

/** Sends files along: uploads that nothing has taken are taken, others of the case are shown here as well. */
export async function bringFiles(work: Work, given: { caseId: string; messageId: string; ids: readonly string[] }): Promise<{ sha256: string; name: string; type: string; size: number }[]> {
  const { rows } = await sql<Attached & { loose: boolean }>`select id, sha256, name, type, size, (message_id is null and draft_id is null and side_message_id is null) as loose from attachment
    where id = any(${[...given.ids]}::uuid[]) and case_id = ${given.caseId}::uuid order by id for update`.execute(work.tx)
  const missing = given.ids.find((id) => !rows.some((row) => row.id === id))
  if (missing) throw refuse('attachment.notFound', { id: missing })
  for (const { id, loose } of rows) {
    if (loose) await work.tx.updateTable('attachment').set({ side_message_id: given.messageId }).where('id', '=', id).execute()
    else {
      await sql`insert into attachment (id, case_id, side_message_id, sha256, name, type, size, added_at, added_by)
        select ${newId()}::uuid, case_id, ${given.messageId}::uuid, sha256, name, type, size, ${work.at}, ${`${work.actor.kind}:${work.actor.id}`} from attachment where id = ${id}::uuid`.execute(work.tx)
    }
  }
  return rows.map(({ sha256, name, type, size }) => ({ sha256, name, type, size }))
}

export async function keepFiles(tx: Tx, given: { caseId: string; messageId: string; at: Date; files: readonly Omit<Attached, 'id'>[] }): Promise<void> {
  if (given.files.length === 0) return
  await tx.insertInto('file').values(given.files.map(({ sha256, size, type }) => ({ sha256, size, type }))).onConflict((conflict) => conflict.doNothing()).execute()
  await tx.insertInto('attachment').values(given.files.map((file) => ({
    id: newId(), case_id: given.caseId, side_message_id: given.messageId, sha256: file.sha256, name: file.name, type: file.type, size: file.size, inline: file.inline, content_id: file.contentId,
    added_at: given.at, added_by: 'partner',
  }))).execute()
}

/** Files of a message that was taken back are loose again, for the one that is written instead. */
export const loosenFiles = (tx: Tx, messageId: string) => tx.updateTable('attachment').set({ side_message_id: null }).where('side_message_id', '=', messageId).execute()

export async function filesOfSides(db: Db | Tx, messageIds: readonly string[]): Promise<(Attached & { messageId: string })[]> {
  if (messageIds.length === 0) return []
  const { rows } = await sql<Attached & { messageId: string }>`select id, side_message_id as "messageId", sha256, name, type, size, inline, content_id as "contentId" from attachment
    where side_message_id = any(${[...messageIds]}::uuid[]) order by id`.execute(db)
  return rows
}
