import { maskCards } from '#language'
import { Refusal, type Work } from '#platform'
import { loadCase, loadWorkable } from '../cases/load.ts'
import { isUnsolved } from '../cases/model.ts'
import { changeCase } from '../cases/service.ts'
import { saveCase, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import { refuse } from '../refusals.ts'
import type { UpdateStatus } from './model.ts'
import { addItems, endUpdate, findUpdate, hasIncidents, incidentsOf, insertUpdate, type Update } from './store.ts'

export interface Linking {
  number: number
  outcome: 'linked' | 'already' | 'refused'
  code: string | null
}

/** Makes cases incidents of a problem: what can be is, and of each of the others it says why not. A case that gets its first incident is a problem from now on. */
export async function linkIncidents(work: Work, number: number, numbers: readonly number[], versionSeen: number | null = null): Promise<{ problem: CaseRow; results: Linking[] }> {
  const others = [...new Set(numbers)].sort((a, b) => a - b)
  const before = others.filter((other) => other < number)
  const loaded = new Map<number, CaseRow | Refusal>()
  // Locked in the order of their numbers, the problem among them.
  for (const other of before) loaded.set(other, await attempt(work, other))
  const problem = await loadWorkable(work, number, versionSeen)
  if (problem.parentId) throw refuse('problem.nested')
  for (const other of others.filter((one) => one >= number)) loaded.set(other, other === number ? refuse('link.self') : await attempt(work, other))
  const results: Linking[] = []
  const linked: CaseRow[] = []
  for (const [other, found] of loaded) {
    const refusal = found instanceof Error ? found : await hinders(work, problem, found)
    if (refusal) results.push({ number: other, outcome: 'refused', code: refusal.code })
    else if (!(found instanceof Error) && found.parentId === problem.id) results.push({ number: other, outcome: 'already', code: null })
    else if (!(found instanceof Error)) {
      linked.push(await becomeIncident(work, problem, found))
      results.push({ number: other, outcome: 'linked', code: null })
    }
  }
  return { problem: linked.length > 0 ? await becomeProblem(work, problem, linked) : problem, results: results.sort((a, b) => a.number - b.number) }
}

async function attempt(work: Work, number: number): Promise<CaseRow | Refusal> {
  try {
    return await loadWorkable(work, number)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** A problem is no incident: updates go one step down, and no further. */
async function hinders(work: Work, problem: CaseRow, found: CaseRow): Promise<Refusal | null> {
  if (await hasIncidents(work.tx, found.id)) return refuse('problem.nested')
  return found.parentId !== null && found.parentId !== problem.id ? refuse('problem.another') : null
}

async function becomeIncident(work: Work, problem: CaseRow, found: CaseRow): Promise<CaseRow> {
  const saved = await saveCase(work.tx, { ...found, parentId: problem.id, kind: found.kind === 'question' ? 'incident' : found.kind }, work.at)
  tellCase(work, saved, 'case.linkedToProblem', { problem: problem.number })
  if (saved.kind !== found.kind) tellCase(work, saved, 'kind.changed', { from: found.kind, to: saved.kind })
  return saved
}

async function becomeProblem(work: Work, problem: CaseRow, linked: readonly CaseRow[]): Promise<CaseRow> {
  const saved = await saveCase(work.tx, { ...problem, kind: 'problem' }, work.at)
  tellCase(work, saved, 'incident.linked', { incidents: linked.map(({ number }) => number) })
  if (problem.kind !== 'problem') tellCase(work, saved, 'kind.changed', { from: problem.kind, to: 'problem' })
  return saved
}

/** Takes a case off its problem. */
export async function unlinkIncident(work: Work, number: number, incident: number): Promise<CaseRow> {
  const first = await loadCase(work, Math.min(number, incident))
  const second = await loadCase(work, Math.max(number, incident))
  const [problem, found] = first.number === number ? [first, second] : [second, first]
  if (found.parentId !== problem.id) throw refuse('problem.notIncident')
  tellCase(work, await saveCase(work.tx, { ...found, parentId: null }, work.at), 'case.unlinkedFromProblem', { problem: problem.number })
  const saved = await saveCase(work.tx, problem, work.at)
  tellCase(work, saved, 'incident.unlinked', { incident: found.number })
  return saved
}

export interface NewUpdate {
  /** With variables; each incident gets its own. */
  body: string
  /** What the incidents are afterwards; left out, they stay as replies leave them. */
  status?: UpdateStatus | undefined
  /** What the problem itself becomes with it. */
  problemStatus?: UpdateStatus | undefined
  /** Numbers; left out: all that are not solved. */
  incidents?: number[] | undefined
}

/** Takes an update for all incidents: durable now, sent one by one behind, each to its own customer. */
export async function sendUpdate(work: Work, number: number, given: NewUpdate, versionSeen: number | null = null): Promise<{ update: string; found: CaseRow }> {
  const problem = await loadWorkable(work, number, versionSeen)
  const all = await incidentsOf(work.tx, problem.id, work.actor.kind === 'system' ? [] : work.actor.barred)
  const wanted = given.incidents === undefined ? all.filter(({ status }) => isUnsolved(status)) : all.filter((incident) => given.incidents?.includes(incident.number) && incident.status !== 'closed')
  if (wanted.length === 0) throw refuse('problem.noIncidents')
  const update = await insertUpdate(work.tx, {
    caseId: problem.id, body: maskCards(given.body).text, status: given.status ?? null, agentId: work.actor.kind === 'agent' ? work.actor.id : null, byName: work.actor.name, at: work.at,
    incidents: wanted.map(({ id }) => id),
  })
  workBehind(work, update)
  const saved = await saveCase(work.tx, problem, work.at)
  tellCase(work, saved, 'problem.updated', { update, incidents: wanted.length, ...(given.status ? { status: given.status } : {}) })
  return { update, found: given.problemStatus ? await changeCase(work, number, { status: given.problemStatus }) : saved }
}

/** Sends an update also to incidents that joined later. */
export async function sendUpdateOn(work: Work, number: number, updateId: string, numbers: readonly number[]): Promise<number> {
  const { problem, update } = await loadUpdate(work, number, updateId)
  if (update.undoneAt) throw refuse('update.undone')
  const wanted = (await incidentsOf(work.tx, problem.id, work.actor.kind === 'system' ? [] : work.actor.barred)).filter((incident) => numbers.includes(incident.number) && incident.status !== 'closed')
  const added = await addItems(work.tx, update.id, wanted.map(({ id }) => id))
  if (added === 0) throw refuse('problem.noIncidents')
  workBehind(work, update.id)
  tellCase(work, problem, 'problem.updated', { update: update.id, incidents: added, later: true })
  return added
}

/** Stops an update, and takes back what has not left; what has left has left. */
export async function undoUpdate(work: Work, number: number, updateId: string): Promise<void> {
  const { problem, update } = await loadUpdate(work, number, updateId)
  if (update.undoneAt) throw refuse('update.undone')
  const stopped = await endUpdate(work.tx, update.id, work.at)
  workBehind(work, update.id)
  tellCase(work, problem, 'problem.recalled', { update: update.id, recalled: stopped })
}

async function loadUpdate(work: Work, number: number, updateId: string): Promise<{ problem: CaseRow; update: Update }> {
  const problem = await loadCase(work, number)
  const update = await findUpdate(work.tx, updateId)
  if (!update || update.caseId !== problem.id) throw refuse('update.notFound')
  return { problem, update }
}

export const workBehind = (work: Work, update: string) =>
  work.enqueue({ name: 'desk.problemUpdate', payload: { update, by: work.actor.kind === 'agent' ? work.actor.id : null }, key: `desk.problemUpdate:${update}` })
