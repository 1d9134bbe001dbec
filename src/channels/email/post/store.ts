import { sql } from 'kysely'
import type { Db, Tx } from '#platform'
import type { PostCourse } from './model.ts'

export interface NewPost {
  id: string
  /** What it is for; a second mail for the same is none. */
  key: string
  agentId: string
  internetId: string
  address: string
  name: string
  subject: string
  text: string
  at: Date
}

export interface Posted extends Omit<NewPost, 'at'> {
  createdAt: Date
  state: string
  attempts: number
  nextAt: Date | null
  lease: string | null
  /** Whoever was sending it has not been heard of for longer than its lease. */
  abandoned: boolean
}

/** @returns false when there is a mail for this already. */
export async function insertPost(tx: Tx, { at, agentId, internetId, ...given }: NewPost): Promise<boolean> {
  const row = await tx.insertInto('posted_mail').values({ ...given, agent_id: agentId, internet_id: internetId, created_at: at, next_at: at }).onConflict((conflict) => conflict.column('key').doNothing()).returning('id').executeTakeFirst()
  return row !== undefined
}

export async function lockPost(tx: Tx, id: string): Promise<Posted | null> {
  const { rows } = await sql<Posted>`select id, key, agent_id as "agentId", internet_id as "internetId", address, name, subject, text, created_at as "createdAt", state, attempts, next_at as "nextAt", lease,
    coalesce(lease_until < clock_timestamp(), false) as abandoned from posted_mail where id = ${id}::uuid for update`.execute(tx)
  return rows[0] ?? null
}

export async function claimPost(tx: Tx, id: string, lease: string, seconds: number): Promise<void> {
  await sql`update posted_mail set state = 'sending', attempts = attempts + 1, next_at = null, lease = ${lease}::uuid, lease_until = clock_timestamp() + make_interval(secs => ${seconds}) where id = ${id}::uuid`.execute(tx)
}

export async function settlePost(tx: Tx, id: string, course: PostCourse, { at, local }: { at: Date; local: boolean }): Promise<void> {
  await tx.updateTable('posted_mail').set({
    state: course.state, next_at: course.nextAt, problem: course.problem, local, lease: null, lease_until: null, settled_at: course.state === 'waiting' ? null : at,
  }).where('id', '=', id).execute()
}

/** Mails whose time has come and gone without a worker. */
export async function overduePosts(tx: Tx, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from posted_mail where (state = 'waiting' and next_at < ${before}) or (state = 'sending' and lease_until < clock_timestamp()) limit ${limit}`.execute(tx)
  return rows.map(({ id }) => id)
}

export async function dropPosts(db: Db | Tx, before: Date): Promise<void> {
  await db.deleteFrom('posted_mail').where('created_at', '<', before).where('state', 'in', ['sent', 'failed', 'uncertain']).execute()
}
