import { sql, type RawBuilder } from 'kysely'
import { oneOf, type Db, type Tx } from '#platform'
import { priorities, statuses, type Priority, type Status } from '../cases/model.ts'
import { metrics, whats, type CaseClocks, type Clock, type Entry, type Metric } from './model.ts'

/** A case as promises are settled for it, locked until the unit of work ends. */
export interface SettledCase {
  id: string
  number: number
  version: number
  status: Status
  priority: Priority
  kind: string
  channel: string
  subject: string
  removed: 'spam' | 'trash' | null
  merged: boolean
  openedAt: Date
  waitingSince: Date | null
  firstRepliedAt: Date | null
  dueAt: Date | null
  queue: { id: string; key: string; name: string }
  team: { id: string; name: string; siteId: string | null } | null
  account: { id: string; name: string; segment: string } | null
  topic: { key: string; title: string } | null
  tags: string[]
  stamp: number
  /** What was settled before; null when nothing was. */
  clocks: CaseClocks | null
}

interface Row extends Omit<SettledCase, 'clocks' | 'stamp' | 'status' | 'priority'> {
  status: string
  priority: string
  settled: StateRow | null
  clocks: ClockRow[] | null
  now: number
  base: string
}

interface StateRow {
  at: string
  stamp: number
  policy_version: string | null
  calendar_version: string | null
  priority: string | null
  segment: string | null
  status: string
  suspended: string | null
  waiting: boolean
  replied: boolean
}

export interface ClockRow {
  metric: string
  state: string
  policy_version: string
  calendar_version: string | null
  target_ms: number
  started_at: string
  consumed_ms: number
  running_since: string | null
  due_at: string | null
  next_at: string | null
  paused_for: string | null
  warned_at: string | null
  breached_at: string | null
  met_at: string | null
  met_by: string | null
}

/** Each part is a select of its own rather than a join: the planner has nothing to weigh, which takes longer than the reading. */
const shown = sql`c.id, c.number, c.version, c.status, c.priority, c.kind, c.channel, c.subject, c.removed, c.merged_into is not null as merged, c.opened_at as "openedAt",
  c.waiting_since as "waitingSince", c.first_replied_at as "firstRepliedAt", c.due_at as "dueAt",
  (select jsonb_build_object('id', q.id, 'key', q.key, 'name', q.name) from queue q where q.id = c.queue_id) as queue,
  (select jsonb_build_object('id', t.id, 'name', t.name, 'siteId', t.site_id) from team t where t.id = c.team_id) as team,
  (select jsonb_build_object('id', a.id, 'name', a.name, 'segment', a.segment) from account a where a.id = c.account_id) as account,
  (select jsonb_build_object('key', p.key, 'title', p.title) from topic p where p.key = c.topic) as topic,
  array(select tag from case_tag g where g.case_id = c.id order by tag) as tags, (select to_jsonb(s) from sla_case s where s.case_id = c.id) as settled,
  (select jsonb_agg(to_jsonb(k)) from sla_clock k where k.case_id = c.id) as clocks, (select stamp from sla_rules) as now, current_database() as base`

/** Cases in the order of their numbers, so that those who settle several do not wait for each other in a ring; and what the rules are by now. */
export async function lockForSettling(tx: Tx, numbers: readonly number[]): Promise<{ cases: SettledCase[]; stamp: number; base: string } | null> {
  const [first] = numbers
  // One number is asked for by itself: its plan is kept, while one for a list would be weighed anew each time.
  const which = numbers.length === 1 ? sql`c.number = ${first}` : sql`c.number = any(${[...numbers]}::bigint[])`
  const { rows } = await sql<Row>`select ${shown} from "case" c where ${which} order by c.number for update`.execute(tx)
  return rows[0] ? { cases: rows.map(fromRow), stamp: rows[0].now, base: rows[0].base } : null
}

/** The same without locks, for whoever only looks. */
export async function readSettled(db: Db, number: number): Promise<{ found: SettledCase; stamp: number; base: string } | null> {
  const { rows: [row] } = await sql<Row>`select ${shown} from "case" c where c.number = ${number}`.execute(db)
  return row ? { found: fromRow(row), stamp: row.now, base: row.base } : null
}

