import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { newId, oneOf, type Db, type Tx } from '#platform'
import { ALONE_MAX, FLOOD_WINDOW_MS, MANY, keyOf, pileOf, type Standing, type Told } from './grouped.ts'
import { noticeKinds, type NoticeKind } from './model.ts'
import type { Around } from './wanted.ts'

/** A case as far as it matters for who is told, and its wall. */
export interface CaseAround extends Around {
  number: number
  walled: boolean
  teams: readonly string[]
}

export async function casesAround(tx: Tx, numbers: readonly number[]): Promise<Map<number, CaseAround>> {
  if (numbers.length === 0) return new Map()
  const { rows } = await sql<{ number: number; id: string; assignee: string | null; watchers: string[]; muted: string[]; walled: boolean; teams: string[] }>`select c.number, c.id, c.assignee_id as assignee,
      array(select w.agent_id from case_watch w where w.case_id = c.id and w.state = 'watching') as watchers, array(select w.agent_id from case_watch w where w.case_id = c.id and w.state = 'muted') as muted,
      q.walled, case when q.walled then array(select t.team_id from queue_team t where t.queue_id = q.id) else '{}' end as teams
    from "case" c join queue q on q.id = c.queue_id where c.number = any(${[...numbers]}::bigint[])`.execute(tx)
  return new Map(rows.map((row) => [row.number, { ...row, caseId: row.id, watchers: new Set(row.watchers), muted: new Set(row.muted) }]))
}

/** The agents who wrote these messages. */
export async function authorsOf(tx: Tx, messageIds: readonly string[]): Promise<Map<string, string>> {
  if (messageIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; author: string }>`select id, author_id as author from message where id = any(${[...messageIds]}::uuid[]) and author_kind = 'agent' and author_id is not null`.execute(tx)
  return new Map(rows.map(({ id, author }) => [id, author]))
}

/** What is unread already of what is to be told, and how much of each kind began within the window before. */
export async function standingOf(tx: Tx, wanted: readonly { agent: string; kind: string; subject: string }[], now: Date): Promise<Standing> {
  const keys = [...new Map(wanted.map((one) => [keyOf(one), { agent: one.agent, kind: one.kind, subject: one.subject }])).values()]
  const piles = [...new Map(wanted.map((one) => [pileOf(one), { agent: one.agent, kind: one.kind }])).values()]
  const unread = await sql<{ agent: string; kind: string; subject: string }>`select n.agent_id as agent, n.kind, n.subject from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as w(agent uuid, kind text, subject text)
    join notice n on n.agent_id = w.agent and n.kind = w.kind and n.subject = w.subject and n.read_at is null and n.done_at is null`.execute(tx)
  const recent = await sql<{ agent: string; kind: string; count: number }>`select w.agent, w.kind, r.count from jsonb_to_recordset(${JSON.stringify(piles)}::jsonb) as w(agent uuid, kind text)
    cross join lateral (select count(*)::int as count from (select from notice n where n.agent_id = w.agent and n.kind = w.kind and n.read_at is null and n.done_at is null and n.subject <> ${MANY}
      and n.first_at > ${new Date(now.getTime() - FLOOD_WINDOW_MS)}::timestamptz limit ${ALONE_MAX}) x) r`.execute(tx)
  return { unread: new Set(unread.rows.map(keyOf)), recent: new Map(recent.rows.map((row) => [pileOf(row), row.count])) }
}

