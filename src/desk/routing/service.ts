import { refuse as refuseAnything, violatedConstraint, type Work } from '#platform'
import { loadWorkable } from '../cases/load.ts'
import { changeCase } from '../cases/service.ts'
import { saveCase, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import type { Staffing } from '../ports.ts'
import { requireQueue } from '../queues/service.ts'
import { refuse } from '../refusals.ts'
import { barrierOf, inOrder, isMember, needsAfter, type Mode, type RoutingRules, type TakeBack } from './model.ts'
import { readSnapshot } from './snapshot.ts'
import { byId, leadsBack, lockOverflows, lockQueueRouting, lockTopic, readQueues, saveCaseNeeds, saveQueueNeeds, saveQueueRouting, saveRules, saveTopicNeeds, type QueueRoutingRow } from './store.ts'
import { holdFirst } from './writes.ts'

export interface NeedWords {
  skillId: string
  level: number
  dropAfterMinutes: number | null
}

/** How a queue gives its cases out, as far as something is to change. */
export interface QueueRoutingWords {
  mode?: Mode
  weights?: Record<string, number>
  capacityPercent?: number
  stickyMinutes?: number | null
  acceptMinutes?: number | null
  awayWhenMissed?: boolean
  /** The queue by key or id. */
  overflow?: { queue: string; afterMinutes: number } | null
  takeBack?: TakeBack
  skills?: NeedWords[]
}

/** Changes what is given of how a queue gives its cases out. @throws version.stale, queue.notFound, overflow.circle, skill.notFound */
export async function changeQueueRouting(work: Work, keyOrId: string, given: QueueRoutingWords, versionSeen: number | null = null): Promise<QueueRoutingRow> {
  const queueId = await requireQueue(work, keyOrId)
  const version = await lockQueueRouting(work.tx, queueId)
  if (versionSeen !== null && versionSeen !== version) throw refuseAnything('version.stale', { version, versionSeen })
  const before = (await readQueues(work.tx, queueId))[0]
  if (!before) throw refuse('queue.notFound')
  const { skills, overflow, ...words } = given
  await saveQueueRouting(work.tx, { ...before, ...words, overflow: overflow === undefined ? before.overflow : await overflowOf(work, queueId, overflow) })
  if (skills) await needs(() => saveQueueNeeds(work.tx, queueId, skills))
  work.tell('desk', { kind: 'queue.changed', subject: `queue:${queueId}`, data: { changed: ['routing', ...Object.keys(given)] } })
  return (await readQueues(work.tx, queueId))[0] ?? before
}

async function overflowOf(work: Work, queueId: string, given: { queue: string; afterMinutes: number } | null) {
  if (given === null) return null
  const to = await requireQueue(work, given.queue)
  await lockOverflows(work.tx)
  if (to === queueId || await leadsBack(work.tx, queueId, to)) throw refuse('overflow.circle', { errors: [{ path: '/overflow', code: 'overflow.circle' }] })
  return { queueId: to, afterMinutes: given.afterMinutes }
}

async function needs(save: () => Promise<void>): Promise<void> {
  await save().catch((error: unknown) => {
    const constraint = violatedConstraint(error)
    if (constraint?.endsWith('_skill_id_fkey')) throw refuse('skill.notFound', { errors: [{ path: '/skills', code: 'skill.notFound' }] })
    throw constraint?.endsWith('_skill_pkey') ? refuse('skill.twice', { errors: [{ path: '/skills', code: 'skill.twice' }] }) : error
  })
}

/** Says which skills cases of a topic ask for. @throws topic.notFound, skill.notFound */
export async function changeTopicSkills(work: Work, topic: string, skills: NeedWords[]): Promise<void> {
  if (!(await lockTopic(work.tx, topic))) throw refuse('topic.notFound')
  await needs(() => saveTopicNeeds(work.tx, topic, skills))
  work.tell('desk', { kind: 'topic.changed', subject: `topic:${topic}`, data: { changed: ['skills'] } })
}

/** Says which skills one case asks for besides. @throws case.notFound, version.stale, skill.notFound */
export async function changeCaseSkills(work: Work, number: number, skills: NeedWords[], versionSeen: number | null = null): Promise<CaseRow> {
  const before = await loadWorkable(work, number, versionSeen)
  await needs(() => saveCaseNeeds(work.tx, before.id, skills))
  const saved = await saveCase(work.tx, before, work.at)
  tellCase(work, saved, 'skills.asked', { skills: skills.map(({ skillId, level }) => ({ skill: skillId, level })) })
  return saved
}

/** Changes what holds for routing in all queues. */
export async function changeRules(work: Work, rules: RoutingRules): Promise<RoutingRules> {
  await saveRules(work.tx, rules, work.actor.id, work.at)
  work.tell('desk', { kind: 'routing.changed', subject: 'routing:rules', data: { ...rules } })
  return rules
}

const TRIED_AT_ONCE = 50

/**
 * Gives whoever asks their best next case: the first in order that they may and can take, of any queue that is theirs. Two who ask at once get two.
 * Asking is one's own decision, so neither presence nor room counts. Null when nothing waits for them. @throws next.agentsOnly
 */
export async function takeNext(work: Work, staffing: Staffing): Promise<CaseRow | null> {
  const me = work.actor
  if (me.kind !== 'agent') throw refuse('next.agentsOnly')
  const mine = { teamId: me.teamId, admin: me.roles.includes('admin') }
  const { waiting, agents: [agent], settings } = await readSnapshot(work.tx, {
    staffing, at: work.at, assignmentsMax: 1, agents: byId(me.id), queues: (queue) => !me.barred.includes(queue.queueId) && isMember(mine, queue),
  })
  if (!agent) throw refuse('next.agentsOnly')
  const able = inOrder(waiting, settings).filter((found) => {
    const queue = settings.queues.get(found.queueId)
    return queue !== undefined && barrierOf(agent, queue, needsAfter(found.needs, work.at.getTime() - found.queuedAt).asked, true) === null
  })
  for (let from = 0; from < able.length; from += TRIED_AT_ONCE) {
    const number = await holdFirst(work.tx, able.slice(from, from + TRIED_AT_ONCE))
    if (number !== null) return changeCase(work, number, { assignee: 'me' })
  }
  return null
}
