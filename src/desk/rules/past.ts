import { statuses, type Status } from '../cases/model.ts'
import type { QuerySubject } from '../query/model.ts'
import { happenings, isCalledBy, sinces, type Told, type Trigger } from './model.ts'

/** A case as it was, and when a rule would have looked at it: read off the log, so that a rule can be tried on what happened. */

export interface PastFact extends Told {
  id: number
  at: Date
}

/** Names by id, for what facts hold as ids only. */
export interface Names {
  queue(id: string): QuerySubject['queue'] | null
  agent(id: string): QuerySubject['assignee']
  team(id: string): QuerySubject['team']
  topic(key: string): QuerySubject['topic']
}

const statusKinds: readonly string[] = [...happenings.statusChanged.kinds, 'case.closed']
const idIn = (data: Record<string, unknown>, name: string): string | null => {
  const value = data[name]
  return typeof value === 'string' ? value : null
}

/**
 * Takes back, newest first, what happened later. Exact for status, priority, kind, topic, queue, team, person, tags and removal; wording, business,
 * promises and waiting are as they are today, because facts hold no text and no clocks.
 */
export function asItWas(now: QuerySubject, later: readonly PastFact[], names: Names): QuerySubject {
  return later.toSorted((a, b) => b.id - a.id).reduce((subject, fact) => ({ ...subject, ...undone(subject, fact, names) }), now)
}

function undone(subject: QuerySubject, { kind, data, at }: PastFact, names: Names): Partial<QuerySubject> {
  const from = idIn(data, 'from')
  if (statusKinds.includes(kind)) return statusBefore(subject, statuses.find((status) => status === from), kind, at)
  switch (kind) {
    case 'priority.changed': return from === null ? {} : { priority: from }
    case 'kind.changed': return from === null ? {} : { kind: from }
    case 'topic.changed': return { topic: from === null ? null : names.topic(from) }
    case 'queue.changed': return { queue: (from === null ? null : names.queue(from)) ?? subject.queue }
    case 'team.changed': return { team: from === null ? null : names.team(from) }
    case 'case.assigned': case 'case.unassigned': return { assignee: from === null ? null : names.agent(from) }
    case 'tag.added': return { tags: subject.tags.filter((tag) => tag !== data['tag']) }
    case 'tag.dropped': return { tags: [...subject.tags, ...(typeof data['tag'] === 'string' ? [data['tag']] : [])] }
    case 'case.removed': return { removed: null }
    case 'case.merged': return { merged: false }
    default: return {}
  }
}

function statusBefore(subject: QuerySubject, from: Status | undefined, kind: string, at: Date): Partial<QuerySubject> {
  if (!from) return {}
  const solvedAt = kind === 'case.solved' ? null : kind === 'case.reopened' ? at : subject.solvedAt
  return { status: from, solvedAt }
}

export interface Moment {
  /** When the rule would have looked, and the last fact that it would have known. */
  at: Date
  after: number
}

/** When a rule would have looked at a case, from its facts, oldest first, up to an instant. */
export function momentsOf(trigger: Trigger, facts: readonly PastFact[], until: Date): Moment[] {
  if ('on' in trigger) return facts.filter((fact) => isCalledBy(trigger, fact)).map(({ at, id }) => ({ at, after: id }))
  const { begins, ends }: { begins: readonly string[]; ends: readonly string[] } = sinces[trigger.since]
  return facts.flatMap((fact, index) => {
    if (!begins.includes(fact.kind)) return []
    const due = new Date(fact.at.getTime() + trigger.after * 60_000)
    if (due > until) return []
    const between = facts.slice(index + 1).filter(({ at }) => at <= due)
    // A customer who writes again while they wait waits since the first time.
    if (trigger.since === 'waiting' && isWaitingBefore(facts.slice(0, index), ends)) return []
    if (between.some(({ kind }) => ends.includes(kind))) return []
    return [{ at: due, after: between.at(-1)?.id ?? fact.id }]
  })
}

function isWaitingBefore(facts: readonly PastFact[], ends: readonly string[]): boolean {
  const last = facts.findLast(({ kind }) => ends.includes(kind) || kind === 'message.received' || kind === 'case.reopened')
  return last !== undefined && !ends.includes(last.kind)
}

/** What a query asks that the log cannot tell of the past. */
export const unsureFields = ['subject', 'account', 'segment', 'language', 'customer', 'from', 'due', 'waiting', 'updated', 'is', 'has'] as const
