import { setPresence } from '#people'
import type { Perform, Actor, Work } from '#platform'
import { tellCase } from '../cases/tell.ts'
import type { Staffing } from '../ports.ts'
import { goneWhy, route, type Decision, type RequeueReason } from './model.ts'
import { readSnapshot, type Waiting } from './snapshot.ts'
import {
  assignAll, forgetBegun, holdAgents, holdCases, holders, keepable, leftCases, missedCases, moveAll, noteGiven, noteMissed, noteTurns, outlookOf, overflowing, releaseAll, tryLockRouter, writeDecisions, type Returning,
} from './writes.ts'

/** So many cases are given in one unit of work. */
export const ROUND_MAX = 500
const RETURNS_MAX = 200

/**
 * One round: decides about everybody who waits in queues that push, and gives the cases out.
 *
 * What is promised, on any number of instances: one router decides at a time. At the instant at which a case is given, its agent holds no more than
 * their room with it: whoever takes, reopens or wakes a case for the same agent waits for the round or is counted by it (migration 0054). A case that
 * somebody changes meanwhile is left as they leave it. The router waits for nobody who changes cases, so it stands in nobody's way for longer than a round.
 * @returns how many cases were given; null while another instance is at it.
 */
export async function assignRound(work: Work, staffing: Staffing, assignmentsMax = ROUND_MAX): Promise<number | null> {
  if (!(await tryLockRouter(work.tx))) return null
  const held = new Set(await holdAgents(work.tx))
  const { waiting, agents, settings } = await readSnapshot(work.tx, { staffing, at: work.at, assignmentsMax, queues: ({ mode }) => mode === 'push' })
  // Who is available and could not be held is being given something: they are decided about in the next round.
  const steady = agents.filter(({ id, presence }) => presence !== 'available' || held.has(id))
  const decisions = route(waiting, steady, work.at, settings)
  return settle(work, decisions, new Map(waiting.map((found) => [found.id, found])))
}

async function settle(work: Work, decisions: readonly Decision[], waiting: ReadonlyMap<string, Waiting>): Promise<number> {
  const news = decisions.filter((decision) => decision.agentId !== null || waiting.get(decision.caseId)?.outlook !== outlookOf(decision))
  if (news.length === 0) return 0
  const cases = await holdCases(work.tx, news)
  const kept = news.filter(({ caseId }) => cases.has(caseId)).map((decision) => ({ ...keepable(decision), agentId: decision.agentId }))
  const wanted = kept.flatMap(({ caseId, agentId }) => (agentId === null ? [] : [{ caseId, agentId }]))
  const given = wanted.length > 0 ? await assignAll(work.tx, wanted, work.at) : []
  const gone = new Set(given.map(({ id }) => id))
  await writeDecisions(work.tx, kept.filter(({ caseId, agentId }) => agentId === null || gone.has(caseId)), work.at)
  const decisionOf = new Map(kept.map(({ caseId, id }) => [caseId, id]))
  for (const { id, number, version, teamId, agentId } of given) {
    const before = cases.get(id)?.teamId ?? null
    tellCase(work, { number, version }, 'case.assigned', { from: null, to: agentId, team: teamId, how: 'routed', decision: decisionOf.get(id) })
    if (before !== teamId) tellCase(work, { number, version }, 'team.changed', { from: before, to: teamId })
  }
  if (given.length === 0) return 0
  await noteGiven(work.tx, given, work.at)
  const order = new Map(wanted.map(({ caseId }, index) => [caseId, index]))
  await noteTurns(work.tx, new Map(given.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0)).map(({ id, agentId }) => [agentId, work.at.getTime() + (order.get(id) ?? 0) / 1_000])))
  return given.length
}

/** Takes back what somebody who is there did not open in time. @returns who is to be set to away for it. */
export async function takeMissed(work: Work): Promise<string[]> {
  if (!(await tryLockRouter(work.tx))) return []
  await forgetBegun(work.tx)
  const missed = await missedCases(work.tx, work.at, RETURNS_MAX)
  if (missed.length === 0) return []
  await noteMissed(work.tx, missed, work.at)
  await release(work, missed, () => 'noReaction')
  return [...new Set(missed.filter(({ awayWhenMissed }) => awayWhenMissed).map(({ agentId }) => agentId))]
}

/** Takes back what those who went have left. */
export async function takeLeft(work: Work, staffing: Staffing): Promise<number> {
  if (!(await tryLockRouter(work.tx))) return 0
  const there = await holders(work.tx)
  const onShift = await staffing.onShift(work.tx, there.map(({ id }) => id), work.at)
  const whys = new Map(there.flatMap(({ id, presence, presenceAt, deactivated }) => {
    const why = goneWhy({ presence, presenceAt: presenceAt.getTime(), deactivated, onShift: onShift.has(id) }, work.at.getTime())
    return why === null ? [] : [[id, why] as const]
  }))
  const left = await leftCases(work.tx, [...whys.keys()], RETURNS_MAX)
  if (left.length > 0) await release(work, left, ({ agentId }) => whys.get(agentId) ?? 'off')
  return left.length
}

async function release(work: Work, cases: readonly Returning[], why: (found: Returning) => RequeueReason) {
  const versions = await releaseAll(work.tx, cases.map(({ id }) => id), work.at)
  for (const found of cases) {
    const now = { number: found.number, version: versions.get(found.id) ?? found.version }
    tellCase(work, now, 'case.unassigned', { from: found.agentId, to: null, team: found.teamId, how: 'requeued' })
    tellCase(work, now, 'case.requeued', { from: found.agentId, why: why(found), queue: found.queueId })
  }
}

/** Moves what has waited too long on into the queue that takes over. */
export async function moveOverflow(work: Work): Promise<number> {
  if (!(await tryLockRouter(work.tx))) return 0
  const moved = await overflowing(work.tx, work.at, RETURNS_MAX)
  if (moved.length === 0) return 0
  const versions = await moveAll(work.tx, moved, work.at)
  for (const { id, number, version, queueId, to, waitedMs } of moved) {
    const now = { number, version: versions.get(id) ?? version }
    tellCase(work, now, 'queue.changed', { from: queueId, to, how: 'overflow' })
    tellCase(work, now, 'case.requeued', { why: 'overflow', from: queueId, queue: to, waitedMinutes: Math.round(waitedMs / 60_000) })
  }
  return moved.length
}

/** All that is due now: takes back, moves on, gives out. */
export async function routeAll(perform: Perform, actor: Actor, staffing: Staffing, assignmentsMax = ROUND_MAX): Promise<number> {
  for (const agentId of await perform(actor, takeMissed)) {
    // In a unit of work of its own: it waits for whoever changes the agent, and holds no cases meanwhile.
    await perform(actor, (work) => setPresence(work, agentId, 'away')).catch((error: unknown) => { if (!isRefusal(error)) throw error })
  }
  await perform(actor, (work) => takeLeft(work, staffing))
  await perform(actor, moveOverflow)
  let total = 0
  for (let given = assignmentsMax; given === assignmentsMax;) {
    given = await perform(actor, (work) => assignRound(work, staffing, assignmentsMax)) ?? 0
    total += given
  }
  return total
}

/** Whoever was deactivated meanwhile needs no presence. */
const isRefusal = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'agent.deactivated'
