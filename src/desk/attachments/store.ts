import { newId, type Db, type Tx, type Work } from '#platform'
import type { CaseRow } from '../cases/store.ts'
import { refuse } from '../refusals.ts'

export interface AttachmentRow {
  id: string
  queueId: string
  caseNumber: number
  messageId: string | null
  sha256: string
  name: string
  type: string
  size: number
}

export async function findAttachment(db: Db | Tx, id: string): Promise<AttachmentRow | null> {
  const row = await db.selectFrom('attachment').innerJoin('case', 'case.id', 'attachment.case_id')
    .select(['attachment.id', 'case.queue_id', 'case.number', 'message_id', 'sha256', 'name', 'type', 'size']).where('attachment.id', '=', id).executeTakeFirst()
  return row ? { id: row.id, queueId: row.queue_id, caseNumber: row.number, messageId: row.message_id, sha256: row.sha256, name: row.name, type: row.type, size: row.size } : null
}

/** The part of a message that its HTML shows by this Content-ID. */
export async function findInlinePart(db: Db, messageId: string, contentId: string): Promise<AttachmentRow | null> {
  const row = await db.selectFrom('attachment').select('id').where('message_id', '=', messageId).where('content_id', '=', contentId).executeTakeFirst()
  return row ? findAttachment(db, row.id) : null
}

/** Notes an uploaded file on a case; a reply or note takes it along when it is sent. */
export async function insertUpload(work: Work, found: CaseRow, file: { sha256: string; name: string; type: string; size: number }): Promise<string> {
  const id = newId()
  await work.tx.insertInto('file').values({ sha256: file.sha256, size: file.size, type: file.type }).onConflict((c) => c.doNothing()).execute()
  await work.tx.insertInto('attachment').values({
    id, case_id: found.id, sha256: file.sha256, name: file.name, type: file.type, size: file.size, added_at: work.at, added_by: `${work.actor.kind}:${work.actor.id}`,
  }).execute()
  return id
}

/** Hangs uploads on the message that is being sent. Each belongs to one message only. */
export async function takeAttachments(work: Work, found: CaseRow, messageId: string, ids: readonly string[]) {
  if (ids.length === 0) return []
  const rows = await work.tx.updateTable('attachment').set({ message_id: messageId }).where('id', 'in', ids).where('case_id', '=', found.id).where('message_id', 'is', null)
    .returning(['id', 'sha256', 'name', 'type', 'size']).execute()
  const missing = ids.find((id) => !rows.some((row) => row.id === id))
  if (missing) throw refuse('attachment.notFound', { id: missing })
  return rows.map(({ sha256, name, type, size }) => ({ sha256, name, type, size }))
}

/** Uploads of one person on a case that no message has taken yet. */
export async function looseUploads(db: Db | Tx, caseId: string, by: string): Promise<{ id: string; name: string; type: string; size: number }[]> {
  return db.selectFrom('attachment').select(['id', 'name', 'type', 'size']).where('case_id', '=', caseId).where('message_id', 'is', null).where('added_by', '=', by).orderBy('id').execute()
}

export async function dropUpload(tx: Tx, id: string, by: string): Promise<boolean> {
  const row = await tx.deleteFrom('attachment').where('id', '=', id).where('message_id', 'is', null).where('added_by', '=', by).returning('id').executeTakeFirst()
  return row !== undefined
}
