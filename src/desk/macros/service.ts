import { refuse as refuseAnything, violatedConstraint, type Actor, type Work } from '#platform'
import { requireKnown } from '../actions/check.ts'
import type { CaseAction } from '../actions/model.ts'
import { refuse } from '../refusals.ts'
import { requireQueue } from '../queues/service.ts'
import { topicThere } from '../queues/store.ts'
import { faultOf, mayManage, mayUse, type Belonging, type MacroKind, type MacroScope } from './model.ts'
import { findMacro, insertMacro, keepVersion, lockMacro, saveMacro, type Macro, type MacroWords } from './store.ts'

export interface MacroChange {
  name?: string
  title?: string
  folder?: string
  scope?: MacroScope
  /** The team that shares it, for the scope `team`; one's own unless told. */
  team?: string | null
  topics?: string[]
  /** By key or id. */
  queues?: string[]
  actions?: CaseAction[]
  archived?: boolean
}

/** Writes a snippet or a macro: one's own, or one that is shared where the writer may share. */
export async function createMacro(work: Work, given: MacroChange & { kind: MacroKind; name: string; title: string; actions: CaseAction[] }): Promise<Macro> {
  const belonging = belongingOf(work.actor, given.scope ?? 'mine', given.team ?? null, null)
  requireManager(work.actor, belonging)
  const words: MacroWords = { kind: given.kind, name: given.name, title: given.title, folder: given.folder ?? '', ...belonging, topics: [], queueIds: [], ...(await places(work, given)), actions: given.actions, archived: false }
  await requireSound(work, words)
  const id = await insertMacro(work.tx, words, writer(work.actor), work.at).catch(refuseTaken)
  await keepVersion(work.tx, id, writer(work.actor), work.at)
  work.tell('desk', { kind: 'macro.created', subject: `macro:${id}`, data: { scope: words.scope } })
  return reread(work, id)
}

/** Changes what is given. What it said before stays readable as a version; cases hold what went out. @throws version.stale */
export async function changeMacro(work: Work, id: string, given: MacroChange, versionSeen: number | null = null): Promise<Macro> {
  const before = await lockMacro(work.tx, id)
  if (!before || !isSeen(work.actor, before)) throw refuse('macro.notFound')
  if (versionSeen !== null && versionSeen !== before.version) throw refuseAnything('version.stale', { version: before.version, versionSeen })
  requireManager(work.actor, before)
  const belonging = given.scope === undefined && given.team === undefined ? before : belongingOf(work.actor, given.scope ?? before.scope, given.team ?? before.teamId, before.ownerId)
  requireManager(work.actor, belonging)
  const { name = before.name, title = before.title, folder = before.folder, actions = before.actions, archived = before.archived } = given
  const { scope, ownerId, teamId } = belonging
  const words: MacroWords = { kind: before.kind, name, title, folder, scope, ownerId, teamId, topics: before.topics, queueIds: before.queueIds, ...(await places(work, given)), actions, archived }
  if (given.actions) await requireSound(work, words)
  await saveMacro(work.tx, { id, ...words }, writer(work.actor), work.at).catch(refuseTaken)
  if (given.actions || given.title) await keepVersion(work.tx, id, writer(work.actor), work.at)
  work.tell('desk', { kind: given.archived === undefined || given.archived === before.archived ? 'macro.changed' : archived ? 'macro.archived' : 'macro.restored', subject: `macro:${id}`, data: { changed: Object.keys(given), version: before.version + 1 } })
  return reread(work, id)
}

/** A macro that the actor may use or change. @throws macro.notFound also when it is somebody else's own */
export async function requireMacro(work: Pick<Work, 'tx' | 'actor'>, id: string): Promise<Macro> {
  const found = await findMacro(work.tx, id)
  if (!found || !isSeen(work.actor, found)) throw refuse('macro.notFound')
  return found
}

/** Says for a case that these were used in it; those that the actor does not have are left out. */
export async function noteUses(work: Work, number: number, ids: readonly string[], data: Record<string, unknown> = {}): Promise<void> {
  for (const id of new Set(ids)) {
    const macro = await findMacro(work.tx, id)
    if (macro && (mayUse(work.actor, macro) || mayManage(work.actor, macro))) work.tell('desk', { kind: 'macro.used', case: number, subject: `macro:${id}`, data: { ...data, macro: id, macroVersion: macro.version } })
  }
}

/** Whether it is there for somebody: to use, to change, or because leads look at what teams share. */
export const isSeen = (actor: Actor, macro: Belonging): boolean => mayUse(actor, macro) || mayManage(actor, macro)

const writer = (actor: Actor): string | null => (actor.kind === 'agent' ? actor.id : null)

function belongingOf(actor: Actor, scope: MacroScope, team: string | null, owner: string | null): Belonging {
  if (scope === 'everybody') return { scope, ownerId: null, teamId: null }
  if (scope === 'team') {
    const teamId = team ?? actor.teamId
    if (teamId === null) throw refuse('team.notFound', { errors: [{ path: '/team', code: 'team.notFound' }] })
    return { scope, ownerId: null, teamId }
  }
  if (owner === null && actor.kind !== 'agent') throw refuse('macro.nobodys', { errors: [{ path: '/scope', code: 'macro.nobodys' }] })
  return { scope, ownerId: owner ?? actor.id, teamId: null }
}

function requireManager(actor: Actor, belonging: Belonging) {
  if (!mayManage(actor, belonging)) throw refuseAnything('permission.missing', { permission: belonging.scope === 'everybody' ? 'admin' : 'lead' })
}

async function places(work: Work, { topics, queues }: MacroChange): Promise<Partial<Pick<MacroWords, 'topics' | 'queueIds'>>> {
  for (const topic of topics ?? []) if (!(await topicThere(work.tx, topic))) throw refuse('topic.notFound', { errors: [{ path: '/topics', code: 'topic.notFound' }] })
  const queueIds: string[] = []
  for (const queue of queues ?? []) queueIds.push(await requireQueue(work, queue))
  return { ...(topics ? { topics: [...new Set(topics)] } : {}), ...(queues ? { queueIds: [...new Set(queueIds)] } : {}) }
}

async function requireSound(work: Work, { kind, actions }: MacroWords) {
  const fault = faultOf(kind, actions)
  if (fault) throw refuse(fault.code, { names: fault.names, errors: [{ path: '/actions', code: fault.code }] })
  await requireKnown(work, actions)
}

function refuseTaken(error: unknown): never {
  const constraint = violatedConstraint(error)
  if (constraint === 'macro_name') throw refuse('macro.nameTaken', { errors: [{ path: '/name', code: 'macro.nameTaken' }] })
  if (constraint === 'macro_team_id_fkey') throw refuse('team.notFound', { errors: [{ path: '/team', code: 'team.notFound' }] })
  throw error
}

async function reread(work: Work, id: string): Promise<Macro> {
  const found = await findMacro(work.tx, id)
  if (!found) throw new Error('a macro that was saved is gone')
  return found
}
