import { inOrder, needsAfter, roomFor, takeBy, weightOf } from './order.ts'
import {
  obstacles, pulled, type CandidateAgent, type Choice, type Decision, type Obstacle, type Others, type QueueRouting, type Ranked, type RoutingSettings, type SkillNeed, type WaitingCase,
} from './words.ts'

const MINUTE_MS = 60_000
const BEST_SHOWN = 5
const OTHERS_NAMED = 5

/** Somebody in this round: what was given grows with each case. */
interface Desk {
  agent: CandidateAgent
  place: number
  load: number
  lastAssignedAt: number | null
  /** The case for which this person's room is kept until it is large enough. */
  keptFor: number | null
}

type Found = ReadonlyMap<Obstacle, readonly Desk[]>

/** Who could take cases of one queue with the same needs, were they free; who never in this round, and why. */
interface Circle {
  able: readonly Desk[]
  others: Found
  /** What was found when nobody had room for so much: it stays so, since a round only gives. */
  spent: Map<number, Found>
}

interface Round {
  desks: readonly Desk[]
  circles: Map<string, Circle>
  now: number
  /** Orders assignments of one instant. */
  given: number
  settings: RoutingSettings
}

/**
 * Decides who gets which of the waiting cases, the most urgent first; cases of queues that do not push are left out. Nobody gets a case above
 * their room, without a skill that is asked for, from a queue that is not theirs, off shift or not available. Deterministic, whatever the order of what is given.
 */
export function route(waiting: readonly WaitingCase[], agents: readonly CandidateAgent[], now: Date, settings: RoutingSettings): Decision[] {
  const round = openRound(agents, now.getTime(), settings)
  const decisions: Decision[] = []
  for (const found of inOrder(waiting, settings)) {
    if (round.given >= settings.assignmentsMax) break
    const queue = settings.queues.get(found.queueId)
    if (queue?.mode === 'push') decisions.push(decide(round, found, queue))
  }
  return decisions
}

/** Who would be best for one case, whether or not its queue pushes, and without regard to what others would get before. */
export function whoFor(found: WaitingCase, agents: readonly CandidateAgent[], now: Date, settings: RoutingSettings): Decision {
  return decide(openRound(agents, now.getTime(), settings), found, settings.queues.get(found.queueId) ?? pulled(found.queueId))
}

/** Why this person could never take the case now, however free; null when nothing stands against it but room. Without their presence and shift for who asks for work by hand. */
export function barrierOf(agent: CandidateAgent, queue: QueueRouting, asked: readonly SkillNeed[], byHand = false): Obstacle | null {
  if (!isMember(agent, queue)) return 'otherQueue'
  if (asked.some((need) => (agent.skills.get(need.skillId) ?? 0) < need.level)) return 'noSkill'
  if (byHand) return null
  if (!agent.onShift) return 'offShift'
  return agent.presence === 'available' ? null : 'notAvailable'
}

/** Whether somebody works a queue: of its teams; where none is named everybody, behind a wall administrators. */
export function isMember(agent: Pick<CandidateAgent, 'teamId' | 'admin'>, { teams, walled }: Pick<QueueRouting, 'teams' | 'walled'>): boolean {
  if (teams.length === 0) return !walled || agent.admin
  return agent.teamId !== null && teams.includes(agent.teamId)
}

function openRound(agents: readonly CandidateAgent[], now: number, settings: RoutingSettings): Round {
  const desks = [...agents].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)).map((agent, place): Desk => ({ agent, place, load: agent.load, lastAssignedAt: agent.lastAssignedAt, keptFor: null }))
  return { desks, circles: new Map(), now, given: 0, settings }
}

function decide(round: Round, found: WaitingCase, queue: QueueRouting): Decision {
  const waitedMs = Math.max(0, round.now - found.queuedAt)
  const { asked, dropped } = needsAfter(found.needs, waitedMs)
  const [due, weight] = [takeBy(found, round.settings), weightOf(queue, found.channel)]
  const circle = circleOf(round, queue, asked)
  const { free, blocked } = freeIn(circle, found, queue, weight)
  const best = bestOf(free, round, found.number)
  const owner = free.find(({ agent }) => agent.id === found.ownerId && queue.stickyMinutes !== null)
  const until = owner ? null : ownerAwaitedUntil(round, circle, blocked, found, queue, due.at)
  const chosen = until === null ? owner ?? best[0] ?? null : null
  if (!chosen && due.at <= round.now) keepRoom(circle, found, queue, weight)
  const decision: Decision = {
    caseId: found.id, number: found.number, version: found.version, queueId: found.queueId, waitedMs, until, agentId: chosen?.agent.id ?? null,
    why: until !== null ? 'waitsForOwner' : chosen === null ? 'nobody' : chosen === owner ? 'owner' : whyFirst(best),
    reasons: {
      takeBy: due.at, takeByWhy: due.why, weight, needs: asked, dropped, ownerId: found.ownerId, able: free.length,
      best: best.map((desk) => rankedOf(desk, round.now)), others: othersOf(circle.others, blocked),
    },
  }
  if (chosen) give(round, chosen, weight)
  return decision
}

function give(round: Round, desk: Desk, weight: number) {
  desk.load += weight
  // A thousandth of a millisecond apart, so that of two in one instant the later stays the later.
  desk.lastAssignedAt = round.now + round.given / 1_000
  round.given += 1
}

