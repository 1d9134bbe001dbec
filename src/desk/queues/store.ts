import { sql } from 'kysely'
import { newId, type Db, type Tx } from '#platform'
import { unsolved } from '../cases/model.ts'

export interface Queue {
  id: string
  key: string
  name: string
  description: string
  walled: boolean
  standard: boolean
  archived: boolean
  teams: string[]
  version: number
}

const select = (db: Db | Tx) => db.selectFrom('queue').select((e) => [
  'id', 'key', 'name', 'description', 'walled', 'standard', 'version', sql<boolean>`archived_at is not null`.as('archived'),
  sql<string[]>`array(select team_id from queue_team where queue_id = ${e.ref('queue.id')} order by team_id)`.as('teams'),
])

export const allQueues = (db: Db | Tx): Promise<Queue[]> => select(db).orderBy('name').execute()
export const queueById = (db: Db | Tx, id: string): Promise<Queue | undefined> => select(db).where('id', '=', id).executeTakeFirst()

/** By its key or its id, as APIs name it. Archived queues take nothing new. */
export async function findQueueId(db: Db | Tx, keyOrId: string): Promise<string | null> {
  const row = await db.selectFrom('queue').select('id').where(sql<string>`id::text`, '=', keyOrId).where('archived_at', 'is', null).executeTakeFirst()
    ?? await db.selectFrom('queue').select('id').where('key', '=', keyOrId).where('archived_at', 'is', null).executeTakeFirst()
  return row?.id ?? null
}

/** The teams inside of a queue's wall; null when it has none. */
export async function wallOf(tx: Tx, queueId: string): Promise<{ teams: string[] } | null> {
  const { rows } = await sql<{ teams: string[] }>`select array(select team_id from queue_team where queue_id = queue.id) as teams from queue where id = ${queueId}::uuid and walled`.execute(tx)
  return rows[0] ?? null
}

export async function topicThere(tx: Tx, key: string): Promise<boolean> {
  return (await tx.selectFrom('topic').select('key').where('key', '=', key).where('archived_at', 'is', null).executeTakeFirst()) !== undefined
}

/** Queues that this person may not look into: walled ones of other teams. No wall stands before administrators. */
export async function walledFrom(db: Db | Tx, who: { teamId: string | null; roles: readonly string[] }): Promise<string[]> {
  if (who.roles.includes('admin')) return []
  const { rows } = await sql<{ id: string }>`select id from queue where walled
    and not exists (select from queue_team where queue_id = queue.id and team_id = ${who.teamId}::uuid)`.execute(db)
  return rows.map((row) => row.id)
}

export async function insertQueue(tx: Tx, given: { key: string; name: string; description: string; walled: boolean }): Promise<string> {
  const id = newId()
  await tx.insertInto('queue').values({ id, ...given }).execute()
  return id
}

/** Begins a change of a queue: others wait behind it. @returns the version before; null when there is no such queue. */
export async function beginQueueChange(tx: Tx, id: string): Promise<number | null> {
  const row = await tx.updateTable('queue').set({ version: sql`version + 1` }).where('id', '=', id).returning('version').executeTakeFirst()
  return row ? row.version - 1 : null
}

/** The same for a topic. */
export async function beginTopicChange(tx: Tx, key: string): Promise<number | null> {
  const row = await tx.updateTable('topic').set({ version: sql`version + 1` }).where('key', '=', key).returning('version').executeTakeFirst()
  return row ? row.version - 1 : null
}

export async function updateQueue(tx: Tx, id: string, change: { name?: string; description?: string; walled?: boolean }): Promise<void> {
  if (Object.keys(change).length > 0) await tx.updateTable('queue').set(change).where('id', '=', id).execute()
}

/** One queue is standard: of two people who choose at the same time, the second waits for the first. */
export async function makeStandard(tx: Tx, id: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(73041)`.execute(tx)
  await tx.updateTable('queue').set({ standard: false }).where('standard', '=', true).where('id', '<>', id).execute()
  await tx.updateTable('queue').set({ standard: true }).where('id', '=', id).execute()
}

export async function setQueueTeams(tx: Tx, id: string, teams: readonly string[]): Promise<void> {
  await tx.deleteFrom('queue_team').where('queue_id', '=', id).execute()
  if (teams.length > 0) await tx.insertInto('queue_team').values(teams.map((team) => ({ queue_id: id, team_id: team }))).execute()
}

export async function countAtHand(tx: Tx, queueId: string): Promise<number> {
  const { count } = await tx.selectFrom('case').select(sql<number>`count(*)`.as('count')).where('queue_id', '=', queueId)
    .where('status', 'in', unsolved).where('removed', 'is', null).executeTakeFirstOrThrow()
  return count
}

export async function archiveQueue(tx: Tx, id: string, at: Date | null): Promise<void> {
  await tx.updateTable('queue').set({ archived_at: at }).where('id', '=', id).execute()
}

export interface Topic {
  key: string
  title: string
  queueId: string | null
  archived: boolean
  version: number
}

export const allTopics = (db: Db): Promise<Topic[]> =>
  db.selectFrom('topic').select(['key', 'title', 'queue_id as queueId', 'version', sql<boolean>`archived_at is not null`.as('archived')]).orderBy('title').execute()

export async function insertTopic(tx: Tx, given: { key: string; title: string; queueId: string | null }): Promise<boolean> {
  const row = await tx.insertInto('topic').values({ key: given.key, title: given.title, queue_id: given.queueId })
    .onConflict((c) => c.doNothing()).returning('key').executeTakeFirst()
  return row !== undefined
}

export async function updateTopic(tx: Tx, key: string, change: { title?: string; queueId?: string | null; archived?: boolean }, at: Date): Promise<boolean> {
  const row = await tx.updateTable('topic').set({
    key, ...(change.title !== undefined ? { title: change.title } : {}), ...(change.queueId !== undefined ? { queue_id: change.queueId } : {}),
    ...(change.archived !== undefined ? { archived_at: change.archived ? at : null } : {}),
  }).where('key', '=', key).returning('key').executeTakeFirst()
  return row !== undefined
}
