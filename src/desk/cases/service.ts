import { maskCards } from '#language'
import { violatedConstraint, type Work } from '#platform'
import { createNote } from '../replies/note.ts'
import { requireQueue } from '../queues/service.ts'
import { topicThere } from '../queues/store.ts'
import { refuse } from '../refusals.ts'
import { assigned, requireSight } from './assign.ts'
import { loadWorkable } from './load.ts'
import { decideStatus, waitingAfter, type Kind, type Priority, type Status, type StatusFact } from './model.ts'
import { saveCase, type CaseRow } from './store.ts'
import { retag } from './tags.ts'
import { tellCase } from './tell.ts'

export interface CaseChange {
  subject?: string
  status?: Exclude<Status, 'new'>
  priority?: Priority
  kind?: Kind
  queue?: string
  /** An agent's id, `me`, or null for nobody. */
  assignee?: string | null
  team?: string | null
  topic?: string | null
  tags?: string[]
}

/** Changes what the words name, each with its fact; nothing that stays the same is told. */
export async function changeCase(work: Work, number: number, change: CaseChange, versionSeen: number | null = null): Promise<CaseRow> {
  const before = await loadWorkable(work, number, versionSeen)
  const { next, fact } = await changed(work, before, change)
  const tags = change.tags === undefined ? null : await retag(work.tx, before.id, change.tags)
  if (!differs(before, next) && !tags) return before
  const saved = await save(work, next)
  tellChanges(work, before, saved)
  if (fact) tellCase(work, saved, fact, { from: before.status, to: saved.status })
  for (const tag of tags?.added ?? []) tellCase(work, saved, 'tag.added', { tag })
  for (const tag of tags?.dropped ?? []) tellCase(work, saved, 'tag.dropped', { tag })
  return saved
}

async function changed(work: Work, before: CaseRow, change: CaseChange): Promise<{ next: CaseRow; fact: StatusFact | null }> {
  let next: CaseRow = {
    ...before, priority: change.priority ?? before.priority, kind: change.kind ?? before.kind,
    subject: change.subject === undefined ? before.subject : maskCards(change.subject).text, teamId: change.team === undefined ? before.teamId : change.team,
  }
  if (change.topic !== undefined && change.topic !== before.topic) next = { ...next, topic: await requireTopic(work, change.topic) }
  if (change.queue !== undefined) next = { ...next, queueId: await requireQueue(work, change.queue) }
  if (change.assignee !== undefined) next = await assigned(work, next, change.assignee)
  if (next.assigneeId !== before.assigneeId || next.queueId !== before.queueId) await requireSight(work.tx, next)
  if (change.status === undefined) return { next, fact: null }
  const status = decideStatus(next, change.status, work.at)
  if ('refused' in status) throw refuse(status.refused, { from: next.status, to: change.status })
  return { next: { ...next, ...status.life, waitingSince: waitingAfter(change.status, next.waitingSince) }, fact: status.fact }
}

const save = (work: Work, next: CaseRow): Promise<CaseRow> => saveCase(work.tx, next, work.at)
  .catch((error: unknown) => { throw violatedConstraint(error) === 'case_team_id_fkey' ? refuse('team.notFound', { errors: [{ path: '/team', code: 'team.notFound' }] }) : error })

const differs = (a: CaseRow, b: CaseRow) => Object.entries(b).some(([key, value]) => Object.entries(a).find(([k]) => k === key)?.[1] !== value)

function tellChanges(work: Work, before: CaseRow, after: CaseRow) {
  if (before.subject !== after.subject) tellCase(work, after, 'subject.changed')
  if (before.priority !== after.priority) tellCase(work, after, 'priority.changed', { from: before.priority, to: after.priority })
  if (before.kind !== after.kind) tellCase(work, after, 'kind.changed', { from: before.kind, to: after.kind })
  if (before.topic !== after.topic) tellCase(work, after, 'topic.changed', { from: before.topic, to: after.topic })
  if (before.queueId !== after.queueId) tellCase(work, after, 'queue.changed', { from: before.queueId, to: after.queueId })
  if (before.assigneeId !== after.assigneeId) {
    const how = after.assigneeId === null ? 'released' : after.assigneeId === work.actor.id ? 'taken' : 'given'
    tellCase(work, after, after.assigneeId === null ? 'case.unassigned' : 'case.assigned', { from: before.assigneeId, to: after.assigneeId, team: after.teamId, how })
  }
  if (before.teamId !== after.teamId) tellCase(work, after, 'team.changed', { from: before.teamId, to: after.teamId })
}

async function requireTopic(work: Work, topic: string | null): Promise<string | null> {
  if (topic !== null && !(await topicThere(work.tx, topic))) throw refuse('topic.notFound', { errors: [{ path: '/topic', code: 'topic.notFound' }] })
  return topic
}

export interface Handover {
  to: { agent: string } | { queue: string }
  note: string
}

/** Gives a case on, with a note that says where it stands: to an agent, or back into a queue for anybody there. */
export async function handOver(work: Work, number: number, given: Handover, versionSeen: number | null = null): Promise<CaseRow> {
  const before = await loadWorkable(work, number, versionSeen)
  const next = 'agent' in given.to
    ? await assigned(work, before, given.to.agent)
    : { ...before, queueId: await requireQueue(work, given.to.queue), assigneeId: null, teamId: null }
  await requireSight(work.tx, next)
  const noted = await createNote(work, next, { body: given.note, mentions: next.assigneeId === null || next.assigneeId === work.actor.id ? [] : [next.assigneeId], attachments: [] })
  tellChanges(work, before, noted.found)
  tellCase(work, noted.found, 'case.handedOver', { from: before.assigneeId, to: next.assigneeId, queue: next.queueId })
  return noted.found
}