/** Writes notices: each into the unread one about the same thing where there is one. */
export async function writeNotices(tx: Tx, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return
  const rows = told.map((one) => ({
    id: newId(), agent_id: one.agent, case_id: one.caseId, kind: one.kind, subject: one.subject, count: one.count, first_at: one.firstAt, last_at: one.lastAt,
    actor_kind: one.actor.kind, actor_id: one.actor.id, data: one.data, in_app: one.inApp, by_mail: one.byMail,
  }))
  // In one order everywhere, so that two who write the same rows wait for each other instead of blocking each other.
  await sql`insert into notice (id, agent_id, case_id, kind, subject, count, first_at, last_at, actor_kind, actor_id, data, in_app, by_mail)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(id uuid, agent_id uuid, case_id uuid, kind text, subject text, count int, first_at timestamptz, last_at timestamptz,
      actor_kind text, actor_id text, data jsonb, in_app boolean, by_mail boolean) order by agent_id, kind, subject
    on conflict (agent_id, kind, subject) where read_at is null and done_at is null do update set count = notice.count + excluded.count, last_at = greatest(notice.last_at, excluded.last_at),
      actor_kind = excluded.actor_kind, actor_id = excluded.actor_id, data = excluded.data, in_app = notice.in_app or excluded.in_app, by_mail = notice.by_mail or excluded.by_mail`.execute(tx)
}

/** Whose side conversations, or bulk runs, these are. */
export async function ownersOf(tx: Tx, what: 'side' | 'bulk_run', ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; agent: string }>`select id, agent_id as agent from ${sql.table(what)} where id = any(${[...ids]}::uuid[]) and agent_id is not null`.execute(tx)
  return new Map(rows.map(({ id, agent }) => [id, agent]))
}

export interface Notice {
  id: string
  kind: NoticeKind
  count: number
  firstAt: Date
  lastAt: Date
  readAt: Date | null
  doneAt: Date | null
  case: { number: number; subject: string } | null
  actor: { kind: string; id: string | null; name: string | null }
  /** The beginning of the message that it is about. */
  words: string | null
  data: Record<string, unknown>
}

/** Notices behind a wall are not there. */
const visible = (barred: readonly string[]): RawBuilder<SqlBool> => (barred.length > 0 ? sql<SqlBool>`(n.case_id is null or c.queue_id <> all(${[...barred]}::uuid[]))` : sql<SqlBool>`true`)

const WORDS_SHOWN = 160
const shown = sql`n.id, n.kind, n.count, n.first_at as "firstAt", n.last_at as "lastAt", n.read_at as "readAt", n.done_at as "doneAt", n.data,
  case when c.id is not null then jsonb_build_object('number', c.number, 'subject', c.subject) end as case,
  jsonb_build_object('kind', n.actor_kind, 'id', n.actor_id, 'name', coalesce((select a.name from agent a where n.actor_kind = 'agent' and a.id::text = n.actor_id), m.from_name)) as actor,
  left(m.text, ${sql.lit(WORDS_SHOWN)}) as words`
const from = sql`notice n left join "case" c on c.id = n.case_id left join message m on m.id = case when n.data ->> 'message' ~ '^[0-9a-f-]{36}$' then (n.data ->> 'message')::uuid end and m.case_id = n.case_id`

type Row = Omit<Notice, 'kind'> & { kind: string }
const noticeFrom = (row: Row): Notice => ({ ...row, kind: oneOf(noticeKinds, row.kind) })

export interface NoticeFilter {
  agentId: string
  barred: readonly string[]
  state: 'unread' | 'open' | 'done'
}

const states = {
  unread: sql<SqlBool>`n.done_at is null and n.read_at is null`, open: sql<SqlBool>`n.done_at is null`, done: sql<SqlBool>`n.done_at is not null`,
}

