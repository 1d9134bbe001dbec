import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { oneOf, type Db, type Tx } from '#platform'
import { priorities, statuses } from '../../cases/model.ts'
import { handoverDeeds, turnOf, turns, type HandoverDeed, type Standing } from './model.ts'

export interface OpenCase extends Standing {
  id: string
  number: number
  subject: string
  customer: string
  queue: { id: string; name: string }
  version: number
  /** What somebody last wrote for colleagues: the next step, if it was written down. */
  note: string | null
}

interface OpenRow extends Omit<OpenCase, 'status' | 'priority' | 'turn' | 'since'> {
  status: string
  priority: string
  statusAt: Date
  waitingSince: Date | null
  lastAt: Date | null
  lastOurs: boolean | null
}

const WORK_MAX = 300
const NOTE_SHOWN = 300

/** Somebody's open work, what is due first: everything that a colleague who takes over asks. */
export async function openWorkOf(db: Db | Tx, agentId: string, barred: readonly string[]): Promise<OpenCase[]> {
  const { rows } = await sql<OpenRow>`select c.id, c.number, c.subject, c.status, c.priority, c.version, c.status_at as "statusAt", c.waiting_since as "waitingSince", c.due_at as "dueAt", c.replies,
      nullif(c.snoozed_until, 'infinity') as "snoozedUntil", jsonb_build_object('id', q.id, 'name', q.name) as queue, cu.name as customer,
      (select count(*)::int from draft d where d.case_id = c.id and d.body <> '') as drafts, l.at as "lastAt", l.direction = 'out' as "lastOurs",
      (select left(m.text, ${sql.lit(NOTE_SHOWN)}) from message m where m.case_id = c.id and m.visibility = 'note' order by m.at desc, m.id desc limit 1) as note
    from "case" c join queue q on q.id = c.queue_id join customer cu on cu.id = c.customer_id
      left join lateral (select m.at, m.direction from message m where m.case_id = c.id and m.visibility = 'public' and m.standing = 'accepted' and m.delivery is distinct from 'recalled' order by m.at desc, m.id desc limit 1) l on true
    where c.assignee_id = ${agentId}::uuid and c.status in ('new', 'open', 'pending', 'on_hold') and c.removed is null and c.queue_id <> all(${[...barred]}::uuid[])
    order by coalesce(c.due_at, 'infinity'), c.last_message_at, c.number limit ${WORK_MAX}`.execute(db)
  return rows.map(({ statusAt, waitingSince, lastAt, lastOurs, ...row }) => {
    const status = oneOf(statuses, row.status)
    return { ...row, status, priority: oneOf(priorities, row.priority), ...turnOf({ status, statusAt, waitingSince }), last: lastAt ? { at: lastAt, ours: lastOurs ?? false } : null }
  })
}

/** What a case goes back to when a hand-over is taken back. */
export interface Before {
  assigneeId: string | null
  teamId: string | null
  queueId: string
  snooze: { until: string | null; reason: string | null } | null
}

export interface HandedCase {
  caseId: string
  deed: HandoverDeed
  toAgentId: string | null
  toQueueId: string | null
  until: Date | null
  note: string
  summary: Standing
  refused: string | null
  before: Before | null
  versionMade: number | null
}

export interface NewHandover {
  id: string
  agentId: string
  teamId: string | null
  at: Date
  backAt: Date | null
  presence: string
  note: string
}

export async function insertHandover(tx: Tx, { agentId, teamId, backAt, ...given }: NewHandover): Promise<void> {
  await tx.insertInto('handover').values({ ...given, agent_id: agentId, team_id: teamId, back_at: backAt }).execute()
}

export async function insertHandedCase(tx: Tx, handoverId: string, place: number, given: HandedCase): Promise<void> {
  await tx.insertInto('handover_case').values({
    handover_id: handoverId, case_id: given.caseId, place, deed: given.deed, to_agent_id: given.toAgentId, to_queue_id: given.toQueueId, until: given.until, note: given.note,
    summary: JSON.stringify(given.summary), refused: given.refused, before: given.before ? JSON.stringify(given.before) : null, version_made: given.versionMade,
  }).execute()
}

export interface Handover {
  id: string
  agent: { id: string; name: string }
  team: { id: string; name: string } | null
  at: Date
  backAt: Date | null
  note: string
  undoneAt: Date | null
  version: number
  counts: Record<HandoverDeed | 'refused', number>
}

export interface HandoverReader {
  agentId: string | null
  barred: readonly string[]
  /** Leads see everybody's; others what they gave and what was given to them. */
  all: boolean
}

/** Each half by its own index: what others handed over in all the years is not looked through. */
const readable = ({ agentId, all }: HandoverReader): RawBuilder<SqlBool> => (all ? sql<SqlBool>`true`
  : sql<SqlBool>`h.id in (select g.id from handover g where g.agent_id = ${agentId}::uuid union select x.handover_id from handover_case x where x.to_agent_id = ${agentId}::uuid and x.refused is null)`)
/** Cases behind a wall are not there, and not counted. */
const visible = (barred: readonly string[]): RawBuilder<SqlBool> => (barred.length > 0 ? sql<SqlBool>`c.queue_id <> all(${[...barred]}::uuid[])` : sql<SqlBool>`true`)