function circleOf(round: Round, queue: QueueRouting, asked: readonly SkillNeed[]): Circle {
  const key = [queue.queueId, ...asked.map(({ skillId, level }) => `${skillId} ${level}`).sort()].join(' ')
  const known = round.circles.get(key)
  if (known) return known
  const able: Desk[] = []
  const others = new Map<Obstacle, Desk[]>()
  for (const desk of round.desks) {
    const barrier = barrierOf(desk.agent, queue, asked)
    if (barrier === null) able.push(desk)
    else note(others, barrier, desk)
  }
  const circle: Circle = { able, others, spent: new Map() }
  round.circles.set(key, circle)
  return circle
}

function note(found: Map<Obstacle, Desk[]>, obstacle: Obstacle, desk: Desk) {
  const those = found.get(obstacle)
  if (those) those.push(desk)
  else found.set(obstacle, [desk])
}

/** Whoever did not react to the case gets it again only after they said anew that they are there. */
const hasMissed = (desk: Desk, found: WaitingCase) => found.missed.some(({ agentId, at }) => agentId === desk.agent.id && desk.agent.presenceAt <= at)

function freeIn(circle: Circle, found: WaitingCase, queue: QueueRouting, weight: number): { free: Desk[]; blocked: Found } {
  const spent = found.missed.length === 0 ? circle.spent.get(weight) : undefined
  if (spent) return { free: [], blocked: spent }
  const free: Desk[] = []
  const blocked = new Map<Obstacle, Desk[]>()
  for (const desk of circle.able) {
    if (hasMissed(desk, found)) note(blocked, 'didNotReact', desk)
    else if (desk.load + weight > roomFor(queue, desk.agent.capacity)) note(blocked, 'full', desk)
    else if (desk.keptFor !== null && desk.keptFor !== found.number) note(blocked, 'keptFree', desk)
    else free.push(desk)
  }
  if (free.length === 0 && found.missed.length === 0) circle.spent.set(weight, blocked)
  return { free, blocked }
}

/**
 * A case past its time that is larger than the room of everybody who could take it would wait for ever behind smaller ones: the largest room is kept
 * for it. Room that a round keeps can only grow until the next, so that it is large enough at last.
 */
function keepRoom(circle: Circle, found: WaitingCase, queue: QueueRouting, weight: number) {
  if (weight <= 1) return
  const roomOf = (desk: Desk) => roomFor(queue, desk.agent.capacity) - desk.load
  let largest: Desk | null = null
  for (const desk of circle.able) {
    if (desk.keptFor !== null || hasMissed(desk, found) || roomOf(desk) <= 0 || roomFor(queue, desk.agent.capacity) < weight) continue
    if (!largest || roomOf(desk) > roomOf(largest)) largest = desk
  }
  if (largest) largest.keptFor = found.number
}

/** Until when the case waits for whoever answered its customer last: while they are here and only full or not free, and the case has time. */
function ownerAwaitedUntil(round: Round, circle: Circle, blocked: Found, found: WaitingCase, queue: QueueRouting, due: number): number | null {
  const until = Math.min(found.queuedAt + (queue.stickyMinutes ?? 0) * MINUTE_MS, due)
  if (found.ownerId === null || until <= round.now) return null
  const isOwner = (desk: Desk) => desk.agent.id === found.ownerId
  const here = blocked.get('full')?.some(isOwner) || blocked.get('keptFree')?.some(isOwner) || circle.others.get('notAvailable')?.some((desk) => isOwner(desk) && desk.agent.presence !== 'off')
  return here ? until : null
}

const relativeLoad = (desk: Desk) => desk.load / desk.agent.capacity

/** The freer, else who waits longest since the last assignment, else whose turn it is: that moves on with the number of the case. */
function compare(a: Desk, b: Desk, round: Round, number: number): number {
  const turn = (desk: Desk) => (desk.place + round.desks.length - (number % round.desks.length)) % round.desks.length
  return relativeLoad(a) - relativeLoad(b) || byLastAssigned(a, b) || turn(a) - turn(b)
}

const byLastAssigned = (a: Desk, b: Desk) => (a.lastAssignedAt === b.lastAssignedAt ? 0 : a.lastAssignedAt === null ? -1 : b.lastAssignedAt === null ? 1 : a.lastAssignedAt - b.lastAssignedAt)

function bestOf(free: readonly Desk[], round: Round, number: number): Desk[] {
  const best: Desk[] = []
  for (const desk of free) {
    const last = best[BEST_SHOWN - 1]
    if (last && compare(desk, last, round, number) >= 0) continue
    const at = best.findIndex((other) => compare(desk, other, round, number) < 0)
    best.splice(at === -1 ? best.length : at, 0, desk)
    best.length = Math.min(best.length, BEST_SHOWN)
  }
  return best
}

function whyFirst([first, second]: readonly Desk[]): Choice {
  if (!first || !second) return 'only'
  if (relativeLoad(first) !== relativeLoad(second)) return 'leastLoaded'
  return byLastAssigned(first, second) === 0 ? 'turn' : 'longestWithout'
}

const rankedOf = (desk: Desk, now: number): Ranked =>
  ({ agentId: desk.agent.id, load: desk.load, capacity: desk.agent.capacity, withoutMs: desk.lastAssignedAt === null ? null : Math.max(0, Math.round(now - desk.lastAssignedAt)) })

function othersOf(...founds: readonly Found[]): Others[] {
  return obstacles.flatMap((obstacle) => {
    const desks = founds.flatMap((found) => found.get(obstacle) ?? [])
    return desks.length === 0 ? [] : [{ obstacle, count: desks.length, some: desks.slice(0, OTHERS_NAMED).map(({ agent }) => agent.id) }]
  })
}
