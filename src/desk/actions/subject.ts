import { kinds, priorities, statuses } from '../cases/model.ts'
import type { QuerySubject } from '../query/model.ts'
import type { ActionSubject } from './preview.ts'

/** A case as queries see it, as actions see it. */
export function actionSubjectOf(subject: QuerySubject): ActionSubject {
  const { number, queue, team, assignee, topic, tags, removed, merged, snoozedUntil } = subject
  return {
    number, status: word(statuses, subject.status), priority: word(priorities, subject.priority), kind: word(kinds, subject.kind), queue: { id: queue.id, key: queue.key }, team: team?.id ?? null,
    assignee: assignee?.id ?? null, topic: topic?.key ?? null, tags, removed, merged, snoozed: snoozedUntil === null ? null : Number.isFinite(snoozedUntil.getTime()) ? snoozedUntil.toISOString() : 'customer',
  }
}

function word<const W extends string>(words: readonly W[], text: string): W {
  const found = words.find((candidate) => candidate === text)
  if (found === undefined) throw new Error(`"${text}" is none of ${words.join(', ')}`)
  return found
}