const columns = (barred: readonly string[]) => sql`h.id, h.at, h.back_at as "backAt", h.note, h.undone_at as "undoneAt", h.version, jsonb_build_object('id', a.id, 'name', a.name) as agent,
  (select jsonb_build_object('id', t.id, 'name', t.name) from team t where t.id = h.team_id) as team,
  (select jsonb_build_object(${sql.join(handoverDeeds.flatMap((deed) => [sql.lit(deed), sql`count(*) filter (where x.deed = ${sql.lit(deed)} and x.refused is null)`]))}, 'refused', count(*) filter (where x.refused is not null))
    from handover_case x join "case" c on c.id = x.case_id where x.handover_id = h.id and ${visible(barred)}) as counts`

/** A page of hand-overs, the newest first. */
export async function handoversOf(db: Db, reader: HandoverReader, after: { at: string; id: string } | null, limit: number): Promise<Handover[]> {
  const { rows } = await sql<Handover>`select ${columns(reader.barred)} from handover h join agent a on a.id = h.agent_id where ${readable(reader)}
    and ${after ? sql<SqlBool>`(h.at, h.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql<SqlBool>`true`} order by h.at desc, h.id desc limit ${limit}`.execute(db)
  return rows
}

export async function findHandover(db: Db | Tx, id: string, reader: HandoverReader): Promise<Handover | null> {
  const { rows } = await sql<Handover>`select ${columns(reader.barred)} from handover h join agent a on a.id = h.agent_id where h.id = ${id}::uuid and ${readable(reader)}`.execute(db)
  return rows[0] ?? null
}

export interface HandedView extends Standing {
  number: number
  subject: string
  customer: string
  deed: HandoverDeed
  to: { kind: 'agent' | 'queue'; id: string; name: string } | null
  until: Date | null
  note: string
  refused: string | null
  undone: string | null
}

export async function handedCasesOf(db: Db | Tx, id: string, barred: readonly string[]): Promise<HandedView[]> {
  const { rows } = await sql<Omit<HandedView, keyof Standing | 'deed'> & { deed: string; summary: Record<keyof Standing, unknown> }>`select c.number, c.subject, cu.name as customer, x.deed, x.until, x.note, x.refused, x.undone, x.summary,
      coalesce((select jsonb_build_object('kind', 'agent', 'id', a.id, 'name', a.name) from agent a where a.id = x.to_agent_id), (select jsonb_build_object('kind', 'queue', 'id', q.id, 'name', q.name) from queue q where q.id = x.to_queue_id)) as to
    from handover_case x join "case" c on c.id = x.case_id join customer cu on cu.id = c.customer_id where x.handover_id = ${id}::uuid and ${visible(barred)} order by x.place`.execute(db)
  return rows.map(({ summary, deed, ...row }) => ({ ...row, deed: oneOf(handoverDeeds, deed), ...standingFrom(summary) }))
}

/** As it was written down; instants come back as such. */
function standingFrom(kept: Record<keyof Standing, unknown>): Standing {
  const instant = (value: unknown) => (typeof value === 'string' ? new Date(value) : null)
  const last = typeof kept.last === 'object' && kept.last !== null && 'at' in kept.last && 'ours' in kept.last ? { at: instant(kept.last.at) ?? new Date(0), ours: kept.last.ours === true } : null
  return {
    status: oneOf(statuses, String(kept.status)), priority: oneOf(priorities, String(kept.priority)), turn: oneOf(turns, String(kept.turn)), since: instant(kept.since) ?? new Date(0), dueAt: instant(kept.dueAt), last,
    replies: Number(kept.replies), drafts: Number(kept.drafts), snoozedUntil: instant(kept.snoozedUntil),
  }
}

export interface ToUndo {
  agentId: string
  presence: string
  undoneAt: Date | null
  version: number
  cases: { caseId: string; number: number; deed: HandoverDeed; before: Before | null; versionMade: number | null }[]
}

export async function lockHandover(tx: Tx, id: string): Promise<ToUndo | null> {
  const { rows: [row] } = await sql<Omit<ToUndo, 'cases'>>`select agent_id as "agentId", presence, undone_at as "undoneAt", version from handover where id = ${id}::uuid for update`.execute(tx)
  if (!row) return null
  const { rows } = await sql<Omit<ToUndo['cases'][number], 'deed'> & { deed: string }>`select x.case_id as "caseId", c.number, x.deed, x.before, x.version_made as "versionMade" from handover_case x join "case" c on c.id = x.case_id
    where x.handover_id = ${id}::uuid and x.refused is null order by x.place`.execute(tx)
  return { ...row, cases: rows.map((one) => ({ ...one, deed: oneOf(handoverDeeds, one.deed) })) }
}

export async function noteUndone(tx: Tx, id: string, at: Date, cases: readonly { caseId: string; undone: 'done' | 'movedOn' }[]): Promise<void> {
  await tx.updateTable('handover').set({ undone_at: at, version: sql`version + 1` }).where('id', '=', id).execute()
  for (const { caseId, undone } of cases) await tx.updateTable('handover_case').set({ undone }).where('handover_id', '=', id).where('case_id', '=', caseId).execute()
}