/** With which state of the rules nothing was compared yet. */
export const rulesNow = async (db: Db | Tx): Promise<{ stamp: number; base: string }> => {
  const { rows: [row] } = await sql<{ stamp: number; base: string }>`select stamp, current_database() as base from sla_rules`.execute(db)
  return row ?? { stamp: 0, base: '' }
}

function fromRow({ settled, clocks, now: _now, base: _base, ...row }: Row): SettledCase {
  return {
    ...row, status: oneOf(statuses, row.status), priority: oneOf(priorities, row.priority), stamp: settled?.stamp ?? 0, clocks: settled && stateFrom(settled, clocks ?? []),
  }
}

const instant = (text: string | null) => (text === null ? null : new Date(text))

const stateFrom = (row: StateRow, clocks: readonly ClockRow[]): CaseClocks => ({
  at: new Date(row.at), policyVersion: row.policy_version, calendarVersion: row.calendar_version, priority: row.priority === null ? null : oneOf(priorities, row.priority), segment: row.segment,
  status: oneOf(statuses, row.status), suspended: row.suspended === null ? null : oneOf(['removed', 'merged'], row.suspended), waiting: row.waiting, replied: row.replied,
  clocks: Object.fromEntries(clocks.map((clock) => [clock.metric, clockFrom(clock)])),
})

const clockFrom = (row: ClockRow): Clock => ({
  metric: oneOf(metrics, row.metric), state: oneOf(['running', 'paused', 'breached', 'met', 'cancelled'], row.state), policyVersion: row.policy_version, calendarVersion: row.calendar_version,
  targetMs: row.target_ms, startedAt: new Date(row.started_at), consumedMs: row.consumed_ms, runningSince: instant(row.running_since), dueAt: instant(row.due_at), nextAt: instant(row.next_at),
  pausedFor: row.paused_for === null ? null : oneOf(['pending', 'on_hold', 'removed', 'merged'], row.paused_for), warnedAt: instant(row.warned_at), breachedAt: instant(row.breached_at),
  metAt: instant(row.met_at), metBy: row.met_by,
})

export interface Settlement {
  caseId: string
  stamp: number
  state: CaseClocks
  /** Those that changed. */
  clocks: readonly Clock[]
  entries: readonly Entry[]
  notedAt: Date
  dueAt: Date | null
}

/** Writes what was settled for several cases in one statement: state, clocks, ledger, and when the case is due. */
export async function saveSettlements(tx: Tx, all: readonly Settlement[]): Promise<void> {
  const clocks = all.flatMap(({ caseId, clocks }) => clocks.map((clock) => clockRow(caseId, clock)))
  const entries = all.flatMap(({ caseId, entries, notedAt }) => entries.map((entry) => ({
    case_id: caseId, metric: entry.metric, what: entry.what, at: entry.at, noted_at: notedAt, consumed_ms: entry.consumedMs, due_at: entry.dueAt, policy_version: entry.policyVersion, why: entry.why,
  })))
  await sql`with given as (${givenOf(all)}),
    kept as (insert into sla_case (${stateColumns}) select ${stateColumns} from given on conflict (case_id) do update set ${stateUpdates}),
    ticking as (insert into sla_clock (${clockColumns}) select ${clockColumns} from jsonb_to_recordset(${JSON.stringify(clocks)}::jsonb) as r(case_id uuid, metric text, state text, policy_version uuid,
        calendar_version uuid, target_ms bigint, started_at timestamptz, consumed_ms bigint, running_since timestamptz, due_at timestamptz, next_at timestamptz, paused_for text,
        warned_at timestamptz, breached_at timestamptz, met_at timestamptz, met_by uuid)
      on conflict (case_id, metric) do update set ${clockUpdates}),
    noted as (insert into sla_entry (case_id, metric, what, at, noted_at, consumed_ms, due_at, policy_version, why)
      select case_id, metric, what, at, noted_at, consumed_ms, due_at, policy_version, why
      from rows from (jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as (case_id uuid, metric text, what text, at timestamptz, noted_at timestamptz, consumed_ms bigint, due_at timestamptz,
        policy_version uuid, why text)) with ordinality order by ordinality)
    update "case" c set due_at = given.due_at from given where c.id = given.case_id and c.due_at is distinct from given.due_at`.execute(tx)
}

