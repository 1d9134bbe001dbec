import { sql } from 'kysely'
import { newId, oneOf, roles, type Actor, type Db, type Role, type Tx } from '#platform'
import type { Kept } from '../actions/inverse.ts'
import type { CaseAction } from '../actions/model.ts'
import type { FieldChange } from '../actions/preview.ts'
import { itemStates, type ItemState, type RunState } from './model.ts'

/** What a run did to a case, enough to take it back. Ids and words, no personal text. */
export interface Done {
  fields: FieldChange[]
  /** The life before, and since when the status is what the run made it; only when the run moved it. */
  life?: { status: string; statusAt: string; solvedAt: string | null; closedAt: string | null; reopens: number; waitingSince: string | null; since: string }
  replies?: string[]
  notes?: string[]
}

export interface Run {
  id: string
  actor: Pick<Actor, 'kind' | 'id' | 'name' | 'roles'>
  agentId: string | null
  actions: CaseAction[]
  query: string | null
  undoOf: string | null
  total: number
  begunAt: Date
  cancelledAt: Date | null
  finishedAt: Date | null
}

interface RunRow extends Omit<Run, 'actor'> {
  actorKind: string
  actorId: string
  actorName: string
  actorRoles: string[]
}

const columns = sql`r.id, r.actor_kind as "actorKind", r.actor_id as "actorId", r.actor_name as "actorName", r.actor_roles as "actorRoles", r.agent_id as "agentId", r.actions, r.query,
  r.undo_of as "undoOf", r.total, r.begun_at as "begunAt", r.cancelled_at as "cancelledAt", r.finished_at as "finishedAt"`
const rolesFrom = (words: readonly string[]): Role[] => words.map((word) => oneOf(roles, word))
const fromRow = ({ actorKind, actorId, actorName, actorRoles, ...row }: RunRow): Run => ({ ...row, actor: { kind: oneOf(['agent', 'token', 'customer', 'system'], actorKind), id: actorId, name: actorName, roles: rolesFrom(actorRoles) } })

export const stateOf = ({ cancelledAt, finishedAt }: Pick<Run, 'cancelledAt' | 'finishedAt'>): RunState => (cancelledAt ? 'cancelled' : finishedAt ? 'finished' : 'running')

export interface NewItem {
  number: number
  versionSeen: number | null
}

export interface NewRun {
  actions: readonly CaseAction[]
  query: string | null
  undoOf: string | null
}

/** Writes a run down; its cases come after it. */
export async function insertRun(tx: Tx, actor: Actor, { actions, query, undoOf }: NewRun, at: Date): Promise<string> {
  const id = newId()
  await sql`insert into bulk_run (id, actor_kind, actor_id, actor_name, actor_roles, agent_id, actions, query, undo_of, total, begun_at)
    values (${id}, ${actor.kind}, ${actor.id}, ${actor.name}, ${[...actor.roles]}, ${actor.kind === 'agent' ? actor.id : null}::uuid, ${JSON.stringify(actions)}::jsonb, ${query}, ${undoOf}::uuid, 0, ${at})`.execute(tx)
  return id
}

/** The cases of a run in their order, each with the newest message that there is now; those that are not there for this reader are left out. @returns how many */
export async function insertItems(tx: Tx, runId: string, items: readonly NewItem[], barred: readonly string[], withMessages: boolean): Promise<number> {
  const newest = withMessages ? sql`(select m.id from message m where m.case_id = c.id and m.visibility = 'public' and m.standing = 'accepted' order by m.place desc limit 1)` : sql`null::uuid`
  await sql`insert into bulk_item (run_id, place, case_id, version_seen, seen_message_id)
    select ${runId}::uuid, row_number() over (order by asked.turn), c.id, asked.version, ${newest}
    from unnest(${items.map(({ number }) => number)}::bigint[], ${items.map(({ versionSeen }) => versionSeen)}::int[]) with ordinality as asked (number, version, turn)
    join "case" c on c.number = asked.number where c.queue_id <> all(${[...barred]}::uuid[])`.execute(tx)
  return setTotal(tx, runId)
}

