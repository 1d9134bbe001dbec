import { sql } from 'kysely'
import type { Db, Tx } from '#platform'
import type { Told } from './model.ts'

/** What a case is now, for what is counted in it. */
export interface Subject {
  number: number
  openedAt: Date
  queueId: string
  topic: string | null
  accountId: string | null
  channel: string
  priority: string
  /** It counts: it is neither out of sight nor merged into another. */
  counts: boolean
}

/** One at a time writes moments, so that of two who read the facts of a case the later reader also writes later. */
export const alone = (tx: Tx) => sql`select pg_advisory_xact_lock(73761)`.execute(tx)

export async function subjectsOf(tx: Tx, numbers: readonly number[]): Promise<Subject[]> {
  const { rows } = await sql<Subject>`select number, opened_at as "openedAt", queue_id as "queueId", topic, account_id as "accountId", channel, priority, removed is null and merged_into is null as counts
    from "case" where number = any(${[...numbers]}::bigint[]) order by number for key share`.execute(tx)
  return rows
}

/** Kinds of facts from which something is counted, or which change what a case is. Everything else is passed over. */
export const passedOver = [
  'draft.begun', 'draft.discarded', 'attachment.added', 'attachment.dropped', 'mention.seen', 'tag.added', 'tag.dropped', 'reply.delivered', 'reply.uncertain', 'reply.failed', 'reply.bounced',
  'participant.added', 'participant.dropped', 'subject.changed', 'kind.changed', 'note.written', 'case.followedUp',
] as const

interface FactRow {
  number: number
  at: Date
  kind: string
  actor_kind: string
  actor_id: string | null
  data: Record<string, unknown>
}

/** The facts of these cases in the order in which they were told, each case's own. `since` is before all of them: it spares looking into older months. */
export async function factsOf(tx: Tx, numbers: readonly number[], since: Date): Promise<Map<number, Told[]>> {
  const { rows } = await sql<FactRow>`select case_number as number, at, kind, actor_kind, actor_id, data from event
    where case_number = any(${[...numbers]}::bigint[]) and at >= ${since}::timestamptz and room = 'desk' and kind <> all(${[...passedOver]}::text[]) order by id`.execute(tx)
  const found = new Map<number, Told[]>(numbers.map((number) => [number, []]))
  for (const { number, at, kind, actor_kind, actor_id, data } of rows) found.get(number)?.push({ at, kind, actor: { kind: actor_kind, id: actor_id }, data })
  return found
}

export interface MomentRow {
  case_number: number
  moment: string
  turn: number
  at: Date
  ms: number | null
  business_ms: number | null
  hit: boolean | null
  queue_id: string
  team_id: string | null
  agent_id: string | null
  topic: string | null
  account_id: string | null
  channel: string
  priority: string
  space_id: string
}

export interface SpanRow {
  case_number: number
  turn: number
  opened_at: Date
  from: Date
  until: Date | null
  queue_id: string
  team_id: string | null
  agent_id: string | null
  topic: string | null
  account_id: string | null
  channel: string
  priority: string
  space_id: string
}

