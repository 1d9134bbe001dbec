import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { oneOf, type Db, type Tx } from '#platform'
import { columns, groupings, sorts, type Column, type Grouping, type Sort } from '../lists/model.ts'
import { sharings, viewColours, viewIcons, type Asker, type Sharing, type ViewColour, type ViewIcon } from './model.ts'

export interface ViewRow {
  id: string
  name: string
  query: string
  sort: Sort
  columns: Column[]
  grouping: Grouping | null
  icon: ViewIcon
  colour: ViewColour
  ownerId: string | null
  shared: Sharing
  teamId: string | null
  archived: boolean
  updatedAt: Date
  version: number
  demo: boolean
}

/** A view as a list of views shows it: with its people's names, and where it is pinned for the reader. */
export interface ShownView extends ViewRow {
  ownerName: string | null
  teamName: string | null
  pinned: number | null
}

const select = (db: Db | Tx, readerId: string | null) => db.selectFrom('view as v').leftJoin('agent as a', 'a.id', 'v.owner_id').leftJoin('team as t', 't.id', 'v.team_id')
  .leftJoin('view_pin as p', (join) => join.onRef('p.view_id', '=', 'v.id').on(sql<SqlBool>`p.agent_id = ${readerId}::uuid`))
  .select([
    'v.id', 'v.name', 'v.query', 'v.sort', 'v.columns', 'v.grouping', 'v.icon', 'v.colour', 'v.owner_id', 'v.shared', 'v.team_id', 'v.updated_at', 'v.version', 'v.demo',
    sql<boolean>`v.archived_at is not null`.as('archived'), 'a.name as owner_name', 't.name as team_name', 'p.place as pinned',
  ])

type Selected = Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>

/** A column or a group that this version does not know is left out rather than refused. */
const fromRow = (row: Selected): ShownView => ({
  id: row.id, name: row.name, query: row.query, sort: sorts.find((sort) => sort === row.sort) ?? 'active',
  columns: row.columns.flatMap((name) => columns.find((column) => column === name) ?? []), grouping: groupings.find((grouping) => grouping === row.grouping) ?? null,
  icon: viewIcons.find((icon) => icon === row.icon) ?? 'dot', colour: viewColours.find((colour) => colour === row.colour) ?? 'grey',
  ownerId: row.owner_id, shared: oneOf(sharings, row.shared), teamId: row.team_id, archived: row.archived, updatedAt: row.updated_at, version: row.version, demo: row.demo,
  ownerName: row.owner_name, teamName: row.team_name, pinned: row.pinned,
})

/** The same as `maySee`, over rows. */
const seenBy = (who: Asker): RawBuilder<SqlBool> =>
  sql<SqlBool>`(v.owner_id::text = ${who.id} or v.shared = 'all' or (v.shared = 'team' and (${who.administers}::boolean or v.team_id = ${who.teamId}::uuid)))`

export interface ViewPlace {
  name: string
  id: string
}

/** The views that somebody sees, by name. */
export async function viewsOf(db: Db | Tx, who: Asker, asked: { archived: boolean; after: ViewPlace | null; limit: number }): Promise<ShownView[]> {
  let query = select(db, readerOf(who)).where(seenBy(who)).where('v.archived_at', asked.archived ? 'is not' : 'is', null)
  if (asked.after) query = query.where(sql<SqlBool>`(lower(v.name), v.id) > (${asked.after.name}, ${asked.after.id}::uuid)`)
  return (await query.orderBy(sql`lower(v.name)`).orderBy('v.id').limit(asked.limit).execute()).map(fromRow)
}

/** These of the views that somebody sees, archived ones too. */
export async function viewsByIds(db: Db | Tx, who: Asker, ids: readonly string[]): Promise<ShownView[]> {
  return (await select(db, readerOf(who)).where(seenBy(who)).where(sql<SqlBool>`v.id = any(${[...ids]}::uuid[])`).execute()).map(fromRow)
}

/** A token has pins as little as it has a team. */
const readerOf = (who: Asker): string | null => (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(who.id) ? who.id : null)

/** Reads a view and keeps others from changing it until the unit of work ends. */
export async function lockView(tx: Tx, id: string): Promise<ViewRow | null> {
  const there = await tx.selectFrom('view').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  const row = there && (await select(tx, null).where('v.id', '=', id).executeTakeFirst())
  return row ? fromRow(row) : null
}

export async function insertView(tx: Tx, view: ViewRow): Promise<void> {
  await tx.insertInto('view').values({
    id: view.id, name: view.name, query: view.query, sort: view.sort, columns: view.columns, grouping: view.grouping, icon: view.icon, colour: view.colour,
    owner_id: view.ownerId, shared: view.shared, team_id: view.teamId, created_at: view.updatedAt, updated_at: view.updatedAt, demo: view.demo,
  }).execute()
}

export async function saveView(tx: Tx, view: ViewRow, at: Date): Promise<void> {
  await tx.updateTable('view').set({
    name: view.name, query: view.query, sort: view.sort, columns: view.columns, grouping: view.grouping, icon: view.icon, colour: view.colour, shared: view.shared, team_id: view.teamId,
    archived_at: view.archived ? sql`coalesce(archived_at, ${at}::timestamptz)` : null, updated_at: at, version: sql`version + 1`,
  }).where('id', '=', view.id).execute()
}

export async function deleteView(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('view').where('id', '=', id).execute()
}

/** Puts these views in sight for somebody, in this order, and no others. */
export async function setPins(tx: Tx, agentId: string, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('view_pin').where('agent_id', '=', agentId).execute()
  if (ids.length > 0) await tx.insertInto('view_pin').values(ids.map((id, place) => ({ agent_id: agentId, view_id: id, place }))).execute()
}
