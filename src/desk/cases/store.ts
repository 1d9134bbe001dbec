import { sql } from 'kysely'
import { newId, oneOf, type Db, type Tx } from '#platform'
import { newReplyToken } from './token.ts'
import { kinds, priorities, statuses, type Kind, type Life, type Priority } from './model.ts'

/** A case as verbs work on it. */
export interface CaseRow extends Life {
  id: string
  number: number
  subject: string
  priority: Priority
  kind: Kind
  channel: string
  mailboxId: string | null
  queueId: string
  teamId: string | null
  assigneeId: string | null
  accountId: string | null
  customerId: string
  topic: string | null
  followUpOf: string | null
  /** The case that shows this one's messages since they were merged. */
  mergedInto: string | null
  /** The problem that this one is an incident of. */
  parentId: string | null
  openedAt: Date
  lastMessageAt: Date
  waitingSince: Date | null
  firstRepliedAt: Date | null
  replies: number
  removed: 'spam' | 'trash' | null
  version: number
}

const columns = [
  'id', 'number', 'subject', 'status', 'status_at', 'solved_at', 'closed_at', 'reopens', 'priority', 'kind', 'channel', 'mailbox_id', 'queue_id', 'team_id', 'assignee_id',
  'account_id', 'customer_id', 'topic', 'follow_up_of', 'merged_into', 'parent_id', 'opened_at', 'last_message_at', 'waiting_since', 'first_replied_at', 'replies', 'removed', 'version',
] as const

type Selected = NonNullable<Awaited<ReturnType<typeof selectByNumber>>>
const selectByNumber = (db: Db | Tx, number: number) => db.selectFrom('case').select(columns).where('number', '=', number).executeTakeFirst()

const fromRow = (row: Selected): CaseRow => ({
  id: row.id, number: row.number, subject: row.subject, status: oneOf(statuses, row.status), statusAt: row.status_at, solvedAt: row.solved_at, closedAt: row.closed_at,
  reopens: row.reopens, priority: oneOf(priorities, row.priority), kind: oneOf(kinds, row.kind), channel: row.channel, mailboxId: row.mailbox_id, queueId: row.queue_id,
  teamId: row.team_id, assigneeId: row.assignee_id, accountId: row.account_id, customerId: row.customer_id, topic: row.topic, followUpOf: row.follow_up_of, mergedInto: row.merged_into, parentId: row.parent_id,
  openedAt: row.opened_at, lastMessageAt: row.last_message_at, waitingSince: row.waiting_since, firstRepliedAt: row.first_replied_at, replies: row.replies,
  removed: row.removed === null ? null : oneOf(['spam', 'trash'], row.removed), version: row.version,
})

export async function findCase(db: Db | Tx, number: number): Promise<CaseRow | null> {
  const row = await selectByNumber(db, number)
  return row ? fromRow(row) : null
}

export async function findCaseById(db: Db | Tx, id: string): Promise<CaseRow | null> {
  const row = await db.selectFrom('case').select(columns).where('id', '=', id).executeTakeFirst()
  return row ? fromRow(row) : null
}

/** Reads a case and keeps others from changing it until the unit of work ends. */
export async function lockCaseByNumber(tx: Tx, number: number): Promise<CaseRow | null> {
  const row = await tx.selectFrom('case').select(columns).where('number', '=', number).forUpdate().executeTakeFirst()
  return row ? fromRow(row) : null
}

/** The case that shows what came to this one: itself, or where its merges lead. */
export async function shownIn(db: Db | Tx, id: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`with recursive way as (select id, merged_into from "case" where id = ${id}::uuid
      union all select c.id, c.merged_into from way join "case" c on c.id = way.merged_into)
    select id from way where merged_into is null`.execute(db)
  return rows[0]?.id ?? id
}

/** The numbers of a case and of all that are merged into it, its own first. */
export async function numbersShownIn(db: Db | Tx, id: string): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`with recursive kin as (select id, number, 0 as depth from "case" where id = ${id}::uuid
      union all select c.id, c.number, kin.depth + 1 from kin join "case" c on c.merged_into = kin.id)
    select number from kin order by depth, number`.execute(db)
  return rows.map(({ number }) => number)
}

/** The same by id, following merges to the case that was kept. Only that one is locked; whoever merged it meanwhile is followed further. */
export async function lockCaseById(tx: Tx, id: string): Promise<CaseRow | null> {
  const shown = await shownIn(tx, id)
  const row = await tx.selectFrom('case').select(columns).where('id', '=', shown).forUpdate().executeTakeFirst()
  if (row?.merged_into) return lockCaseById(tx, row.merged_into)
  return row ? fromRow(row) : null
}

export interface NewCase {
  subject: string
  priority: Priority
  kind: Kind
  channel: string
  mailboxId: string | null
  /** The queue that was asked for; without one (or when it is archived) that of the topic, else `mailboxQueueId`, else the standard one. */
  queueId: string | null
  mailboxQueueId: string | null
  accountId: string | null
  customerId: string
  address: string
  topic: string | null
  followUpOf: string | null
  at: Date
}

/** Where a new case goes: an archived queue takes nothing new. */
const queueFor = ({ queueId, mailboxQueueId, topic }: NewCase) => sql`(select q.id from queue q left join topic t on t.queue_id = q.id and t.key = ${topic}
  where q.archived_at is null and (q.id = ${queueId}::uuid or t.key is not null or q.id = ${mailboxQueueId}::uuid or q.standard)
  order by q.id is distinct from ${queueId}::uuid, t.key is null, q.id is distinct from ${mailboxQueueId}::uuid limit 1)`

