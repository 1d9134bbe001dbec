import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { newId, oneOf, type Actor, type Db, type Tx } from '#platform'
import type { CaseAction } from '../actions/model.ts'
import { macroKinds, macroScopes, type Belonging, type MacroKind } from './model.ts'

export interface Macro extends Belonging {
  id: string
  kind: MacroKind
  name: string
  title: string
  folder: string
  topics: string[]
  queueIds: string[]
  actions: CaseAction[]
  archived: boolean
  version: number
  updatedAt: Date
  updatedBy: string | null
}

interface Row extends Omit<Macro, 'kind' | 'scope'> {
  kind: string
  scope: string
}

const columns = sql`m.id, m.kind, m.name, m.title, m.folder, m.scope, m.owner_id as "ownerId", m.team_id as "teamId", m.topics, m.queue_ids as "queueIds", m.actions, m.archived_at is not null as archived,
  m.version, m.updated_at as "updatedAt", m.updated_by as "updatedBy"`
const fromRow = (row: Row): Macro => ({ ...row, kind: oneOf(macroKinds, row.kind), scope: oneOf(macroScopes, row.scope) })

export async function findMacro(db: Db | Tx, id: string): Promise<Macro | null> {
  const { rows: [row] } = await sql<Row>`select ${columns} from macro m where m.id = ${id}::uuid`.execute(db)
  return row ? fromRow(row) : null
}

export async function lockMacro(tx: Tx, id: string): Promise<Macro | null> {
  const { rows: [row] } = await sql<Row>`select ${columns} from macro m where m.id = ${id}::uuid for update`.execute(tx)
  return row ? fromRow(row) : null
}

/** `use`: what somebody finds when they write. `library`: besides, what they may change and what teams share, archived ones too. */
export async function macrosFor(db: Db, actor: Actor, reach: 'use' | 'library'): Promise<Macro[]> {
  const agentId = actor.kind === 'agent' ? actor.id : null
  const use = sql<SqlBool>`(m.scope = 'everybody' or m.team_id = ${actor.teamId}::uuid or m.owner_id = ${agentId}::uuid)`
  const wanted: RawBuilder<SqlBool> = reach === 'use' ? sql<SqlBool>`${use} and m.archived_at is null`
    : actor.roles.includes('admin') ? sql<SqlBool>`true` : actor.roles.includes('lead') ? sql<SqlBool>`(${use} or m.scope = 'team')` : use
  const { rows } = await sql<Row>`select ${columns} from macro m where ${wanted} order by lower(m.title), m.id`.execute(db)
  return rows.map(fromRow)
}

export type MacroWords = Pick<Macro, 'kind' | 'name' | 'title' | 'folder' | 'scope' | 'ownerId' | 'teamId' | 'topics' | 'queueIds' | 'actions' | 'archived'>

export async function insertMacro(tx: Tx, given: MacroWords, by: string | null, at: Date): Promise<string> {
  const id = newId()
  await sql`insert into macro (id, kind, name, title, folder, scope, owner_id, team_id, topics, queue_ids, actions, created_at, updated_at, updated_by)
    values (${id}, ${given.kind}, ${given.name}, ${given.title}, ${given.folder}, ${given.scope}, ${given.ownerId}, ${given.teamId}, ${given.topics}, ${given.queueIds}::uuid[], ${JSON.stringify(given.actions)}::jsonb,
      ${at}, ${at}, ${by}::uuid)`.execute(tx)
  return id
}

/** Saves as the next version. */
export async function saveMacro(tx: Tx, { id, ...given }: MacroWords & { id: string }, by: string | null, at: Date): Promise<void> {
  await sql`update macro set name = ${given.name}, title = ${given.title}, folder = ${given.folder}, scope = ${given.scope}, owner_id = ${given.ownerId}, team_id = ${given.teamId}, topics = ${given.topics},
    queue_ids = ${given.queueIds}::uuid[], actions = ${JSON.stringify(given.actions)}::jsonb, archived_at = case when ${given.archived} then coalesce(archived_at, ${at}::timestamptz) end,
    updated_at = ${at}, updated_by = ${by}::uuid, version = version + 1 where id = ${id}::uuid`.execute(tx)
}

/** Keeps what the macro says now, under its version. */
export async function keepVersion(tx: Tx, id: string, by: string | null, at: Date): Promise<void> {
  await sql`insert into macro_version (macro_id, version, title, actions, at, by_agent) select id, version, title, actions, ${at}::timestamptz, ${by}::uuid from macro where id = ${id}::uuid`.execute(tx)
}

export interface MacroVersion {
  version: number
  title: string
  actions: CaseAction[]
  at: Date
  by: string | null
}

/** What it said over time, the newest first. */
export async function versionsOf(db: Db, id: string): Promise<MacroVersion[]> {
  const { rows } = await sql<MacroVersion>`select version, title, actions, at, by_agent as by from macro_version where macro_id = ${id}::uuid order by version desc limit 200`.execute(db)
  return rows
}
