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
  merged: CaseView['mergedInto']
  merges: { number: number; subject: string; at: string }[]
  parent: { number: number; subject: string; status: string } | null
  incidents: CaseView['incidents']
  sides: number
}

const participants = sql`(select coalesce(jsonb_agg(jsonb_build_object('customerId', p.customer_id, 'name', pc.name, 'address', p.address, 'role', p.role)
    order by p.role desc, p.added_at, p.id), '[]') from participant p join customer pc on pc.id = p.customer_id where p.case_id = c.id and p.dropped_at is null)`

/** Cases that hang together with this one: linked by hand, following it, or followed by it. Those behind a wall are left out. */
const links = (barred: readonly string[]) => sql`(select coalesce(jsonb_agg(jsonb_build_object('number', o.number, 'subject', o.subject, 'status', o.status, 'as', linked.how)
    order by o.number, linked.how), '[]') from (
      select l.other_id as id, l.kind as how from case_link l where l.case_id = c.id union all select l.case_id, l.kind from case_link l where l.other_id = c.id
      union all select f.id, 'followUp' from "case" f where f.follow_up_of = c.id union all select c.follow_up_of, 'followUpOf' where c.follow_up_of is not null
    ) linked join "case" o on o.id = linked.id where o.queue_id <> all(${[...barred]}::uuid[]))`

/** What the case hangs together with as merged, as problem and as incident; what lies behind a wall is not named. */
const kin = (barred: readonly string[]) => {
  const seen = sql`o.queue_id <> all(${[...barred]}::uuid[])`
  return sql`(select jsonb_build_object('number', o.number, 'subject', o.subject) from "case" o where o.id = c.merged_into and ${seen}) as merged,
    (select coalesce(jsonb_agg(jsonb_build_object('number', o.number, 'subject', o.subject, 'at', g.at) order by g.at), '[]') from case_merge g join "case" o on o.id = g.case_id
      where g.into_id = c.id and g.undone_at is null) as merges,
    (select jsonb_build_object('number', o.number, 'subject', o.subject, 'status', o.status) from "case" o where o.id = c.parent_id and ${seen}) as parent,
    (select jsonb_build_object('all', count(*), 'unsolved', count(*) filter (where o.status not in ('solved', 'closed'))) from "case" o where o.parent_id = c.id and ${seen}) as incidents,
    (select count(*) from side s where s.case_id = c.id and s.status <> 'done') as sides`
}

const statusOf = (word: string) => statuses.find((status) => status === word) ?? 'closed'

/** Everything that a case's screen shows of the case itself, in one statement. Null when it is not there, or behind a wall. */
export async function readCase(db: Db | Tx, actor: Actor, number: number): Promise<CaseView | null> {
  const [agentId, barred] = [actor.kind === 'agent' ? actor.id : null, actor.kind === 'system' ? [] : actor.barred]
  const { rows: [row] } = await sql<CaseRowRead>`select ${shownTo(agentId)}, '' as place, ${participants} as participants, ${links(barred)} as links, ${kin(barred)},
      c.first_replied_at, c.closed_at, c.reopens, c.replies, c.mailbox_id,
      (select s.message_id from case_seen s where s.case_id = c.id and s.agent_id = ${agentId}::uuid) as seen_message_id
    from "case" c where c.number = ${number} and c.queue_id <> all(${[...barred]}::uuid[])`.execute(db)
  if (!row) return null
  const summary = withoutPlace(summarise(row))
  return {
    ...summary, participants: row.participants, links: row.links.map((link) => ({ ...link, status: statusOf(link.status) })),
    firstRepliedAt: row.first_replied_at, closedAt: row.closed_at, reopens: row.reopens, replies: row.replies, mailboxId: row.mailbox_id, seenMessageId: row.seen_message_id,
    choices: choicesFrom(summary.status), mergedInto: row.merged, merges: row.merges.map((merge) => ({ ...merge, at: new Date(merge.at) })),
    parent: row.parent && { ...row.parent, status: statusOf(row.parent.status) }, incidents: row.incidents, sides: row.sides,
  }
}