/** The cases that a run changed, for taking it back, the last one first. @returns how many */
export async function insertUndoItems(tx: Tx, runId: string, undoOf: string, barred: readonly string[]): Promise<number> {
  await sql`insert into bulk_item (run_id, place, case_id) select ${runId}::uuid, row_number() over (order by i.place desc), i.case_id
    from bulk_item i join "case" c on c.id = i.case_id where i.run_id = ${undoOf}::uuid and i.state = 'done' and c.queue_id <> all(${[...barred]}::uuid[])`.execute(tx)
  return setTotal(tx, runId)
}

async function setTotal(tx: Tx, runId: string): Promise<number> {
  const { rows: [row] } = await sql<{ total: number }>`update bulk_run set total = (select count(*) from bulk_item where run_id = ${runId}::uuid) where id = ${runId}::uuid returning total`.execute(tx)
  return row?.total ?? 0
}

export async function findRun(db: Db | Tx, id: string): Promise<Run | null> {
  const { rows: [row] } = await sql<RunRow>`select ${columns} from bulk_run r where r.id = ${id}::uuid`.execute(db)
  return row ? fromRow(row) : null
}

export async function lockRun(tx: Tx, id: string): Promise<Run | null> {
  const { rows: [row] } = await sql<RunRow>`select ${columns} from bulk_run r where r.id = ${id}::uuid for update`.execute(tx)
  return row ? fromRow(row) : null
}

export interface RunPlace {
  at: string
  id: string
}

/** Runs, the newest first: one agent's, or everybody's. */
export async function listRuns(db: Db, agentId: string | null, after: RunPlace | null, limit: number): Promise<Run[]> {
  const { rows } = await sql<RunRow>`select ${columns} from bulk_run r where (${agentId}::uuid is null or r.agent_id = ${agentId}::uuid)
    and (${after?.at ?? null}::timestamptz is null or (r.begun_at, r.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid)) order by r.begun_at desc, r.id desc limit ${limit}`.execute(db)
  return rows.map(fromRow)
}

/** Whether a run is being taken back, or was. */
export async function undosOf(db: Db | Tx, ids: readonly string[]): Promise<Map<string, { id: string; finished: boolean }>> {
  const { rows } = await sql<{ of: string; id: string; finished: boolean }>`select undo_of as of, id, finished_at is not null as finished from bulk_run where undo_of = any(${[...ids]}::uuid[]) order by begun_at`.execute(db)
  return new Map(rows.map(({ of, ...undo }) => [of, undo]))
}

export type Counts = Record<ItemState, number>

/** How many cases of each run are in which state, of those that the reader may see. */
export async function countItems(db: Db | Tx, ids: readonly string[], barred: readonly string[]): Promise<Map<string, Counts>> {
  const { rows } = await sql<{ run: string; state: string; n: number }>`select i.run_id as run, i.state, count(*)::int as n from bulk_item i ${barred.length > 0 ? sql`join "case" c on c.id = i.case_id and c.queue_id <> all(${[...barred]}::uuid[])` : sql``}
    where i.run_id = any(${[...ids]}::uuid[]) group by 1, 2`.execute(db)
  const counts = new Map<string, Counts>(ids.map((id) => [id, { waiting: 0, done: 0, same: 0, refused: 0, failed: 0, cancelled: 0 }]))
  for (const { run, state, n } of rows) { const of = counts.get(run); if (of) of[oneOf(itemStates, state)] = n }
  return counts
}

export interface Item {
  place: number
  caseId: string
  number: number
  versionSeen: number | null
  seenMessageId: string | null
}

/** Places of cases that wait, in their order. */
export async function waitingPlaces(db: Db, runId: string, limit: number): Promise<number[]> {
  const { rows } = await sql<{ place: number }>`select place from bulk_item where run_id = ${runId}::uuid and state = 'waiting' order by place limit ${limit}`.execute(db)
  return rows.map(({ place }) => place)
}