/** Makes these the moments of the cases; those that stay the same are not written again. */
export async function writeMoments(tx: Tx, numbers: readonly number[], rows: readonly MomentRow[]): Promise<void> {
  await sql`with given as (select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(case_number bigint, moment text, turn int, at timestamptz, ms bigint, business_ms bigint, hit boolean,
      queue_id uuid, team_id uuid, agent_id uuid, topic text, account_id uuid, channel text, priority text, space_id uuid)),
    gone as (delete from measured m where m.case_number = any(${[...numbers]}::bigint[])
      and not exists (select from given g where g.case_number = m.case_number and g.moment = m.moment and g.turn = m.turn))
    insert into measured as m (case_number, moment, turn, at, ms, business_ms, hit, queue_id, team_id, agent_id, topic, account_id, channel, priority, space_id)
    select case_number, moment, turn, at, ms, business_ms, hit, queue_id, team_id, agent_id, topic, account_id, channel, priority, space_id from given
    on conflict (case_number, moment, turn) do update set at = excluded.at, ms = excluded.ms, business_ms = excluded.business_ms, hit = excluded.hit, queue_id = excluded.queue_id, team_id = excluded.team_id,
      agent_id = excluded.agent_id, topic = excluded.topic, account_id = excluded.account_id, channel = excluded.channel, priority = excluded.priority, space_id = excluded.space_id
    where (m.at, m.ms, m.business_ms, m.hit, m.queue_id, m.team_id, m.agent_id, m.topic, m.account_id, m.channel, m.priority, m.space_id) is distinct from (excluded.at, excluded.ms,
      excluded.business_ms, excluded.hit, excluded.queue_id, excluded.team_id, excluded.agent_id, excluded.topic, excluded.account_id, excluded.channel, excluded.priority, excluded.space_id)`.execute(tx)
}

/** The same with the spans in which they were unsolved. */
export async function writeSpans(tx: Tx, numbers: readonly number[], rows: readonly SpanRow[]): Promise<void> {
  await sql`with given as (select *, tstzrange("from", until) as span from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(case_number bigint, turn int, opened_at timestamptz, "from" timestamptz, until timestamptz,
      queue_id uuid, team_id uuid, agent_id uuid, topic text, account_id uuid, channel text, priority text, space_id uuid)),
    gone as (delete from measured_backlog b where b.case_number = any(${[...numbers]}::bigint[]) and not exists (select from given g where g.case_number = b.case_number and g.turn = b.turn))
    insert into measured_backlog as b (case_number, turn, opened_at, span, queue_id, team_id, agent_id, topic, account_id, channel, priority, space_id)
    select case_number, turn, opened_at, span, queue_id, team_id, agent_id, topic, account_id, channel, priority, space_id from given
    on conflict (case_number, turn) do update set opened_at = excluded.opened_at, span = excluded.span, queue_id = excluded.queue_id, team_id = excluded.team_id, agent_id = excluded.agent_id,
      topic = excluded.topic, account_id = excluded.account_id, channel = excluded.channel, priority = excluded.priority, space_id = excluded.space_id
    where (b.opened_at, b.span, b.queue_id, b.team_id, b.agent_id, b.topic, b.account_id, b.channel, b.priority, b.space_id) is distinct from (excluded.opened_at, excluded.span, excluded.queue_id,
      excluded.team_id, excluded.agent_id, excluded.topic, excluded.account_id, excluded.channel, excluded.priority, excluded.space_id)`.execute(tx)
}

export interface Build {
  /** The version that is whole; 0 before the first time. */
  built: number
  building: number | null
  upto: number
  at: Date | null
}

export const findBuild = (db: Db | Tx): Promise<Build> => db.selectFrom('measured_build').select(['built', 'building', 'upto', 'at']).executeTakeFirstOrThrow()
export const lockBuild = (tx: Tx): Promise<Build> => tx.selectFrom('measured_build').select(['built', 'building', 'upto', 'at']).forUpdate().executeTakeFirstOrThrow()
export async function saveBuild(tx: Tx, build: Build): Promise<void> {
  await tx.updateTable('measured_build').set({ built: build.built, building: build.building, upto: build.upto, at: build.at }).execute()
}

/** The next cases by number. */
export async function numbersAfter(tx: Tx, number: number, limit: number): Promise<number[]> {
  const rows = await tx.selectFrom('case').select('number').where('number', '>', number).orderBy('number').limit(limit).execute()
  return rows.map((row) => row.number)
}

/** How many cases there are below a number of all there are, for "so far", by their numbers: counting them would take long. */
export async function lastNumber(db: Db): Promise<number> {
  const row = await db.selectFrom('case').select('number').orderBy('number', 'desc').limit(1).executeTakeFirst()
  return row?.number ?? 0
}
