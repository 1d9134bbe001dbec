import { sql } from 'kysely'
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

/** One attachment, with the queue of its case. */
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

/** Parts of a message that its HTML can show by their Content-IDs. */
export async function inlinePartsOf(db: Db, messageId: string): Promise<{ contentId: string; sha256: string; type: string; size: number }[]> {
  const rows = await db.selectFrom('attachment').select(['content_id', 'sha256', 'type', 'size']).where('message_id', '=', messageId).where('content_id', 'is not', null).orderBy('id').execute()
  return rows.map((row) => ({ contentId: row.content_id ?? '', sha256: row.sha256, type: row.type, size: row.size }))
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
  const rows = await work.tx.updateTable('attachment').set({ message_id: messageId, draft_id: null }).where('id', '=', sql<string>`any(${[...ids]}::uuid[])`).where('case_id', '=', found.id).where('message_id', 'is', null).where('side_message_id', 'is', null)
    .returning(['id', 'sha256', 'name', 'type', 'size']).execute()
  const missing = ids.find((id) => !rows.some((row) => row.id === id))
  if (missing) throw refuse('attachment.notFound', { id: missing })
  return rows.map(({ sha256, name, type, size }) => ({ sha256, name, type, size }))
}

/** What a draft takes along from now on: uploads of its writer's. What it took before and does not any more is loose again. */
export async function hangOnDraft(work: Work, found: { id: string }, draftId: string, ids: readonly string[]): Promise<void> {
  const by = `${work.actor.kind}:${work.actor.id}`
  await work.tx.updateTable('attachment').set({ draft_id: null }).where('draft_id', '=', draftId).where('id', '<>', sql<string>`all(${[...ids]}::uuid[])`).execute()
  if (ids.length === 0) return
  const rows = await work.tx.updateTable('attachment').set({ draft_id: draftId }).where('id', '=', sql<string>`any(${[...ids]}::uuid[])`).where('case_id', '=', found.id).where('message_id', 'is', null).where('side_message_id', 'is', null)
    .where('added_by', '=', by).returning('id').execute()
  const missing = ids.find((id) => !rows.some((row) => row.id === id))
  if (missing) throw refuse('attachment.notFound', { id: missing })
}

/** A reply that was taken back gives its files to the draft that it became. */
export async function giveBackAttachments(tx: Tx, messageId: string, draftId: string | null): Promise<void> {
  await tx.updateTable('attachment').set({ message_id: null, draft_id: draftId }).where('message_id', '=', messageId).execute()
}

export async function dropUpload(tx: Tx, given: { id: string; caseId: string; by: string }): Promise<boolean> {
  const row = await tx.deleteFrom('attachment').where('id', '=', given.id).where('case_id', '=', given.caseId).where('message_id', 'is', null).where('side_message_id', 'is', null)
    .where('added_by', '=', given.by).returning('id').executeTakeFirst()
  return row !== undefined
}

/** Uploads that nothing has taken and no draft holds, of before an instant. Their contents stay on disk: others may have the same. */
export async function dropForgottenUploads(tx: Tx, before: Date, limit: number): Promise<{ id: string; caseNumber: number; version: number }[]> {
  const { rows } = await sql<{ id: string; caseNumber: number; version: number }>`with forgotten as (
      select id from attachment where message_id is null and draft_id is null and side_message_id is null and added_at < ${before} order by added_at limit ${limit} for update skip locked),
    gone as (delete from attachment a using forgotten f where a.id = f.id returning a.id, a.case_id)
    select gone.id, c.number as "caseNumber", c.version from gone join "case" c on c.id = gone.case_id`.execute(tx)
  return rows
}
