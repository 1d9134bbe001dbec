import { sql } from 'kysely'
import type { Actor, Db, Tx } from '#platform'
import { shownTo, summarise, withoutPlace, type SummaryRow } from '../lists/summary.ts'
import { choicesFrom, statuses } from './model.ts'
import type { CaseView } from './views.ts'

interface CaseRowRead extends SummaryRow {
  participants: CaseView['participants']
  links: { number: number; subject: string; status: string; as: string }[]
  first_replied_at: Date | null
  closed_at: Date | null
  reopens: number
  replies: number
  mailbox_id: string | null
  seen_message_id: string | null
}

const participants = sql`(select coalesce(jsonb_agg(jsonb_build_object('customerId', p.customer_id, 'name', pc.name, 'address', p.address, 'role', p.role)
    order by p.role desc, p.added_at, p.id), '[]') from participant p join customer pc on pc.id = p.customer_id where p.case_id = c.id and p.dropped_at is null)`

/** Cases that hang together with this one: linked by hand, following it, or followed by it. Those behind a wall are left out. */
const links = (barred: readonly string[]) => sql`(select coalesce(jsonb_agg(jsonb_build_object('number', o.number, 'subject', o.subject, 'status', o.status, 'as', linked.how)
    order by o.number, linked.how), '[]') from (
      select l.other_id as id, l.kind as how from case_link l where l.case_id = c.id union all select l.case_id, l.kind from case_link l where l.other_id = c.id
      union all select f.id, 'followUp' from "case" f where f.follow_up_of = c.id union all select c.follow_up_of, 'followUpOf' where c.follow_up_of is not null
    ) linked join "case" o on o.id = linked.id where o.queue_id <> all(${[...barred]}::uuid[]))`

/** Everything that a case's screen shows of the case itself, in one statement. Null when it is not there, or behind a wall. */
export async function readCase(db: Db | Tx, actor: Actor, number: number): Promise<CaseView | null> {
  const [agentId, barred] = [actor.kind === 'agent' ? actor.id : null, actor.kind === 'system' ? [] : actor.barred]
  const { rows: [row] } = await sql<CaseRowRead>`select ${shownTo(agentId)}, '' as place, ${participants} as participants, ${links(barred)} as links,
      c.first_replied_at, c.closed_at, c.reopens, c.replies, c.mailbox_id,
      (select s.message_id from case_seen s where s.case_id = c.id and s.agent_id = ${agentId}::uuid) as seen_message_id
    from "case" c where c.number = ${number} and c.queue_id <> all(${[...barred]}::uuid[])`.execute(db)
  if (!row) return null
  const summary = withoutPlace(summarise(row))
  return {
    ...summary, participants: row.participants, links: row.links.map((link) => ({ ...link, status: statuses.find((status) => status === link.status) ?? 'closed' })),
    firstRepliedAt: row.first_replied_at, closedAt: row.closed_at, reopens: row.reopens, replies: row.replies, mailboxId: row.mailbox_id, seenMessageId: row.seen_message_id,
    choices: choicesFrom(summary.status),
  }
}