/** Writes a case and its customer's part in it, in one statement. */
export async function insertCase(tx: Tx, given: NewCase): Promise<CaseRow> {
  const { rows } = await sql<Selected>`with opened as (
      insert into "case" (id, subject, priority, kind, channel, mailbox_id, queue_id, account_id, customer_id, topic, follow_up_of, opened_at, updated_at, status_at, last_message_at, waiting_since)
      values (${newId()}, ${given.subject}, ${given.priority}, ${given.kind}, ${given.channel}, ${given.mailboxId}, ${queueFor(given)}, ${given.accountId}, ${given.customerId}, ${given.topic}, ${given.followUpOf},
        ${given.at}, ${given.at}, ${given.at}, ${given.at}, ${given.at}) returning *),
    taking_part as (insert into participant (id, case_id, customer_id, address, role, reply_token, added_at)
      select ${newId()}::uuid, id, customer_id, ${given.address}, 'customer', ${newReplyToken()}, opened_at from opened)
    select ${sql.join(columns.map((column) => sql.ref(column)))} from opened`.execute(tx)
  return fromRow(rows[0]!)
}

/** Saves what verbs may change, as the next version. */
export async function saveCase(tx: Tx, next: CaseRow, at: Date): Promise<CaseRow> {
  const { version } = await tx.updateTable('case').set({
    subject: next.subject, status: next.status, status_at: next.statusAt, solved_at: next.solvedAt, closed_at: next.closedAt, reopens: next.reopens,
    priority: next.priority, kind: next.kind, queue_id: next.queueId, team_id: next.teamId, assignee_id: next.assigneeId, account_id: next.accountId,
    customer_id: next.customerId, topic: next.topic, last_message_at: next.lastMessageAt, waiting_since: next.waitingSince, first_replied_at: next.firstRepliedAt,
    replies: next.replies, removed: next.removed, merged_into: next.mergedInto, parent_id: next.parentId,
    removed_at: next.removed === null ? null : sql`case when removed = ${next.removed} then removed_at else ${at}::timestamptz end`, updated_at: at, version: sql`version + 1`,
  }).where('id', '=', next.id).returning('version').executeTakeFirstOrThrow()
  return { ...next, version }
}

export async function tagsOf(db: Db | Tx, caseId: string): Promise<string[]> {
  const rows = await db.selectFrom('case_tag').select('tag').where('case_id', '=', caseId).orderBy('tag').execute()
  return rows.map((row) => row.tag)
}

/** @returns false when the case had the tag already. */
export async function addTag(tx: Tx, caseId: string, tag: string): Promise<boolean> {
  const row = await tx.insertInto('case_tag').values({ case_id: caseId, tag }).onConflict((c) => c.doNothing()).returning('tag').executeTakeFirst()
  return row !== undefined
}

export async function dropTag(tx: Tx, caseId: string, tag: string): Promise<boolean> {
  const row = await tx.deleteFrom('case_tag').where('case_id', '=', caseId).where('tag', '=', tag).returning('tag').executeTakeFirst()
  return row !== undefined
}

/** A link has no direction: one from either end is enough. Both cases are locked. @returns false when they were linked so already. */
export async function addLink(tx: Tx, caseId: string, otherId: string, kind: 'related' | 'duplicate' | 'problem', at: Date): Promise<boolean> {
  const { rows } = await sql`insert into case_link (case_id, other_id, kind, at) select ${caseId}::uuid, ${otherId}::uuid, ${kind}, ${at}::timestamptz
    where not exists (select from case_link where kind = ${kind} and case_id in (${caseId}::uuid, ${otherId}::uuid) and other_id in (${caseId}::uuid, ${otherId}::uuid)) returning kind`.execute(tx)
  return rows.length > 0
}

export async function dropLink(tx: Tx, caseId: string, otherId: string): Promise<boolean> {
  const rows = await tx.deleteFrom('case_link').where((e) => e.or([
    e.and([e('case_id', '=', caseId), e('other_id', '=', otherId)]), e.and([e('case_id', '=', otherId), e('other_id', '=', caseId)]),
  ])).returning('kind').execute()
  return rows.length > 0
}

/**
 * Solved cases whose time to be reopened has passed, locked for closing. Those in which a message waits for a decision stay as they are, and
 * those that somebody is working on wait for the next round.
 */
export async function casesToClose(tx: Tx, solvedBefore: Date, limit: number): Promise<CaseRow[]> {
  const rows = await tx.selectFrom('case').select(columns).where('status', '=', 'solved').where('solved_at', '<', solvedBefore)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('message').select('message.id').whereRef('message.case_id', '=', 'case.id').where('standing', '=', 'suggested'))))
    .orderBy('solved_at').limit(limit).forUpdate().skipLocked().execute()
  return rows.map(fromRow)
}

export async function markSeen(tx: Tx, caseId: string, agentId: string, messageId: string | null, at: Date): Promise<void> {
  await tx.insertInto('case_seen').values({ case_id: caseId, agent_id: agentId, message_id: messageId, at })
    .onConflict((c) => c.columns(['case_id', 'agent_id']).doUpdateSet({ message_id: messageId, at })).execute()
}
