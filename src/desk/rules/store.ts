import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Db, Tx } from '#platform'
import type { CaseAction } from '../actions/model.ts'
import type { FieldChange } from '../actions/preview.ts'
import type { Definition, Since, Trigger } from './model.ts'

export interface Rule extends Definition {
  id: string
  name: string
  position: number
  active: boolean
  activeSince: Date | null
  edition: number
  archived: boolean
  version: number
}

interface RuleRow {
  id: string
  name: string
  position: number
  active: boolean
  active_since: Date | null
  edition: number
  archived: boolean
  version: number
  trigger: Trigger
  condition: string
  actions: CaseAction[]
  last: boolean
}

const ruleOf = ({ active_since: activeSince, ...row }: RuleRow): Rule => ({ ...row, activeSince })
const columns = sql`r.id, r.name, r.position, r.active, r.active_since, r.edition, r.archived_at is not null as archived, r.version, e.trigger, e.condition, e.actions, e.last`

async function rulesWhere(db: Db | Tx, where: RawBuilder<unknown>): Promise<Rule[]> {
  const { rows } = await sql<RuleRow>`select ${columns} from rule r join rule_edition e on e.rule_id = r.id and e.edition = r.edition where ${where} order by r.position, r.id`.execute(db)
  return rows.map(ruleOf)
}

/** Rules that act, in their order. */
export const activeRules = (db: Db | Tx): Promise<Rule[]> => rulesWhere(db, sql`r.active and r.archived_at is null`)
export const rulesThere = (db: Db | Tx, archived: boolean): Promise<Rule[]> => rulesWhere(db, archived ? sql`r.archived_at is not null` : sql`r.archived_at is null`)
export const findRule = async (db: Db | Tx, id: string): Promise<Rule | null> => (await rulesWhere(db, sql`r.id = ${id}::uuid`))[0] ?? null

/** The version of a rule that is about to be changed, locked. */
export async function lockRule(tx: Tx, id: string): Promise<number | null> {
  const row = await tx.selectFrom('rule').select('version').where('id', '=', id).forUpdate().executeTakeFirst()
  return row?.version ?? null
}

export async function insertRule(tx: Tx, { id, name, at }: { id: string; name: string; at: Date }): Promise<void> {
  await sql`insert into rule (id, name, position, edition, created_at) values (${id}::uuid, ${name}, (select coalesce(max(position), 0) + 1 from rule), 1, ${at}::timestamptz)`.execute(tx)
}

export async function insertEdition(tx: Tx, { id, edition, by, at, trigger, condition, actions, last }: Definition & { id: string; edition: number; by: string; at: Date }): Promise<void> {
  await tx.insertInto('rule_edition').values({ rule_id: id, edition, trigger: JSON.stringify(trigger), condition, actions: JSON.stringify(actions), last, by_actor: by, at }).execute()
}

export interface RuleChange {
  name?: string
  active?: boolean
  edition?: number
  archived?: boolean
}

export async function updateRule(tx: Tx, id: string, { name, active, edition, archived }: RuleChange, at: Date): Promise<void> {
  await tx.updateTable('rule').set({
    version: sql<number>`version + 1`, ...(name === undefined ? {} : { name }), ...(edition === undefined ? {} : { edition }),
    ...(active === undefined ? {} : { active, active_since: active ? at : null }), ...(archived === undefined ? {} : { archived_at: archived ? at : null }),
  }).where('id', '=', id).execute()
}

/** Puts rules into this order; those that are not named keep theirs behind them. */
export async function orderRules(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`with wanted as (select id, ordinality from unnest(${[...ids]}::uuid[]) with ordinality as w(id, ordinality)),
      placed as (select r.id, row_number() over (order by w.ordinality nulls last, r.position, r.id) as position from rule r left join wanted w on w.id = r.id)
    update rule r set position = p.position from placed p where p.id = r.id and r.position <> p.position`.execute(tx)
}

export interface Edition extends Definition {
  edition: number
  by: string
  at: Date
}

export async function editionsOf(db: Db, id: string): Promise<Edition[]> {
  const { rows } = await sql<Edition>`select edition, trigger, condition, actions, last, by_actor as by, at from rule_edition where rule_id = ${id}::uuid order by edition desc`.execute(db)
  return rows
}

export type Outcome = 'applied' | 'unchanged' | 'refused' | 'looped'

export interface Run {
  caseNumber: number
  subject: string
  cause: string
  edition: number
  at: Date
  outcome: Outcome
  changes: FieldChange[]
  refusal: string | null
}

/** What a rule did, newest first, in cases that the reader may see. */
export async function runsOf(db: Db, id: string, barred: readonly string[], after: { at: string; caseId: string } | null, limit: number): Promise<(Run & { caseId: string; place: string })[]> {
  const { rows } = await sql<Run & { caseId: string; place: string }>`select c.number as "caseNumber", c.subject, r.cause, r.edition, r.at, r.outcome, r.changes, r.refusal, r.case_id as "caseId", r.at::text as place
    from rule_run r join "case" c on c.id = r.case_id where r.rule_id = ${id}::uuid and c.queue_id <> all(${[...barred]}::uuid[])
      and ${after ? sql<SqlBool>`(r.at, r.case_id) < (${after.at}::timestamptz, ${after.caseId}::uuid)` : sql<SqlBool>`true`} order by r.at desc, r.case_id desc limit ${limit}`.execute(db)
  return rows
}

