import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { oneOf, type Db } from '#platform'

/** What waits for one reader, beside the lists of cases: counts, mentions, troubled replies, tags. */

export interface Counts {
  mine: number
  team: number
  unassigned: number
  drafts: number
  mentions: number
  spam: number
  trash: number
  suggestions: number
  troubled: number
  queues: Record<string, number>
}

export interface Reader {
  agentId: string | null
  teamId: string | null
  barred: readonly string[]
}

/** Behind which walls the reader may not look. */
const visible = (barred: readonly string[]): RawBuilder<SqlBool> => (barred.length > 0 ? sql<SqlBool>`c.queue_id <> all(${[...barred]}::uuid[])` : sql<SqlBool>`true`)

/** Exact counts of work at hand that is awake: one pass over the part of the cases that is at hand, and over what is marked. */
export async function countLists(db: Db, who: Reader): Promise<Counts> {
  const seen = visible(who.barred)
  const { rows } = await sql<Omit<Counts, 'queues'> & { queues: Record<string, number> | null }>`with groups as (
      select queue_id, assignee_id is not distinct from ${who.agentId}::uuid and assignee_id is not null as mine, coalesce(team_id = ${who.teamId}::uuid, false) as team,
        assignee_id is null as nobodys, count(*)::int as n
      from "case" c where status in ('new', 'open', 'pending', 'on_hold') and removed is null and not coalesce(snoozed_until > now(), false) and ${seen} group by 1, 2, 3, 4)
    select coalesce(sum(n) filter (where mine), 0)::int as mine, coalesce(sum(n) filter (where team), 0)::int as team, coalesce(sum(n) filter (where nobodys), 0)::int as unassigned,
      (select count(*) from draft d join "case" c on c.id = d.case_id where d.agent_id = ${who.agentId}::uuid and d.body <> '' and c.removed is null and ${seen}) as drafts,
      (select count(*) from mention n join "case" c on c.id = n.case_id where n.agent_id = ${who.agentId}::uuid and n.seen_at is null and ${seen}) as mentions,
      (select count(*) from "case" c where removed = 'spam' and ${seen}) as spam, (select count(*) from "case" c where removed = 'trash' and ${seen}) as trash,
      (select count(*) from message m join "case" c on c.id = m.case_id where m.standing = 'suggested' and c.removed is null and ${seen}) as suggestions,
      (select count(*) from message m join "case" c on c.id = m.case_id where m.delivery in ('uncertain', 'failed', 'bounced') and ${seen}) as troubled,
      (select jsonb_object_agg(queue_id, n) from (select queue_id, sum(n) as n from groups group by queue_id) q) as queues
    from groups`.execute(db)
  const { queues, ...counts } = rows[0]!
  return { ...counts, queues: queues ?? {} }
}

export interface ListPlace {
  at: string
  id: string
}

export interface Mention {
  messageId: string
  caseNumber: number
  subject: string
  by: string
  text: string
  at: Date
  seenAt: Date | null
}

export async function mentionsOf(db: Db, agentId: string, barred: readonly string[], after: ListPlace | null, limit: number): Promise<Mention[]> {
  const { rows } = await sql<Mention>`select m.id as "messageId", c.number as "caseNumber", c.subject, coalesce(a.name, m.from_name) as by, left(m.text, 300) as text, n.at, n.seen_at as "seenAt"
    from mention n join message m on m.id = n.message_id join "case" c on c.id = n.case_id left join agent a on a.id = m.author_id
    where n.agent_id = ${agentId}::uuid and ${visible(barred)} and ${after ? sql<SqlBool>`(n.at, n.message_id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql<SqlBool>`true`}
    order by n.at desc, n.message_id desc limit ${limit}`.execute(db)
  return rows
}

const troubles = ['uncertain', 'failed', 'bounced'] as const

export interface TroubledReply {
  messageId: string
  caseNumber: number
  subject: string
  delivery: (typeof troubles)[number]
  at: Date
  to: string[]
}

/** Replies whose mail did not surely arrive. */
export async function troubledReplies(db: Db, barred: readonly string[], after: ListPlace | null, limit: number): Promise<TroubledReply[]> {
  const { rows } = await sql<Omit<TroubledReply, 'delivery'> & { delivery: string }>`select m.id as "messageId", c.number as "caseNumber", c.subject, m.delivery, m.at,
      array(select address from message_recipient r where r.message_id = m.id order by kind desc, address) as to
    from message m join "case" c on c.id = m.case_id where m.delivery in ('uncertain', 'failed', 'bounced') and ${visible(barred)}
      and ${after ? sql<SqlBool>`(m.at, m.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql<SqlBool>`true`}
    order by m.at desc, m.id desc limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...row, delivery: oneOf(troubles, row.delivery) }))
}

const TAGS_MAX = 50

/** Tags that begin with these letters, the most used first. */
export async function tagsInUse(db: Db, beginning: string, barred: readonly string[]): Promise<{ tag: string; cases: number }[]> {
  const prefix = `${beginning.normalize('NFKC').trim().toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<{ tag: string; cases: number }>`select t.tag, count(*) as cases from case_tag t join "case" c on c.id = t.case_id
    where t.tag like ${prefix} and c.removed is null and ${visible(barred)} group by t.tag order by cases desc, t.tag limit ${TAGS_MAX}`.execute(db)
  return rows
}
