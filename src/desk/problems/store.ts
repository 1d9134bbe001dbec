import { sql } from 'kysely'
import { newId, oneOf, type Db, type Tx } from '#platform'
import { statuses, type Status } from '../cases/model.ts'
import { itemStates, type ItemState, type UpdateStatus, updateStatuses } from './model.ts'

export interface Incident {
  id: string
  number: number
  subject: string
  status: Status
  customer: string
  account: string | null
  openedAt: Date
  version: number
  /** What the last update that went to it came to. */
  last: { update: string; at: string; state: ItemState; code: string | null; delivery: string | null } | null
}

/** The incidents of a problem, those at work first. What is merged away or out of sight is none. */
export async function incidentsOf(db: Db | Tx, problemId: string, barred: readonly string[]): Promise<Incident[]> {
  const { rows } = await sql<Incident>`select c.id, c.number, c.subject, c.status, cu.name as customer, a.name as account, c.opened_at as "openedAt", c.version,
      (select jsonb_build_object('update', u.id, 'at', u.at, 'state', i.state, 'code', i.code, 'delivery', m.delivery) from problem_update_item i join problem_update u on u.id = i.update_id
        left join message m on m.id = i.message_id where i.case_id = c.id and u.case_id = c.parent_id order by u.at desc limit 1) as last
    from "case" c join customer cu on cu.id = c.customer_id left join account a on a.id = c.account_id
    where c.parent_id = ${problemId}::uuid and c.removed is null and c.merged_into is null and c.queue_id <> all(${[...barred]}::uuid[])
    order by array_position(array['new', 'open', 'on_hold', 'pending', 'solved', 'closed'], c.status), c.opened_at, c.id`.execute(db)
  return rows.map((row) => ({ ...row, status: oneOf(statuses, row.status) }))
}

/** Whether a case has incidents of its own. */
export async function hasIncidents(tx: Tx, caseId: string): Promise<boolean> {
  return (await tx.selectFrom('case').select('id').where('parent_id', '=', caseId).limit(1).executeTakeFirst()) !== undefined
}

export async function insertUpdate(tx: Tx, given: { caseId: string; body: string; status: UpdateStatus | null; agentId: string | null; byName: string; at: Date; incidents: readonly string[] }): Promise<string> {
  const id = newId()
  await tx.insertInto('problem_update').values({ id, case_id: given.caseId, body: given.body, status: given.status, agent_id: given.agentId, by_name: given.byName, at: given.at }).execute()
  await addItems(tx, id, given.incidents)
  return id
}

/** @returns how many were not in it before. */
export async function addItems(tx: Tx, updateId: string, incidents: readonly string[]): Promise<number> {
  const { rows } = await sql`insert into problem_update_item (update_id, case_id) select ${updateId}::uuid, id from unnest(${[...incidents]}::uuid[]) as id on conflict do nothing returning case_id`.execute(tx)
  return rows.length
}

export interface Update {
  id: string
  caseId: string
  caseNumber: number
  body: string
  status: UpdateStatus | null
  agentId: string | null
  byName: string
  at: Date
  undoneAt: Date | null
}

const columns = sql`u.id, u.case_id as "caseId", c.number as "caseNumber", u.body, u.status, u.agent_id as "agentId", u.by_name as "byName", u.at, u.undone_at as "undoneAt"`
const read = (row: Update): Update => ({ ...row, status: row.status === null ? null : oneOf(updateStatuses, row.status) })

export async function findUpdate(db: Db | Tx, id: string): Promise<Update | null> {
  const { rows } = await sql<Update>`select ${columns} from problem_update u join "case" c on c.id = u.case_id where u.id = ${id}::uuid`.execute(db)
  return rows[0] ? read(rows[0]) : null
}

const UPDATES_MAX = 50

/** The updates of a problem, newest first. */
export async function updatesOf(db: Db | Tx, caseId: string): Promise<Update[]> {
  const { rows } = await sql<Update>`select ${columns} from problem_update u join "case" c on c.id = u.case_id where u.case_id = ${caseId}::uuid order by u.at desc, u.id desc limit ${UPDATES_MAX}`.execute(db)
  return rows.map(read)
}

export interface Item {
  updateId: string
  caseId: string
  number: number
  subject: string
  parentId: string | null
  state: ItemState
  messageId: string | null
  delivery: string | null
  code: string | null
}

const itemColumns = sql`i.update_id as "updateId", i.case_id as "caseId", c.number, c.subject, c.parent_id as "parentId", i.state, i.message_id as "messageId", m.delivery, i.code`
const itemTables = sql`problem_update_item i join "case" c on c.id = i.case_id left join message m on m.id = i.message_id`
const readItem = (row: Item): Item => ({ ...row, state: oneOf(itemStates, row.state) })

export async function itemsOf(db: Db | Tx, updateIds: readonly string[], barred: readonly string[]): Promise<Item[]> {
  if (updateIds.length === 0) return []
  const { rows } = await sql<Item>`select ${itemColumns} from ${itemTables} where i.update_id = any(${[...updateIds]}::uuid[]) and c.queue_id <> all(${[...barred]}::uuid[]) order by c.number`.execute(db)
  return rows.map(readItem)
}

/** The next places of an update in this state, for working off. */
export async function placesIn(db: Db | Tx, updateId: string, state: 'waiting' | 'sent', limit: number): Promise<string[]> {
  const rows = await db.selectFrom('problem_update_item').select('case_id').where('update_id', '=', updateId).where('state', '=', state).where(sql<boolean>`(${state === 'waiting'} or code is null)`).orderBy('case_id').limit(limit).execute()
  return rows.map(({ case_id }) => case_id)
}

/** Takes one for working; null when it is done or somebody else has it. */
export async function takeItem(tx: Tx, updateId: string, caseId: string, state: 'waiting' | 'sent'): Promise<Item | null> {
  const { rows } = await sql<Item>`select ${itemColumns} from ${itemTables} where i.update_id = ${updateId}::uuid and i.case_id = ${caseId}::uuid and i.state = ${state} for update of i skip locked`.execute(tx)
  return rows[0] ? readItem(rows[0]) : null
}

export async function settleItem(tx: Tx, updateId: string, caseId: string, given: { state: ItemState; messageId?: string | null; code?: string | null }, at: Date): Promise<void> {
  await tx.updateTable('problem_update_item').set({ state: given.state, ...(given.messageId === undefined ? {} : { message_id: given.messageId }), code: given.code ?? null, settled_at: at })
    .where('update_id', '=', updateId).where('case_id', '=', caseId).execute()
}

/** Ends an update: what has not been sent is not. @returns how many. */
export async function endUpdate(tx: Tx, id: string, at: Date): Promise<number> {
  await tx.updateTable('problem_update').set({ undone_at: at }).where('id', '=', id).execute()
  const rows = await tx.updateTable('problem_update_item').set({ state: 'recalled', settled_at: at }).where('update_id', '=', id).where('state', '=', 'waiting').returning('case_id').execute()
  return rows.length
}