/** Takes a case that waits, so that nobody else does it; null when somebody has it, did it, or it was called off. */
export async function takeItem(tx: Tx, runId: string, place: number): Promise<Item | null> {
  const { rows: [row] } = await sql<Item>`select i.place, i.case_id as "caseId", (select c.number from "case" c where c.id = i.case_id) as number, i.version_seen as "versionSeen", i.seen_message_id as "seenMessageId"
    from bulk_item i where i.run_id = ${runId}::uuid and i.place = ${place} and i.state = 'waiting' for update skip locked`.execute(tx)
  return row ?? null
}

export interface Result {
  state: Exclude<ItemState, 'waiting'>
  code?: string | null
  changes?: Done | null
  kept?: Kept[] | null
}

export async function settleItem(tx: Tx, runId: string, place: number, { state, code = null, changes = null, kept = null }: Result, at: Date): Promise<void> {
  await sql`update bulk_item set state = ${state}, code = ${code}, changes = ${changes ? JSON.stringify(changes) : null}::jsonb, kept = ${kept && kept.length > 0 ? JSON.stringify(kept) : null}::jsonb, at = ${at}
    where run_id = ${runId}::uuid and place = ${place} and state = 'waiting'`.execute(tx)
}

/** What a run did to a case. */
export async function doneTo(tx: Tx, runId: string, caseId: string): Promise<Done | null> {
  const { rows: [row] } = await sql<{ changes: Done | null }>`select changes from bulk_item where run_id = ${runId}::uuid and case_id = ${caseId}::uuid and state = 'done'`.execute(tx)
  return row?.changes ?? null
}

/** Calls off what has not begun. @returns how many */
export async function cancelWaiting(tx: Tx, runId: string, at: Date, state: 'cancelled' | 'refused' = 'cancelled', code: string | null = null): Promise<number> {
  const { rows } = await sql`update bulk_item set state = ${state}, code = ${code}, at = ${at} where run_id = ${runId}::uuid and state = 'waiting' returning place`.execute(tx)
  return rows.length
}

/** Marks a run as called off, or as finished once nothing of it waits. @returns whether it became so now */
export async function endRun(tx: Tx, runId: string, at: Date, how: 'cancelled' | 'finished'): Promise<boolean> {
  const { rows } = await sql`update bulk_run set finished_at = ${at}, cancelled_at = ${how === 'cancelled' ? at : null} where id = ${runId}::uuid and finished_at is null
    and not exists (select from bulk_item where run_id = ${runId}::uuid and state = 'waiting') returning id`.execute(tx)
  return rows.length > 0
}

export interface ItemView {
  place: number
  number: number
  subject: string
  state: ItemState
  code: string | null
  changes: Done | null
  kept: Kept[] | null
  at: Date | null
}

/** The results of a run, case by case; those behind a wall are left out. */
export async function itemsOf(db: Db, runId: string, barred: readonly string[], { states, after, limit }: { states: readonly ItemState[] | null; after: number; limit: number }): Promise<ItemView[]> {
  const { rows } = await sql<Omit<ItemView, 'state'> & { state: string }>`select i.place, c.number, c.subject, i.state, i.code, i.changes, i.kept, i.at from bulk_item i join "case" c on c.id = i.case_id
    where i.run_id = ${runId}::uuid and i.place > ${after} and (${states === null}::boolean or i.state = any(${[...(states ?? [])]})) and c.queue_id <> all(${[...barred]}::uuid[]) order by i.place limit ${limit}`.execute(db)
  return rows.map((row) => ({ ...row, state: oneOf(itemStates, row.state) }))
}

const KEY = 'bulk.agentCasesMax'

/** How many cases agents may change at once, as an administrator said; null while nobody did. */
export async function agentCasesMax(db: Db | Tx): Promise<number | null> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', KEY).executeTakeFirst()
  return typeof row?.value === 'number' ? row.value : null
}

export async function setAgentCasesMax(tx: Tx, cases: number, by: string, at: Date): Promise<void> {
  const values = { value: JSON.stringify(cases), updated_at: at, updated_by: by }
  await tx.insertInto('setting').values({ key: KEY, ...values }).onConflict((conflict) => conflict.column('key').doUpdateSet(values)).execute()
}