/** A page of somebody's notices, the newest first. */
export async function noticesOf(db: Db | Tx, { agentId, barred, state }: NoticeFilter, after: { at: string; id: string } | null, limit: number): Promise<Notice[]> {
  const { rows } = await sql<Row>`select ${shown} from ${from} where n.agent_id = ${agentId}::uuid and n.in_app and ${states[state]} and ${visible(barred)}
    and ${after ? sql<SqlBool>`(n.last_at, n.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql<SqlBool>`true`} order by n.last_at desc, n.id desc limit ${limit}`.execute(db)
  return rows.map(noticeFrom)
}

/** What is unread and still to be told by mail, the newest first. */
export async function noticesToMail(tx: Tx, agentId: string, barred: readonly string[], limit: number): Promise<Notice[]> {
  const { rows } = await sql<Row>`select ${shown} from ${from} where n.agent_id = ${agentId}::uuid and n.by_mail and n.read_at is null and n.done_at is null and ${visible(barred)}
    order by n.last_at desc, n.id desc limit ${limit}`.execute(tx)
  return rows.map(noticeFrom)
}

/** They are told; what is added to one of them later is told again. By row and not by time: facts come here a moment after they happened. */
export async function noteMailed(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update notice set by_mail = false where id = any(${[...ids]}::uuid[])`.execute(tx)
}

export async function countUnread(db: Db | Tx, agentId: string, barred: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from notice n ${barred.length > 0 ? sql`left join "case" c on c.id = n.case_id` : sql``}
    where n.agent_id = ${agentId}::uuid and n.in_app and n.read_at is null and n.done_at is null and ${visible(barred)}`.execute(db)
  return rows[0]?.count ?? 0
}

export const marks = ['read', 'unread', 'done', 'undone'] as const
export type Mark = (typeof marks)[number]

/** Which rows a mark changes, and how. What was read comes back only where nothing newer about the same thing is unread. */
const marking: Readonly<Record<Mark, (at: Date) => { set: RawBuilder<unknown>; where: RawBuilder<SqlBool> }>> = {
  read: (at) => ({ set: sql`read_at = ${at}::timestamptz`, where: sql<SqlBool>`n.read_at is null and n.done_at is null` }),
  done: (at) => ({ set: sql`done_at = ${at}::timestamptz`, where: sql<SqlBool>`n.done_at is null` }),
  unread: () => ({ set: sql`read_at = null`, where: sql<SqlBool>`n.read_at is not null and n.done_at is null and ${nothingNewer}` }),
  undone: () => ({ set: sql`done_at = null`, where: sql<SqlBool>`n.done_at is not null and (n.read_at is not null or ${nothingNewer})` }),
}
const nothingNewer = sql<SqlBool>`not exists (select from notice o where o.agent_id = n.agent_id and o.kind = n.kind and o.subject = n.subject and o.read_at is null and o.done_at is null)`

export interface Marked {
  agentId: string
  mark: Mark
  /** These; else all of a case; else all. */
  ids?: readonly string[]
  caseId?: string
  at: Date
}

/** @returns the ids of those that changed. */
export async function markNotices(tx: Tx, { agentId, mark, ids, caseId, at }: Marked): Promise<string[]> {
  const { set, where } = marking[mark](at)
  const which = ids ? sql<SqlBool>`n.id = any(${[...ids]}::uuid[])` : caseId ? sql<SqlBool>`n.case_id = ${caseId}::uuid` : sql<SqlBool>`true`
  // Of several about one thing that are to be unread again, the newest is.
  const { rows } = await sql<{ id: string }>`update notice set ${set} where id in (
      select distinct on (n.kind, n.subject, ${mark === 'unread' || mark === 'undone' ? sql`n.read_at is null` : sql`n.id`}) n.id from notice n where n.agent_id = ${agentId}::uuid and ${which} and ${where}
      order by n.kind, n.subject, ${mark === 'unread' || mark === 'undone' ? sql`n.read_at is null` : sql`n.id`}, n.last_at desc)
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Throws away what nobody will look at any more. @returns how many, at most `limit`. */
export async function dropNotices(tx: Tx, { doneBefore, before, limit }: { doneBefore: Date; before: Date; limit: number }): Promise<number> {
  const { numAffectedRows } = await sql`delete from notice where id in (select id from notice where last_at < ${before} or (last_at < ${doneBefore} and (done_at is not null or read_at is not null)) order by last_at limit ${limit} for update skip locked)`.execute(tx)
  return Number(numAffectedRows ?? 0)
}
