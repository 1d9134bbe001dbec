import { newId, refuse as refuseAnything, violatedConstraint, type Actor, type Db, type Tx, type Work } from '#platform'
import { parseQuery } from '../query/model.ts'
import type { Column, Grouping, Sort } from '../lists/model.ts'
import { refuse } from '../refusals.ts'
import { copyName, mayChange, maySee, mayShareWith, type Asker, type Sharing, type ViewColour, type ViewIcon } from './model.ts'
import { deleteView, insertView, lockView, saveView, setPins, viewsByIds, viewsOf, type ShownView, type ViewRow } from './store.ts'

export interface ViewWords {
  name: string
  query: string
  sort?: Sort
  columns?: Column[]
  grouping?: Grouping | null
  icon?: ViewIcon
  colour?: ViewColour
}

export interface ViewSharing {
  with: Sharing
  team?: string | null
}

export const askerOf = (actor: Actor): Asker => ({
  id: actor.id, teamId: actor.teamId, leads: actor.roles.includes('lead'), administers: actor.kind === 'system' || actor.roles.includes('admin'),
})

/** One view that the actor sees. @throws view.notFound, for one that is another's own too. */
export async function requireView(db: Db | Tx, actor: Actor, id: string): Promise<ShownView> {
  const [view] = await viewsByIds(db, askerOf(actor), [id])
  if (!view) throw refuse('view.notFound')
  return view
}

/** Saves a filter under a name. It is one's own; only what nobody can own (a token has no screen) is shared from the beginning. */
export async function createView(work: Work, given: ViewWords & { shared?: ViewSharing; demo?: boolean }): Promise<ShownView> {
  requireQuery(given.query)
  const ownerId = work.actor.kind === 'agent' ? work.actor.id : null
  const { shared, teamId } = sharedAs(work.actor, given.shared ?? { with: 'no' })
  if (ownerId === null && shared === 'no') throw refuse('view.ownerless')
  const view: ViewRow = {
    id: newId(), name: given.name, query: given.query, sort: given.sort ?? 'active', columns: given.columns ?? [], grouping: given.grouping ?? null, icon: given.icon ?? 'dot', colour: given.colour ?? 'grey',
    ownerId, shared, teamId, archived: false, updatedAt: work.at, version: 1, demo: given.demo ?? false,
  }
  await insertView(work.tx, view).catch(teamMissing)
  tellView(work, view.id, 'view.created', { shared, ...(teamId ? { team: teamId } : {}) })
  return requireView(work.tx, work.actor, view.id)
}

/** A copy of one's own, of any view that one sees. */
export async function copyView(work: Work, id: string): Promise<ShownView> {
  const view = await requireView(work.tx, work.actor, id)
  const taken = await viewsOf(work.tx, askerOf(work.actor), { archived: false, after: null, limit: NAMES_MAX })
  const { query, sort, columns, grouping, icon, colour } = view
  return createView(work, { name: copyName(view.name, taken.map(({ name }) => name)), query, sort, columns, grouping, icon, colour })
}
const NAMES_MAX = 2_000

/** Changes what is given of a view; archiving takes it out of sight without losing it. */
export async function changeView(work: Work, id: string, given: Partial<ViewWords> & { archived?: boolean }, versionSeen: number | null = null): Promise<ShownView> {
  const before = await loadView(work, id, versionSeen)
  if (given.query !== undefined) requireQuery(given.query)
  await saveView(work.tx, {
    ...before, name: given.name ?? before.name, query: given.query ?? before.query, sort: given.sort ?? before.sort, columns: given.columns ?? before.columns,
    grouping: given.grouping === undefined ? before.grouping : given.grouping, icon: given.icon ?? before.icon, colour: given.colour ?? before.colour, archived: given.archived ?? before.archived,
  }, work.at)
  const { archived, ...words } = given
  if (Object.keys(words).length > 0) tellView(work, id, 'view.changed', { changed: Object.keys(words) })
  if (archived !== undefined && archived !== before.archived) tellView(work, id, archived ? 'view.archived' : 'view.restored')
  return requireView(work.tx, work.actor, id)
}

/** Shares a view with a team, with all, or with nobody any more. */
export async function shareView(work: Work, id: string, sharing: ViewSharing, versionSeen: number | null = null): Promise<ShownView> {
  const before = await loadView(work, id, versionSeen)
  const { shared, teamId } = sharedAs(work.actor, sharing)
  if (shared === 'no' && before.ownerId === null) throw refuse('view.ownerless')
  if (shared !== before.shared || teamId !== before.teamId) {
    await saveView(work.tx, { ...before, shared, teamId }, work.at).catch(teamMissing)
    tellView(work, id, 'view.shared', { with: shared, ...(teamId ? { team: teamId } : {}) })
  }
  // Whoever takes somebody else's view out of their team's sight does not see it any more either.
  const [seen] = await viewsByIds(work.tx, askerOf(work.actor), [id])
  return seen ?? { ...before, shared, teamId, version: before.version + 1, ownerName: null, teamName: null, pinned: null }
}

/** Deletes a view for good: one that was archived before. */
export async function dropView(work: Work, id: string, versionSeen: number | null = null): Promise<void> {
  const before = await loadView(work, id, versionSeen)
  if (!before.archived) throw refuse('view.notArchived')
  await deleteView(work.tx, id)
  tellView(work, id, 'view.deleted')
}

/** Puts views in sight for whoever asks, in this order; those that they do not see are left out. */
export async function pinViews(work: Work, ids: readonly string[]): Promise<string[]> {
  if (work.actor.kind !== 'agent') throw refuse('view.agentsOnly')
  const seen = new Set((await viewsByIds(work.tx, askerOf(work.actor), ids)).map(({ id }) => id))
  const pinned = [...new Set(ids)].filter((id) => seen.has(id))
  await setPins(work.tx, work.actor.id, pinned)
  work.tell('desk', { kind: 'view.pinned', subject: `agent:${work.actor.id}`, data: { views: pinned.length } })
  return pinned
}

async function loadView(work: Work, id: string, versionSeen: number | null): Promise<ViewRow> {
  const view = await lockView(work.tx, id)
  const who = askerOf(work.actor)
  if (!view || !maySee(view, who)) throw refuse('view.notFound')
  if (!mayChange(view, who)) throw refuse('view.notYours')
  if (versionSeen !== null && versionSeen !== view.version) throw refuseAnything('version.stale', { version: view.version, versionSeen })
  return view
}

function requireQuery(text: string) {
  const { problems } = parseQuery(text)
  if (problems.length > 0) throw refuse('view.queryInvalid', { errors: problems.map(({ code }) => ({ path: '/query', code })), problems })
}

function sharedAs(actor: Actor, sharing: ViewSharing): { shared: Sharing; teamId: string | null } {
  const teamId = sharing.with === 'team' ? sharing.team ?? actor.teamId : null
  if (sharing.with === 'team' && teamId === null) throw refuse('team.notFound', { errors: [{ path: '/team', code: 'team.notFound' }] })
  if (!mayShareWith(sharing.with, teamId, askerOf(actor))) throw refuse('view.mayNotShare')
  return { shared: sharing.with, teamId }
}

function teamMissing(error: unknown): never {
  throw violatedConstraint(error) === 'view_team_id_fkey' ? refuse('team.notFound', { errors: [{ path: '/team', code: 'team.notFound' }] }) : error
}

const tellView = (work: Work, id: string, kind: `view.${string}`, data: Record<string, unknown> = {}) => work.tell('desk', { kind, subject: `view:${id}`, data })