const stateFields = ['stamp', 'at', 'policy_version', 'calendar_version', 'priority', 'segment', 'status', 'suspended', 'waiting', 'replied'] as const
const stateColumns = sql.join(['case_id', ...stateFields].map((column) => sql.ref(column)))
const stateUpdates = sql.join(stateFields.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`))

const stateRow = ({ caseId, stamp, state, dueAt }: Settlement) => ({
  case_id: caseId, stamp, due_at: dueAt, at: state.at, policy_version: state.policyVersion, calendar_version: state.calendarVersion, priority: state.priority, segment: state.segment,
  status: state.status, suspended: state.suspended, waiting: state.waiting, replied: state.replied,
})

/** One case as values, several as a list: for one the planner then knows that it is one. */
function givenOf(all: readonly Settlement[]): RawBuilder<unknown> {
  const [first] = all
  if (!first || all.length > 1) return sql`select * from jsonb_to_recordset(${JSON.stringify(all.map(stateRow))}::jsonb) as r(case_id uuid, stamp bigint, due_at timestamptz, at timestamptz,
    policy_version uuid, calendar_version uuid, priority text, segment text, status text, suspended text, waiting boolean, replied boolean)`
  const row = stateRow(first)
  return sql`select ${row.case_id}::uuid as case_id, ${row.stamp}::bigint as stamp, ${row.due_at}::timestamptz as due_at, ${row.at}::timestamptz as at, ${row.policy_version}::uuid as policy_version,
    ${row.calendar_version}::uuid as calendar_version, ${row.priority}::text as priority, ${row.segment}::text as segment, ${row.status}::text as status, ${row.suspended}::text as suspended,
    ${row.waiting}::boolean as waiting, ${row.replied}::boolean as replied`
}

const clockFields = [
  'state', 'policy_version', 'calendar_version', 'target_ms', 'started_at', 'consumed_ms', 'running_since', 'due_at', 'next_at', 'paused_for', 'warned_at', 'breached_at', 'met_at', 'met_by',
] as const
const clockColumns = sql.join(['case_id', 'metric', ...clockFields].map((column) => sql.ref(column)))
const clockUpdates = sql.join(clockFields.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`))

/** A clock as its table has it. */
export const clockRow = (caseId: string, clock: Clock) => ({
  case_id: caseId, metric: clock.metric, state: clock.state, policy_version: clock.policyVersion, calendar_version: clock.calendarVersion, target_ms: clock.targetMs, started_at: clock.startedAt,
  consumed_ms: clock.consumedMs, running_since: clock.runningSince, due_at: clock.dueAt, next_at: clock.nextAt, paused_for: clock.pausedFor, warned_at: clock.warnedAt, breached_at: clock.breachedAt,
  met_at: clock.metAt, met_by: clock.metBy,
})

/** People of cases, for conditions that ask for them. */
export interface People {
  number: number
  customer: { id: string; name: string; language: string | null; addresses: string[] }
  from: string[]
}

export async function peopleOf(db: Db | Tx, numbers: readonly number[]): Promise<Map<number, People>> {
  const { rows } = await sql<People>`select c.number, jsonb_build_object('id', u.id, 'name', u.name, 'language', u.language,
      'addresses', array(select address from customer_address x where x.customer_id = u.id)) as customer,
      array(select address from participant n where n.case_id = c.id and n.dropped_at is null) as "from"
    from "case" c join customer u on u.id = c.customer_id where c.number = any(${[...numbers]}::bigint[])`.execute(db)
  return new Map(rows.map((row) => [row.number, row]))
}

interface Places {
  queue: { id: string; key: string; name: string } | null
  team: { id: string; name: string; siteId: string | null } | null
  topic: { key: string; title: string } | null
  account: { id: string; name: string; segment: string } | null
}