/** How often each rule acted in the last days, by outcome. */
export async function runCounts(db: Db, since: Date): Promise<Map<string, Record<Outcome, number>>> {
  const { rows } = await sql<{ id: string; counts: Partial<Record<Outcome, number>> }>`select rule_id as id, jsonb_object_agg(outcome, n) as counts
    from (select rule_id, outcome, count(*) as n from rule_run where at >= ${since}::timestamptz group by 1, 2) g group by 1`.execute(db)
  return new Map(rows.map(({ id, counts }) => [id, { applied: 0, unchanged: 0, refused: 0, looped: 0, ...counts }]))
}

/** What became of this cause on this case before, when the rule has looked at it already. */
export async function runOf(tx: Tx, ruleId: string, caseId: string, cause: string): Promise<Outcome | null> {
  const { rows } = await sql<{ outcome: Outcome }>`select outcome from rule_run where rule_id = ${ruleId}::uuid and case_id = ${caseId}::uuid and cause = ${cause}`.execute(tx)
  return rows[0]?.outcome ?? null
}

/** How often a rule changed a case, or was held from it, since an instant. */
export async function recentRuns(tx: Tx, ruleId: string, caseId: string, since: Date): Promise<{ applied: number; looped: number }> {
  const { rows: [row] } = await sql<{ applied: number; looped: number }>`select count(*) filter (where outcome = 'applied')::int as applied, count(*) filter (where outcome = 'looped')::int as looped
    from rule_run where rule_id = ${ruleId}::uuid and case_id = ${caseId}::uuid and at > ${since}::timestamptz`.execute(tx)
  return row ?? { applied: 0, looped: 0 }
}

export async function insertRun(tx: Tx, run: { ruleId: string; caseId: string; cause: string; edition: number; at: Date; outcome: Outcome; changes?: readonly FieldChange[]; refusal?: string }): Promise<void> {
  await tx.insertInto('rule_run').values({
    rule_id: run.ruleId, case_id: run.caseId, cause: run.cause, edition: run.edition, at: run.at, outcome: run.outcome, changes: JSON.stringify(run.changes ?? []), refusal: run.refusal ?? null,
  }).onConflict((conflict) => conflict.doNothing()).execute()
}

export const deleteRunsBefore = async (tx: Tx, before: Date, limit: number): Promise<number> => {
  const { numAffectedRows } = await sql`delete from rule_run where ctid = any(array(select ctid from rule_run where at < ${before}::timestamptz limit ${limit}))`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

const sinceColumns: Readonly<Record<Since, RawBuilder<Date>>> = {
  opened: sql<Date>`c.opened_at`, status: sql<Date>`c.status_at`, waiting: sql<Date>`c.waiting_since`, message: sql<Date>`c.last_message_at`, solved: sql<Date>`c.solved_at`,
}
/** Rules after a time look at work at hand; those that count from the solving, at what is solved. Both are small parts with an index of their own. */
const lookedAt = (since: Since): RawBuilder<SqlBool> => (since === 'solved' ? sql<SqlBool>`c.status = 'solved'` : sql<SqlBool>`c.status in ('new', 'open', 'pending', 'on_hold')`)

export interface Due {
  caseId: string
  number: number
  cause: string
}

/** Cases whose time with a rule has come since it became active and at which it has not looked, the earliest first. */
export async function casesDue(db: Db, { rule, since, minutes, where, at }: { rule: Rule; since: Since; minutes: number; where: RawBuilder<SqlBool>; at: Date }, limit: number): Promise<Due[]> {
  const column = sinceColumns[since]
  const cause = sql`'after ' || to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`
  const before = new Date(at.getTime() - minutes * 60_000)
  const from = new Date((rule.activeSince ?? at).getTime() - minutes * 60_000)
  const { rows } = await sql<Due>`select c.id as "caseId", c.number, ${cause} as cause from "case" c where ${lookedAt(since)} and c.removed is null and c.merged_into is null and ${column} <= ${before}::timestamptz and ${column} > ${from}::timestamptz and ${where}
      and not exists (select from rule_run r where r.rule_id = ${rule.id}::uuid and r.case_id = c.id and r.cause = ${cause}) order by ${column}, c.id limit ${limit}`.execute(db)
  return rows
}

/** The cause that is true of a case now, read while it is locked: null when the rule's time has been put off since. */
export async function causeNow(tx: Tx, caseId: string, since: Since): Promise<string | null> {
  const column = sinceColumns[since]
  const { rows } = await sql<{ cause: string | null }>`select 'after ' || to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as cause from "case" c where c.id = ${caseId}::uuid and ${lookedAt(since)} and c.removed is null`.execute(tx)
  return rows[0]?.cause ?? null
}

/** The case that a rule is about to look at, locked. Null when it is not there any more. */
export async function lockForRule(tx: Tx, number: number): Promise<{ id: string; version: number } | null> {
  return (await tx.selectFrom('case').select(['id', 'version']).where('number', '=', number).forUpdate().executeTakeFirst()) ?? null
}
