import { sql } from 'kysely'
import { newId, oneOf, type Db, type Tx } from '#platform'
import type { CandidateAgent, Decision, TakeBack } from './model.ts'

/** What routing locks and writes, always for many cases at once. */

/** One router at a time among all instances; the lock goes with the transaction, so one that was killed holds nobody up. */
const ROUTER = 73_054
/** Of each agent: whoever raises what the agent holds has it together with others (migration 0054), the router alone. */
const AGENT = 73_054

export async function tryLockRouter(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${ROUTER}) as mine`.execute(tx)
  return rows[0]?.mine === true
}

/** Keeps others from giving anything to those who take work now. Whoever is just being given something is left out of this round: the router never waits. */
export async function holdAgents(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string; mine: boolean }>`select id, pg_try_advisory_xact_lock(${AGENT}, hashtext(id::text)) as mine from agent where presence = 'available' and deactivated_at is null`.execute(tx)
  return rows.filter(({ mine }) => mine).map(({ id }) => id)
}

export interface Held {
  id: string
  number: number
  version: number
  teamId: string | null
}

/** Locks those of these cases that are as they were read and that nobody is changing now. */
export async function holdCases(tx: Tx, decided: readonly Pick<Decision, 'caseId' | 'version'>[]): Promise<Map<string, Held>> {
  const { rows } = await sql<Held>`select c.id, c.number, c.version, c.team_id as "teamId" from "case" c
      join unnest(${decided.map(({ caseId }) => caseId)}::uuid[], ${decided.map(({ version }) => version)}::int[]) as d (id, version) on d.id = c.id
    where c.version = d.version and c.assignee_id is null and c.status in ('new', 'open') and c.removed is null order by c.id for update of c skip locked`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Locks the first of these cases that is as it was read and that nobody else is taking or changing now. */
export async function holdFirst(tx: Tx, wanted: readonly { id: string; version: number }[]): Promise<number | null> {
  const { rows } = await sql<{ number: number }>`select c.number from unnest(${wanted.map(({ id }) => id)}::uuid[], ${wanted.map(({ version }) => version)}::int[]) with ordinality as d (id, version, place)
      join "case" c on c.id = d.id and c.version = d.version
    where c.assignee_id is null and c.status in ('new', 'open') and c.removed is null order by d.place limit 1 for update of c skip locked`.execute(tx)
  return rows[0]?.number ?? null
}

/** Gives each case to its agent, unless the agent went meanwhile. @returns the cases as they are now. */
export async function assignAll(tx: Tx, given: readonly { caseId: string; agentId: string }[], at: Date): Promise<(Held & { agentId: string })[]> {
  const { rows } = await sql<Held & { agentId: string }>`update "case" c set assignee_id = a.id, team_id = coalesce(a.team_id, c.team_id), updated_at = ${at}::timestamptz, version = c.version + 1
    from unnest(${given.map(({ caseId }) => caseId)}::uuid[], ${given.map(({ agentId }) => agentId)}::uuid[]) as g (case_id, agent_id) join agent a on a.id = g.agent_id and a.deactivated_at is null
    where c.id = g.case_id returning c.id, c.number, c.version, c.team_id as "teamId", a.id as "agentId"`.execute(tx)
  return rows
}

/** Notes that these were given and are not begun yet. */
export async function noteGiven(tx: Tx, given: readonly { id: string; agentId: string }[], at: Date): Promise<void> {
  await sql`insert into routing_given (case_id, agent_id, at) select case_id, agent_id, ${at}::timestamptz from unnest(${given.map(({ id }) => id)}::uuid[], ${given.map(({ agentId }) => agentId)}::uuid[]) as g (case_id, agent_id)
    on conflict (case_id) do update set agent_id = excluded.agent_id, at = excluded.at`.execute(tx)
}

/** Notes who had their turn when, in milliseconds with their fractions; a later turn stays. */
export async function noteTurns(tx: Tx, turns: ReadonlyMap<string, number>): Promise<void> {
  if (turns.size === 0) return
  await sql`insert into routing_turn as t (agent_id, assigned_at)
      select g.id, to_timestamp(g.ms / 1000) from unnest(${[...turns.keys()]}::uuid[], ${[...turns.values()]}::float8[]) as g (id, ms) join agent a on a.id = g.id order by g.id
    on conflict (agent_id) do update set assigned_at = greatest(t.assigned_at, excluded.assigned_at)`.execute(tx)
}

export interface KeptDecision {
  id: string
  caseId: string
  queueId: string
  agentId: string | null
  why: string
  outlook: string
  reasons: unknown
  waitedMs: number
}

/** In the words that make two decisions the same to whoever waits. */
export const outlookOf = ({ why, until, reasons }: Pick<Decision, 'why' | 'until' | 'reasons'>): string =>
  [why, until ?? '', ...reasons.others.map(({ obstacle }) => obstacle), reasons.dropped.length].join(' ')

export const keepable = (decision: Decision): KeptDecision => ({
  id: newId(), caseId: decision.caseId, queueId: decision.queueId, agentId: decision.agentId, why: decision.why, outlook: outlookOf(decision), waitedMs: Math.round(decision.waitedMs),
  reasons: { ...decision.reasons, until: decision.until },
})

/** Writes decisions; each becomes its case's latest. The cases are locked. */
export async function writeDecisions(tx: Tx, decisions: readonly KeptDecision[], at: Date): Promise<void> {
  if (decisions.length === 0) return
  await sql`update routing_decision set latest = false where latest and case_id = any(${decisions.map(({ caseId }) => caseId)}::uuid[])`.execute(tx)
  await sql`insert into routing_decision (id, case_id, queue_id, agent_id, why, outlook, reasons, waited_ms, at)
    select d.id, d."caseId", d."queueId", d."agentId", d.why, d.outlook, d.reasons, d."waitedMs", ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(decisions)}::jsonb) as d (id uuid, "caseId" uuid, "queueId" uuid, "agentId" uuid, why text, outlook text, reasons jsonb, "waitedMs" bigint)`.execute(tx)
}

/** Drops what is older than this, and of each case that was decided lately all but the last ones. */
export async function dropOldDecisions(tx: Tx, before: Date, lately: Date, keep: number): Promise<number> {
  const { rows: [old] } = await sql<{ n: number }>`with gone as (delete from routing_decision where at < ${before}::timestamptz returning 1) select count(*)::int as n from gone`.execute(tx)
  const { rows: [more] } = await sql<{ n: number }>`with gone as (delete from routing_decision where id in (
      select id from (select id, row_number() over (partition by case_id order by at desc, id desc) as nth from routing_decision
        where case_id in (select case_id from routing_decision where at > ${lately}::timestamptz)) ranked where nth > ${keep}) returning 1) select count(*)::int as n from gone`.execute(tx)
  return (old?.n ?? 0) + (more?.n ?? 0)
}

/** Whether somebody looked into a case since it was given to them, or wrote in it. */
const begun = sql`(exists (select from case_seen s where s.case_id = g.case_id and s.agent_id = g.agent_id and s.at >= g.at)
  or exists (select from message m where m.case_id = g.case_id and m.author_id = g.agent_id and m.direction = 'out' and m.at >= g.at))`
const stillTheirs = sql`exists (select from "case" c where c.id = g.case_id and c.assignee_id = g.agent_id and c.status in ('new', 'open') and c.removed is null)`

/** Forgets what is begun or not theirs any more. */
export async function forgetBegun(tx: Tx): Promise<void> {
  await sql`delete from routing_given g where ${begun} or not ${stillTheirs}`.execute(tx)
}

export interface Returning extends Held {
  queueId: string
  agentId: string
  awayWhenMissed: boolean
}

/** Cases that were given to somebody who is there and did not react in the queue's time, locked. */
export async function missedCases(tx: Tx, at: Date, limit: number): Promise<Returning[]> {
  const { rows } = await sql<Returning>`select c.id, c.number, c.version, c.team_id as "teamId", c.queue_id as "queueId", g.agent_id as "agentId", r.away_when_missed as "awayWhenMissed"
    from routing_given g join "case" c on c.id = g.case_id and c.assignee_id = g.agent_id join queue_routing r on r.queue_id = c.queue_id and r.accept_minutes is not null join agent a on a.id = g.agent_id
    where c.status in ('new', 'open') and c.removed is null and c.snoozed_until is null and a.presence = 'available' and a.deactivated_at is null
      and greatest(g.at, a.presence_at) + make_interval(mins => r.accept_minutes) <= ${at}::timestamptz and not ${begun}
    order by g.at, g.case_id limit ${limit} for update of c skip locked`.execute(tx)
  return rows
}

export interface HolderRow {
  id: string
  presence: CandidateAgent['presence']
  presenceAt: Date
  deactivated: boolean
}

/** Everybody who has cases that wait for us. */
export async function holders(db: Db | Tx): Promise<HolderRow[]> {
  const { rows } = await sql<Omit<HolderRow, 'presence'> & { presence: string }>`select a.id, a.presence, a.presence_at as "presenceAt", a.deactivated_at is not null as deactivated from agent a
    where exists (select from "case" c where c.assignee_id = a.id and c.status in ('new', 'open') and c.removed is null) order by a.id`.execute(db)
  return rows.map((row) => ({ ...row, presence: oneOf(['available', 'busy', 'away', 'off'], row.presence) }))
}

/** What comes back of those who went: by the queue's will what they have not begun, or everything that waits for us. Locked. */
export async function leftCases(tx: Tx, agentIds: readonly string[], limit: number): Promise<(Returning & { takeBack: TakeBack })[]> {
  if (agentIds.length === 0) return []
  const { rows } = await sql<Returning & { takeBack: TakeBack }>`select c.id, c.number, c.version, c.team_id as "teamId", c.queue_id as "queueId", c.assignee_id as "agentId", false as "awayWhenMissed", r.take_back as "takeBack"
    from "case" c join queue_routing r on r.queue_id = c.queue_id and r.mode = 'push'
    where c.assignee_id = any(${[...agentIds]}::uuid[]) and c.status in ('new', 'open') and c.removed is null and c.snoozed_until is null and (
      (r.take_back = 'waiting' and c.waiting_since is not null)
      or (r.take_back in ('waiting', 'unbegun') and exists (select from routing_given g where g.case_id = c.id and g.agent_id = c.assignee_id and not ${begun})))
    order by c.number limit ${limit} for update of c skip locked`.execute(tx)
  return rows
}

/** Takes the cases from who has them. Their team stays, as when somebody gives a case back by hand. */
export async function releaseAll(tx: Tx, ids: readonly string[], at: Date): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; version: number }>`update "case" set assignee_id = null, updated_at = ${at}::timestamptz, version = version + 1 where id = any(${[...ids]}::uuid[]) returning id, version`.execute(tx)
  await sql`delete from routing_given where case_id = any(${[...ids]}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, version }) => [id, version]))
}

