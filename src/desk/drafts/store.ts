import { sql } from 'kysely'
import { newId, oneOf, type Db, type Tx } from '#platform'
import { visibilities, type Visibility } from '../messages/model.ts'

export interface Draft {
  id: string
  caseNumber: number
  caseSubject: string
  queueId: string
  agent: { id: string; name: string }
  visibility: Visibility
  body: string
  /** Null: everybody on the case. */
  cc: string[] | null
  attachments: { id: string; name: string; type: string; size: number; inline: boolean }[]
  seenMessageId: string | null
  updatedAt: Date
  version: number
}

const select = (db: Db | Tx) => db.selectFrom('draft').innerJoin('agent', 'agent.id', 'draft.agent_id').innerJoin('case', 'case.id', 'draft.case_id')
  .select(['draft.id', 'case.number', 'case.subject', 'case.queue_id', 'agent_id', 'agent.name', 'visibility', 'body', 'cc', 'seen_message_id', 'draft.updated_at', 'draft.version',
    sql<Draft['attachments']>`(select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'type', a.type, 'size', a.size, 'inline', a.inline) order by a.id), '[]')
      from attachment a where a.draft_id = draft.id)`.as('attachments')])

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]
const fromRow = (row: Row): Draft => ({
  id: row.id, caseNumber: row.number, caseSubject: row.subject, queueId: row.queue_id, agent: { id: row.agent_id, name: row.name }, visibility: oneOf(visibilities, row.visibility), body: row.body,
  cc: row.cc, attachments: row.attachments, seenMessageId: row.seen_message_id, updatedAt: row.updated_at, version: row.version,
})

export interface DraftWords {
  caseId: string
  agentId: string
  visibility: Visibility
  body: string
  cc: string[] | null
  seenMessageId: string | null
  at: Date
}

/**
 * Saves what somebody is writing. With `versionSeen`, only over that version: null is answered when another window saved in between, or
 * when the draft is gone because it was sent; a save that comes late does not bring it back.
 */
export async function putDraft(tx: Tx, given: DraftWords, versionSeen: number | null = null): Promise<{ id: string; version: number } | null> {
  const words = { body: given.body, cc: given.cc, seen_message_id: given.seenMessageId, updated_at: given.at }
  const mine = { case_id: given.caseId, agent_id: given.agentId, visibility: given.visibility }
  if (versionSeen !== null) {
    const row = await tx.updateTable('draft').set({ ...words, version: sql`version + 1` }).where('case_id', '=', mine.case_id).where('agent_id', '=', mine.agent_id)
      .where('visibility', '=', mine.visibility).where('version', '=', versionSeen).returning(['id', 'version']).executeTakeFirst()
    return row ?? null
  }
  const row = await tx.insertInto('draft').values({ id: newId(), ...mine, ...words })
    .onConflict((conflict) => conflict.columns(['case_id', 'agent_id', 'visibility']).doUpdateSet({ ...words, version: sql`draft.version + 1` })).returning(['id', 'version']).executeTakeFirst()
  return row ?? null
}

/** Drafts of a case that say something, newest first. */
export async function draftsOfCase(db: Db | Tx, caseId: string): Promise<Draft[]> {
  return (await select(db).where('draft.case_id', '=', caseId).where('body', '<>', '').orderBy('draft.updated_at', 'desc').execute()).map(fromRow)
}

export async function findDraft(db: Db | Tx, caseId: string, agentId: string, visibility: Visibility): Promise<Draft | null> {
  const row = await select(db).where('draft.case_id', '=', caseId).where('agent_id', '=', agentId).where('visibility', '=', visibility).executeTakeFirst()
  return row ? fromRow(row) : null
}

export async function draftsOfAgent(db: Db, agentId: string, barred: readonly string[], after: { at: string; id: string } | null, limit: number): Promise<Draft[]> {
  let query = select(db).where('draft.agent_id', '=', agentId).where('body', '<>', '').where('case.removed', 'is', null)
  if (barred.length > 0) query = query.where('case.queue_id', 'not in', barred)
  if (after) query = query.where(sql<boolean>`(draft.updated_at, draft.id) < (${after.at}::timestamptz, ${after.id}::uuid)`)
  return (await query.orderBy('draft.updated_at', 'desc').orderBy('draft.id', 'desc').limit(limit).execute()).map(fromRow)
}

export async function dropDraft(tx: Tx, caseId: string, agentId: string, visibility: Visibility): Promise<string | null> {
  const row = await tx.deleteFrom('draft').where('case_id', '=', caseId).where('agent_id', '=', agentId).where('visibility', '=', visibility).returning('id').executeTakeFirst()
  return row?.id ?? null
}
