import { sql } from 'kysely'
import type { Db, Tx } from '#platform'
import type { QuerySubject } from '../query/model.ts'
import type { Definition } from './model.ts'
import type { Names, PastFact } from './past.ts'
import type { Tally } from './tally.ts'

/** Trials of rules, and the log as they read it. */

export const trialStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const
export type TrialState = (typeof trialStates)[number]

export interface Trial {
  id: string
  ruleId: string | null
  askedBy: string | null
  barred: string[]
  definition: Definition
  days: number
  at: Date
  state: TrialState
  looked: number
  total: number | null
  result: Tally | null
  endedAt: Date | null
}

export async function insertTrial(tx: Tx, trial: Pick<Trial, 'id' | 'ruleId' | 'askedBy' | 'barred' | 'definition' | 'days' | 'at'>): Promise<void> {
  await tx.insertInto('rule_trial').values({ id: trial.id, rule_id: trial.ruleId, asked_by: trial.askedBy, barred: trial.barred, definition: JSON.stringify(trial.definition), days: trial.days, at: trial.at }).execute()
}

export async function findTrial(db: Db | Tx, id: string): Promise<Trial | null> {
  const { rows } = await sql<Trial>`select id, rule_id as "ruleId", asked_by as "askedBy", barred, definition, days, at, state, looked, total, result, ended_at as "endedAt" from rule_trial where id = ${id}::uuid`.execute(db)
  return rows[0] ?? null
}

/** Notes how far a trial is. @returns false when it was cancelled meanwhile. */
export async function noteProgress(db: Db | Tx, id: string, { looked, total }: { looked: number; total: number }): Promise<boolean> {
  const { numAffectedRows } = await sql`update rule_trial set state = 'running', looked = ${looked}, total = ${total} where id = ${id}::uuid and state in ('waiting', 'running')`.execute(db)
  return Number(numAffectedRows ?? 0) > 0
}

export async function endTrial(db: Db | Tx, id: string, state: 'done' | 'failed' | 'cancelled', at: Date, result: Tally | null): Promise<boolean> {
  const { numAffectedRows } = await sql`update rule_trial set state = ${state}, ended_at = ${at}::timestamptz, result = coalesce(${result === null ? null : JSON.stringify(result)}::jsonb, result)
    where id = ${id}::uuid and state in ('waiting', 'running')`.execute(db)
  return Number(numAffectedRows ?? 0) > 0
}

/** Numbers of the cases of which the log tells something of these kinds in a span, each once, the newest telling first. */
export async function casesTold(db: Db, kinds: readonly string[], span: { from: Date; until: Date }, barred: readonly string[], limit: number): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`select t.case_number as number from (select case_number, max(id) as last from event
      where at >= ${span.from}::timestamptz and at <= ${span.until}::timestamptz and room = 'desk' and case_number is not null and kind = any(${[...kinds]}) group by case_number) t
    join "case" c on c.number = t.case_number where c.queue_id <> all(${[...barred]}::uuid[]) order by t.last desc limit ${limit}`.execute(db)
  return rows.map(({ number }) => number)
}

/** All facts of these cases, oldest first. */
export async function pastOf(db: Db, numbers: readonly number[]): Promise<Map<number, PastFact[]>> {
  const { rows } = await sql<{ id: number; at: Date; kind: string; number: number; actorKind: string; actorId: string | null; data: Record<string, unknown> }>`select id, at, kind, case_number as number,
      actor_kind as "actorKind", actor_id as "actorId", data from event where case_number = any(${[...numbers]}::bigint[]) and room = 'desk' order by id`.execute(db)
  const facts = new Map<number, PastFact[]>(numbers.map((number) => [number, []]))
  for (const { number, actorKind, actorId, ...fact } of rows) facts.get(number)?.push({ ...fact, actor: { kind: actorKind, id: actorId } })
  return facts
}

/** Names of everything that facts hold as ids. */
export async function readNames(db: Db): Promise<Names> {
  const read = async <T>(statement: ReturnType<typeof sql<T & { place: string }>>) => new Map((await statement.execute(db)).rows.map((row) => [row.place, row]))
  const queues = await read<NonNullable<QuerySubject['queue']>>(sql`select id as place, id, key, name from queue`)
  const agents = await read<NonNullable<QuerySubject['assignee']>>(sql`select id as place, id, name, email as mail from agent`)
  const teams = await read<NonNullable<QuerySubject['team']>>(sql`select id as place, id, name from team`)
  const topics = await read<NonNullable<QuerySubject['topic']>>(sql`select key as place, key, title from topic`)
  return { queue: (id) => queues.get(id) ?? null, agent: (id) => agents.get(id) ?? null, team: (id) => teams.get(id) ?? null, topic: (key) => topics.get(key) ?? null }
}

export const deleteTrialsBefore = async (tx: Tx, before: Date): Promise<void> => { await sql`delete from rule_trial where at < ${before}::timestamptz`.execute(tx) }