export async function noteMissed(tx: Tx, missed: readonly { id: string; agentId: string }[], at: Date): Promise<void> {
  await sql`insert into routing_missed (case_id, agent_id, at) select case_id, agent_id, ${at}::timestamptz from unnest(${missed.map(({ id }) => id)}::uuid[], ${missed.map(({ agentId }) => agentId)}::uuid[]) as g (case_id, agent_id)
    on conflict (case_id, agent_id) do update set at = excluded.at`.execute(tx)
}

export interface Overflowing extends Held {
  queueId: string
  to: string
  waitedMs: number
}

/** Cases that have waited in their queue for longer than it wants, locked. */
export async function overflowing(tx: Tx, at: Date, limit: number): Promise<Overflowing[]> {
  const { rows } = await sql<Overflowing>`select c.id, c.number, c.version, c.team_id as "teamId", c.queue_id as "queueId", r.overflow_queue_id as to, (extract(epoch from ${at}::timestamptz - c.queued_at) * 1000)::bigint as "waitedMs"
    from queue_routing r join queue o on o.id = r.overflow_queue_id and o.archived_at is null join "case" c on c.queue_id = r.queue_id
    where c.assignee_id is null and c.status in ('new', 'open') and c.removed is null and c.snoozed_until is null and c.queued_at <= ${at}::timestamptz - make_interval(mins => r.overflow_minutes)
    order by c.queued_at, c.id limit ${limit} for update of c skip locked`.execute(tx)
  return rows
}

export async function moveAll(tx: Tx, moved: readonly { id: string; to: string }[], at: Date): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; version: number }>`update "case" c set queue_id = g.queue_id, updated_at = ${at}::timestamptz, version = c.version + 1
    from unnest(${moved.map(({ id }) => id)}::uuid[], ${moved.map(({ to }) => to)}::uuid[]) as g (id, queue_id) where c.id = g.id returning c.id, c.version`.execute(tx)
  return new Map(rows.map(({ id, version }) => [id, version]))
}
