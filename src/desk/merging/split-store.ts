import { sql } from 'kysely'
import { newId, type Tx } from '#platform'
import { follow } from './store.ts'

export interface SplitMessage {
  id: string
  /** Where it had come to, when that was a merged case. */
  homeId: string | null
}

export async function insertSplit(tx: Tx, given: { caseId: string; fromId: string; at: Date; messages: SplitMessage[] }): Promise<void> {
  await tx.insertInto('case_split').values({ id: newId(), case_id: given.caseId, from_id: given.fromId, at: given.at, messages: JSON.stringify(given.messages) }).execute()
}

export async function findSplit(tx: Tx, caseId: string): Promise<{ id: string; fromId: string; messages: SplitMessage[] } | null> {
  const { rows } = await sql<{ id: string; fromId: string; messages: SplitMessage[] }>`select id, from_id as "fromId", messages from case_split
    where case_id = ${caseId}::uuid and undone_at is null for update`.execute(tx)
  return rows[0] ?? null
}

export const noteSplitUndone = (tx: Tx, id: string, at: Date) => tx.updateTable('case_split').set({ undone_at: at }).where('id', '=', id).execute()

/** Messages become those of another case, in their order. */
export async function takeApart(tx: Tx, messages: readonly string[], caseId: string): Promise<void> {
  await sql`with ordered as (select id from message where id = any(${[...messages]}::uuid[]) order by place), placed as (select id, nextval('message_place') as place from ordered)
    update message m set case_id = ${caseId}::uuid, home_id = null, place = p.place from placed p where p.id = m.id`.execute(tx)
  await follow(tx, messages, caseId)
}

/** Messages that came back with their case have the home again that they had before; one whose case was taken out meanwhile stays with the old case. */
export async function takeBack(tx: Tx, messages: readonly SplitMessage[], { fromId, ownId }: { fromId: string; ownId: string }): Promise<void> {
  for (const { id, homeId } of messages) {
    await sql`update message m set home_id = (with recursive kin as (select ${fromId}::uuid as id union all select c.id from kin join "case" c on c.merged_into = kin.id)
      select kin.id from kin where kin.id = ${homeId}::uuid and kin.id <> ${fromId}::uuid) where m.id = ${id}::uuid and m.case_id = ${fromId}::uuid and m.home_id = ${ownId}::uuid`.execute(tx)
  }
}
