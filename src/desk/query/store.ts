import { sql, type RawBuilder } from 'kysely'
import { oneOf, type Db, type Tx } from '#platform'
import type { QuerySubject } from './model.ts'

interface Wanted {
  /** The agent for whom something is unread. */
  readerId?: string | null
  /** Reads what was written too, for queries with terms over text (`needsTexts`). */
  texts?: boolean
}

interface Row extends Omit<QuerySubject, 'removed'> {
  removed: string | null
}

/** No case says more than this in a condition: in texts, the newest first, and in characters of each. */
const TEXTS_MAX = 200
const TEXT_LENGTH_MAX = 100_000

/** The cases of these numbers as plain values, whoever asks; what is not there is left out. One statement. */
export async function subjectsOf(db: Db | Tx, numbers: readonly number[], wanted: Wanted = {}): Promise<Map<number, QuerySubject>> {
  if (numbers.length === 0) return new Map()
  const { rows } = await sql<Row>`select c.number, c.subject, c.status, c.priority, c.kind, c.channel,
      (select jsonb_build_object('id', q.id, 'key', q.key, 'name', q.name) from queue q where q.id = c.queue_id) as queue,
      (select jsonb_build_object('id', t.id, 'name', t.name) from team t where t.id = c.team_id) as team,
      (select jsonb_build_object('id', a.id, 'name', a.name, 'mail', a.email) from agent a where a.id = c.assignee_id) as assignee,
      (select jsonb_build_object('id', ac.id, 'name', ac.name, 'segment', ac.segment) from account ac where ac.id = c.account_id) as account, ${customer} as customer,
      array(select p.address from participant p where p.case_id = c.id and p.dropped_at is null order by p.id) as "from",
      (select jsonb_build_object('key', tp.key, 'title', tp.title) from topic tp where tp.key = c.topic) as topic,
      array(select g.tag from case_tag g where g.case_id = c.id order by g.tag) as tags,
      c.opened_at as "openedAt", c.updated_at as "updatedAt", c.solved_at as "solvedAt", c.due_at as "dueAt", c.waiting_since as "waitingSince", ${finite(sql`c.snoozed_until`)} as "snoozedUntil",
      c.removed, c.merged_into is not null as merged, ${unreadBy(wanted.readerId ?? null)} as unread, ${hasAttachment} as attachments, ${hasSuggestion} as suggestions,
      ${wanted.texts ? texts : sql`array[]::text[]`} as texts
    from "case" c where c.number = any(${[...numbers]}::bigint[])`.execute(db)
  return new Map(rows.map((row) => [row.number, { ...row, removed: row.removed === null ? null : oneOf(['spam', 'trash'], row.removed) }]))
}

/** `infinity` as the last instant that a Date can be. */
const finite = (at: RawBuilder<unknown>) => sql`case when ${at} is not null then least(${at}, '9999-12-31'::timestamptz) end`

/** Who was merged into another is that other; the language is the one that the case's own customer was known by. */
const customer = sql`(with recursive person as (select id, merged_into, name from customer where id = c.customer_id union all select k.id, k.merged_into, k.name from customer k join person p on k.id = p.merged_into)
  select jsonb_build_object('id', p.id, 'name', p.name, 'language', (select language from customer where id = c.customer_id),
    'addresses', coalesce((select jsonb_agg(ca.address order by ca.added_at, ca.address) from customer_address ca where ca.customer_id = p.id), '[]')) from person p where p.merged_into is null limit 1)`

/** Whether a case `c` holds something that the agent has not looked at; without an agent, never. */
export const unreadBy = (agentId: string | null): RawBuilder<boolean> => (agentId === null ? sql<boolean>`false`
  : sql<boolean>`(c.last_message_at > coalesce((select e.at from case_seen e where e.case_id = c.id and e.agent_id = ${agentId}::uuid), '-infinity'))`)

export const hasAttachment = sql<boolean>`exists (select from attachment f where f.case_id = c.id and f.message_id is not null and not f.inline)`
export const hasSuggestion = sql<boolean>`exists (select from message s where s.case_id = c.id and s.standing = 'suggested')`

const texts = sql`array(select left(m.text, ${sql.lit(TEXT_LENGTH_MAX)}) from message m where m.case_id = c.id and m.standing <> 'declined' and m.delivery is distinct from 'recalled'
  order by m.at desc, m.id desc limit ${sql.lit(TEXTS_MAX)})`
