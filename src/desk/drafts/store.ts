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
  cc: string[]
  seenMessageId: string | null
  updatedAt: Date
  version: number
}

const select = (db: Db | Tx) => db.selectFrom('draft').innerJoin('agent', 'agent.id', 'draft.agent_id').innerJoin('case', 'case.id', 'draft.case_id')
  .select(['draft.id', 'case.number', 'case.subject', 'case.queue_id', 'agent_id', 'agent.name', 'visibility', 'body', 'cc', 'seen_message_id', 'draft.updated_at', 'draft.version'])

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number]
const fromRow = (row: Row): Draft => ({
  id: row.id, caseNumber: row.number, caseSubject: row.subject, queueId: row.queue_id, agent: { id: row.agent_id, name: row.name }, visibility: oneOf(visibilities, row.visibility), body: row.body,
  cc: row.cc, seenMessageId: row.seen_message_id, updatedAt: row.updated_at, version: row.version,
})

export interface DraftWords {
  caseId: string
  agentId: string
  visibility: Visibility
  body: string
  cc: string[]
  seenMessageId: string | null
  at: Date
}

/** Saves what somebody is writing. With `versionSeen`, only over that version: null is answered when another window saved in between. */
export async function putDraft(tx: Tx, given: DraftWords, versionSeen: number | null = null): Promise<{ id: string; version: number } | null> {
  const row = await tx.insertInto('draft').values({
    id: newId(), case_id: given.caseId, agent_id: given.agentId, visibility: given.visibility, body: given.body, cc: given.cc, seen_message_id: given.seenMessageId, updated_at: given.at,
  }).onConflict((conflict) => {
    const update = conflict.columns(['case_id', 'agent_id', 'visibility'])
      .doUpdateSet({ body: given.body, cc: given.cc, seen_message_id: given.seenMessageId, updated_at: given.at, version: sql`draft.version + 1` })
    return versionSeen === null ? update : update.where('draft.version', '=', versionSeen)
  }).returning(['id', 'version']).executeTakeFirst()
  return row ?? null
}

export async function draftsOfCase(db: Db | Tx, caseId: string): Promise<Draft[]> {
  return (await select(db).where('draft.case_id', '=', caseId).where('body', '<>', '').orderBy('draft.updated_at', 'desc').execute()).map(fromRow)
}

export async function draftsOfAgent(db: Db, agentId: string, barred: readonly string[], limit: number): Promise<Draft[]> {
  let query = select(db).where('draft.agent_id', '=', agentId).where('body', '<>', '')
  if (barred.length > 0) query = query.where('case.queue_id', 'not in', barred)
  return (await query.orderBy('draft.updated_at', 'desc').limit(limit).execute()).map(fromRow)
}

export async function dropDraft(tx: Tx, caseId: string, agentId: string, visibility: Visibility): Promise<boolean> {
  const row = await tx.deleteFrom('draft').where('case_id', '=', caseId).where('agent_id', '=', agentId).where('visibility', '=', visibility).returning('id').executeTakeFirst()
  return row !== undefined
}
