import type { Priority } from '../cases/model.ts'

/** What routing decides about, as plain values: the same in the server's router and in a lead's browser. Instants are milliseconds since 1970. */

export const modes = ['push', 'pull'] as const
/** `push`: the queue's cases are given to people; `pull`: people take them. */
export type Mode = (typeof modes)[number]

export const takeBacks = ['never', 'unbegun', 'waiting'] as const
/** What returns to the queue when its agent goes: nothing, what the agent has not begun, or everything that waits for us. */
export type TakeBack = (typeof takeBacks)[number]

export const needSources = ['queue', 'topic', 'language', 'case'] as const
export type NeedSource = (typeof needSources)[number]

/** A skill that whoever takes the case must have, at least at this level. */
export interface SkillNeed {
  skillId: string
  /** From 1 to 5. */
  level: number
  /** After so long without anybody the case goes on without it; null: never. Several are dropped one after the other, each after its own wait. */
  dropAfterMinutes: number | null
  source: NeedSource
}

/** How a queue gives its cases out. */
export interface QueueRouting {
  queueId: string
  mode: Mode
  /** Members come from these teams; none named: everybody who works cases. */
  teams: readonly string[]
  walled: boolean
  /** How much of an agent's capacity a case takes, by its channel; 1 where nothing is said. */
  weights: Readonly<Record<string, number>>
  /** The queue fills its agents up to this share of their capacity, so that room is left for others. */
  capacityPercent: number
  /** How long a case waits for whoever answered its customer last; 0: they come first when they are free; null: nobody is preferred. */
  stickyMinutes: number | null
  /** An agent who is there and does not open a case that was given loses it after so long; null: never. */
  acceptMinutes: number | null
  /** Whoever lost a case that way is set to away. */
  awayWhenMissed: boolean
  overflow: { queueId: string; afterMinutes: number } | null
  takeBack: TakeBack
}

export interface RoutingSettings {
  queues: ReadonlyMap<string, QueueRouting>
  /** How long a case of each priority may wait for somebody when no promise is due before: what orders cases, and why none starves. */
  patienceMinutes: Readonly<Record<Priority, number>>
  /** The round ends after so many assignments. */
  assignmentsMax: number
}

export interface WaitingCase {
  id: string
  number: number
  version: number
  queueId: string
  priority: Priority
  channel: string
  /** The soonest promise that runs. */
  dueAt: number | null
  /** Since when the customer waits for us. */
  waitingSince: number
  /** Since when it lies in this queue without anybody. */
  queuedAt: number
  needs: readonly SkillNeed[]
  /** Who answered this customer last. */
  ownerId: string | null
  /** Who was given the case and did not react, and when it was taken back. */
  missed: readonly { agentId: string; at: number }[]
}

export interface CandidateAgent {
  id: string
  teamId: string | null
  admin: boolean
  presence: 'available' | 'busy' | 'away' | 'off'
  presenceAt: number
  onShift: boolean
  /** Levels by the id of the skill. */
  skills: ReadonlyMap<string, number>
  /** Weighted cases that wait for the agent now. */
  load: number
  capacity: number
  /** When the agent was last given a case; null: not yet. */
  lastAssignedAt: number | null
}

/** Why somebody does not get a case, in the order in which it is looked at: the first that holds is told. */
export const obstacles = ['otherQueue', 'noSkill', 'offShift', 'notAvailable', 'didNotReact', 'full', 'keptFree'] as const
export type Obstacle = (typeof obstacles)[number]

export const choices = ['owner', 'only', 'leastLoaded', 'longestWithout', 'turn'] as const
/** What made the difference between the one who got it and the next. */
export type Choice = (typeof choices)[number]

export interface Ranked {
  agentId: string
  /** Before this case. */
  load: number
  capacity: number
  /** Since the last assignment; null: none yet. */
  withoutMs: number | null
}

export interface Others {
  obstacle: Obstacle
  count: number
  /** Some of them, to be named. */
  some: readonly string[]
}

export interface Reasons {
  /** When the case should be with somebody: what put it in its place in the order. */
  takeBy: number
  takeByWhy: 'due' | 'priority'
  weight: number
  needs: readonly SkillNeed[]
  /** Optional skills that are not asked for any more. */
  dropped: readonly SkillNeed[]
  ownerId: string | null
  /** Those who could take it, the best first, at most five. */
  best: readonly Ranked[]
  able: number
  others: readonly Others[]
}

export interface Decision {
  caseId: string
  number: number
  version: number
  queueId: string
  waitedMs: number
  /** Null: nobody now. */
  agentId: string | null
  why: Choice | 'nobody' | 'waitsForOwner'
  /** Until when it waits for its owner. */
  until: number | null
  reasons: Reasons
}

/** How a queue works for which nobody said anything: as it was before there was routing. */
export const pulled = (queueId: string): QueueRouting => ({
  queueId, mode: 'pull', teams: [], walled: false, weights: {}, capacityPercent: 100, stickyMinutes: 0, acceptMinutes: null, awayWhenMissed: true, overflow: null, takeBack: 'unbegun',
})

export const patienceStandard: Readonly<Record<Priority, number>> = { urgent: 5, high: 60, normal: 240, low: 960 }

/** What holds for routing in all queues. */
export interface RoutingRules {
  patienceMinutes: Readonly<Record<Priority, number>>
  /** The key of the skill that a customer's language asks for: `{name}` stands for its English name in lower case, `{code}` for its code; null: none. */
  languageSkill: string | null
  languageLevel: number
  languageDropMinutes: number | null
  /** Cases that wait for the customer or for others take room, too. */
  countWaiting: boolean
}

export const rulesStandard: RoutingRules = { patienceMinutes: patienceStandard, languageSkill: '{name}', languageLevel: 3, languageDropMinutes: 60, countWaiting: false }

/** Why a case came back into its queue, or went on into another. */
export const requeueReasons = ['noReaction', 'off', 'offShift', 'deactivated', 'overflow'] as const
export type RequeueReason = (typeof requeueReasons)[number]

export interface Holder {
  presence: CandidateAgent['presence']
  presenceAt: number
  deactivated: boolean
  onShift: boolean
}

/** Whoever went for less than this may have touched the wrong button. */
export const GONE_AFTER_MS = 60_000

/** Why somebody is not here to go on with their cases; null while they are. A break is no going. */
export function goneWhy(holder: Holder, now: number): Exclude<RequeueReason, 'noReaction' | 'overflow'> | null {
  if (holder.deactivated) return 'deactivated'
  if (holder.presence === 'off') return now - holder.presenceAt >= GONE_AFTER_MS ? 'off' : null
  return holder.onShift ? null : 'offShift'
}
