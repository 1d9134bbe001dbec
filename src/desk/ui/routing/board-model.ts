import { inOrder, route, takeBy, whoFor, type CandidateAgent, type Decision, type RoutingSettings, type WaitingCase } from '../../routing/model.ts'
import type { Board, BoardAgent, BoardCase, BoardQueue } from './data.ts'

/** What the board makes of the snapshot: the same decision as the router's, in the browser, so that "what if" answers at once. */

export type Supposed = ReadonlyMap<string, BoardAgent['presence']>

export interface Placed {
  found: BoardCase
  takeBy: number
  /** Of a queue that is pulled: who would be best for it, were it given out. */
  decision: Decision
}

export interface QueueOnBoard {
  queue: BoardQueue
  cases: Placed[]
}

const agentOf = ({ skills, ...agent }: BoardAgent, supposed: Supposed): CandidateAgent => {
  const presence = supposed.get(agent.id)
  return { ...agent, skills: new Map(Object.entries(skills)), ...(presence === undefined ? {} : { presence, onShift: presence !== 'off' }) }
}

const settingsOf = (board: Board): RoutingSettings =>
  ({ queues: new Map(board.queues.map((queue) => [queue.queueId, queue])), patienceMinutes: board.rules.patienceMinutes, assignmentsMax: Number.POSITIVE_INFINITY })

/** Everything that waits, by queue and in order, with who gets it next. Queues that push come first, then those where more waits. */
export function placeAll(board: Board, supposed: Supposed = new Map()): QueueOnBoard[] {
  const [settings, agents, now] = [settingsOf(board), board.agents.map((agent) => agentOf(agent, supposed)), new Date(board.at)]
  const given = new Map(route(board.cases, agents, now, settings).map((decision) => [decision.number, decision]))
  const ordered = inOrder<BoardCase & WaitingCase>(board.cases, settings)
  const placed = ordered.map((found): Placed => ({ found, takeBy: takeBy(found, settings).at, decision: given.get(found.number) ?? whoFor(found, agents, now, settings) }))
  const rank = ({ queue }: QueueOnBoard) => (queue.mode === 'push' ? 0 : 1)
  return board.queues.map((queue) => ({ queue, cases: placed.filter(({ found }) => found.queueId === queue.queueId) }))
    .filter(({ queue, cases }) => queue.mode === 'push' || cases.length > 0).toSorted((a, b) => rank(a) - rank(b) || b.queue.waiting - a.queue.waiting)
}

export interface Difference {
  /** Cases that go to somebody else than they would. */
  moved: number
  /** That somebody would take, and nobody does then. */
  lost: number
  gained: number
}

/** What a supposition changes for cases of queues that push. */
export function differenceOf(now: readonly QueueOnBoard[], then: readonly QueueOnBoard[]): Difference {
  const before = new Map(now.filter(({ queue }) => queue.mode === 'push').flatMap(({ cases }) => cases.map(({ decision }) => [decision.number, decision.agentId] as const)))
  const after = then.flatMap(({ cases }) => cases.flatMap(({ decision }) => (before.has(decision.number) ? [{ was: before.get(decision.number) ?? null, is: decision.agentId }] : [])))
  return {
    moved: after.filter(({ was, is }) => was !== null && is !== null && was !== is).length, lost: after.filter(({ was, is }) => was !== null && is === null).length,
    gained: after.filter(({ was, is }) => was === null && is !== null).length,
  }
}

/** Who works cases now first: by presence, then by how full they are. */
export const agentsInOrder = (agents: readonly BoardAgent[]): BoardAgent[] => {
  const rank = ['available', 'busy', 'away', 'off']
  return agents.toSorted((a, b) => rank.indexOf(a.presence) - rank.indexOf(b.presence) || b.load / Math.max(1, b.capacity) - a.load / Math.max(1, a.capacity) || a.name.localeCompare(b.name))
}
