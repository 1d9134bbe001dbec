import { refuse as refuseAnything, type Actor, type Db, type Work } from '#platform'
import { requireKnown } from '../actions/check.ts'
import type { CaseAction } from '../actions/model.ts'
import { refuse } from '../refusals.ts'
import { AGENT_CASES_STANDARD, casesMaxFor, type RunState } from './model.ts'
import { agentCasesMax, cancelWaiting, countItems, endRun, findRun, insertItems, insertRun, insertUndoItems, lockRun, setAgentCasesMax, stateOf, undosOf, type NewItem, type Run } from './store.ts'

export interface NewBulk {
  actions: CaseAction[]
  /** Chosen case by case, each in the version that was looked at, or found by `query`, when it was looked at. */
  cases: NewItem[]
  /** Where they are all that a query found: each is done only while it still matches. */
  query?: string | null
}

/** Begins a run over cases that are frozen here; it is worked off by jobs. */
export async function beginBulk(work: Work, { actions, cases, query = null }: NewBulk): Promise<Run> {
  const most = casesMaxFor(work.actor.roles, (await agentCasesMax(work.tx)) ?? AGENT_CASES_STANDARD)
  const chosen = [...new Map(cases.map((each) => [each.number, each])).values()]
  if (chosen.length > most) throw refuse('bulk.tooMany', { cases: chosen.length, casesMax: most })
  await requireKnown(work, actions)
  const id = await insertRun(work.tx, work.actor, { actions, query, undoOf: null }, work.at)
  const items = query === null ? chosen : chosen.map(({ number }) => ({ number, versionSeen: null }))
  const total = await insertItems(work.tx, id, items, work.actor.barred, actions.some((action) => action.do === 'reply'))
  if (total === 0) throw refuse('bulk.nothing')
  return begun(work, id, { total, actions: actions.map((action) => action.do) })
}

/** Begins to take a run back: in each case what still is as the run made it. */
export async function undoBulk(work: Work, id: string): Promise<Run> {
  const run = await requireRun(work.tx, work.actor, id)
  if (run.undoOf !== null) throw refuse('bulk.undoOfUndo')
  if (!run.finishedAt) throw refuse('bulk.running')
  // Of two who take it back at once, the second waits here and finds the first.
  await lockRun(work.tx, id)
  const undo = (await undosOf(work.tx, [id])).get(id)
  if (undo) throw refuse('bulk.undone', { run: undo.id })
  const undoing = await insertRun(work.tx, work.actor, { actions: run.actions, query: null, undoOf: id }, work.at)
  const total = await insertUndoItems(work.tx, undoing, id, work.actor.barred)
  if (total === 0) throw refuse('bulk.nothing')
  return begun(work, undoing, { total, undoOf: id })
}

/** Queues a run's work behind what people wait for; few runs work at a time, and each gets its turn. */
export const workBehind = (work: Work, id: string, waitMs = 0): void =>
  work.enqueue({ name: 'desk.bulk', payload: { run: id }, ...(waitMs > 0 ? { runAt: new Date(Date.now() + waitMs) } : {}), queue: `bulk-${Number.parseInt(id.slice(-4), 16) % LANES}`, priority: 10 })
const LANES = 2

async function begun(work: Work, id: string, data: Record<string, unknown>): Promise<Run> {
  workBehind(work, id)
  work.tell('desk', { kind: 'bulk.begun', subject: `bulk:${id}`, data })
  return reread(work, id)
}

/** Calls a run off: what has not begun stays as it is, what is done stays done. */
export async function cancelBulk(work: Work, id: string): Promise<Run> {
  await requireRun(work.tx, work.actor, id)
  const run = await lockRun(work.tx, id)
  if (!run || run.finishedAt) throw refuse('bulk.finished')
  const cases = await cancelWaiting(work.tx, id, work.at)
  await endRun(work.tx, id, work.at, 'cancelled')
  work.tell('desk', { kind: 'bulk.cancelled', subject: `bulk:${id}`, data: { cases } })
  return reread(work, id)
}

/** Ends a run of which nothing waits any more. @returns whether it is over */
export async function finishBulk(work: Work, id: string): Promise<boolean> {
  const ended = await endRun(work.tx, id, work.at, 'finished')
  if (ended) work.tell('desk', { kind: 'bulk.finished', subject: `bulk:${id}`, data: { ...(await countItems(work.tx, [id], [])).get(id) } })
  return ended
}

/** Says how many cases agents may change at once. */
export async function limitAgents(work: Work, cases: number): Promise<void> {
  await setAgentCasesMax(work.tx, cases, work.actor.id, work.at)
  work.tell('desk', { kind: 'bulk.limited', subject: 'bulk:limit', data: { cases } })
}

/** A run that the reader may look at: one's own; leads and administrators any. @throws bulk.notFound */
export async function requireRun(db: Db | Work['tx'], actor: Actor, id: string): Promise<Run> {
  const run = await findRun(db, id)
  if (!run || !seesRun(actor, run)) throw refuse('bulk.notFound')
  return run
}

const seesRun = (actor: Actor, run: Run): boolean => looksAfterAll(actor) || (run.actor.kind === actor.kind && run.actor.id === actor.id)
export const looksAfterAll = (actor: Actor): boolean => actor.kind === 'system' || actor.roles.some((role) => role === 'admin' || role === 'lead')

/** How a run stands. */
export const runState = (run: Run): RunState => stateOf(run)

async function reread(work: Work, id: string): Promise<Run> {
  const run = await findRun(work.tx, id)
  if (!run) throw refuseAnything('program.fault')
  return run
}