/** What somebody names who imagines a case: a queue by key or id, outside of walls; a team, a topic, an account. */
export async function placesNamed(db: Db, named: { queue: string | null; team: string | null; topic: string | null; account: string | null; barred: readonly string[] }): Promise<Places> {
  const { rows: [row] } = await sql<Places>`select
      (select jsonb_build_object('id', id, 'key', key, 'name', name) from queue where (key = ${named.queue} or id::text = ${named.queue}) and id <> all(${[...named.barred]}::uuid[]) limit 1) as queue,
      (select jsonb_build_object('id', id, 'name', name, 'siteId', site_id) from team where id = ${named.team}::uuid) as team,
      (select jsonb_build_object('key', key, 'title', title) from topic where key = ${named.topic}) as topic,
      (select jsonb_build_object('id', id, 'name', name, 'segment', segment) from account where id = ${named.account}::uuid) as account`.execute(db)
  return row ?? { queue: null, team: null, topic: null, account: null }
}

/** For how many cases at hand each policy holds. */
export async function casesByPolicy(db: Db | Tx): Promise<Map<string, number>> {
  const { rows } = await sql<{ policy: string; cases: number }>`select v.policy_id as policy, count(*)::int as cases from "case" c join sla_case s on s.case_id = c.id
      join sla_policy_version v on v.id = s.policy_version
    where c.status in ('new', 'open', 'pending', 'on_hold') and c.removed is null group by 1`.execute(db)
  return new Map(rows.map(({ policy, cases }) => [policy, cases]))
}

/** The clocks of cases, for rows of lists and boards. */
export async function clocksOfNumbers(db: Db | Tx, numbers: readonly number[]): Promise<Map<number, Clock[]>> {
  if (numbers.length === 0) return new Map()
  const { rows } = await sql<{ number: number; clocks: ClockRow[] }>`select c.number, jsonb_agg(to_jsonb(k)) as clocks from "case" c join sla_clock k on k.case_id = c.id
    where c.number = any(${[...numbers]}::bigint[]) group by 1`.execute(db)
  return new Map(rows.map((row) => [row.number, row.clocks.map(clockFrom)]))
}

/** A row of sla_clock, as a select of \`c\` brings it along. */
export const clocksOfRow = sql`(select jsonb_agg(to_jsonb(k)) from sla_clock k where k.case_id = c.id)`
export const clocksFrom = (rows: readonly ClockRow[] | null): Clock[] => (rows ?? []).map(clockFrom)

/** Cases whose clocks have something to say, the longest ago first; those that somebody is working on wait for the next look. */
export async function takeDue(tx: Tx, before: Date, limit: number): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`select c.number from "case" c
    where c.id = any(array(select case_id from sla_clock where next_at < ${before}::timestamptz order by next_at limit ${limit})) order by c.number for update of c skip locked`.execute(tx)
  return [...new Set(rows.map(({ number }) => number))]
}

/** Work at hand after a number: that of an account, or what was last compared with other rules than hold now. */
export async function staleAtHand(db: Db | Tx, after: number, limit: number, accountId: string | null = null): Promise<number[]> {
  const asked = accountId === null ? sql`s.stamp is distinct from (select stamp from sla_rules)` : sql`c.account_id = ${accountId}::uuid`
  const { rows } = await sql<{ number: number }>`select c.number from "case" c left join sla_case s on s.case_id = c.id
    where c.status in ('new', 'open', 'pending', 'on_hold') and c.removed is null and c.number > ${after} and ${asked} order by c.number limit ${limit}`.execute(db)
  return rows.map(({ number }) => number)
}

export interface LedgerEntry extends Entry {
  id: number
  notedAt: Date
  policy: string | null
}

/** The ledger of a case, oldest first. */
export async function ledgerOf(db: Db | Tx, caseId: string): Promise<LedgerEntry[]> {
  const { rows } = await sql<Omit<LedgerEntry, 'metric' | 'what'> & { metric: string; what: string }>`select e.id, e.metric, e.what, e.at, e.noted_at as "notedAt", e.consumed_ms as "consumedMs", e.due_at as "dueAt",
      e.policy_version as "policyVersion", e.why, p.name as policy
    from sla_entry e left join sla_policy_version v on v.id = e.policy_version left join sla_policy p on p.id = v.policy_id where e.case_id = ${caseId}::uuid order by e.id`.execute(db)
  return rows.map((row) => ({ ...row, metric: oneOf<Metric>(metrics, row.metric), what: oneOf(whats, row.what) }))
}
