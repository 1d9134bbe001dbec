import type { Work } from '#platform'
import { findAgent } from '#people'
import { createNote } from '../replies/note.ts'
import { requireQueue } from '../queues/service.ts'
import { topicThere } from '../queues/store.ts'
import { refuse } from '../refusals.ts'
import { loadCase, loadWorkable } from './load.ts'
import { decideStatus, normaliseTag, type Kind, type Priority, type Status } from './model.ts'
import { addLink, addTag, dropLink, dropTag, findCase, saveCase, tagsOf, type CaseRow } from './store.ts'
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
export async function changeCase(work: Work, number: number, change: CaseChange, versionSeen: number | null): Promise<CaseRow> {
  const before = await loadWorkable(work, number, versionSeen)
  let next = before
  if (change.subject !== undefined) next = { ...next, subject: change.subject }
  if (change.priority !== undefined) next = { ...next, priority: change.priority }
  if (change.kind !== undefined) next = { ...next, kind: change.kind }
  if (change.topic !== undefined) next = { ...next, topic: await requireTopic(work, change.topic) }
  if (change.queue !== undefined) next = { ...next, queueId: await requireQueue(work, change.queue) }
  if (change.team !== undefined) next = { ...next, teamId: change.team }
  if (change.assignee !== undefined) next = await assigned(work, next, change.assignee)
  const status = change.status === undefined ? null : decideStatus(next, change.status, work.at)
  if (status && 'refused' in status) throw refuse(status.refused, { from: next.status, to: change.status })
  if (status) next = { ...next, ...status.life, waitingSince: change.status === 'open' ? next.waitingSince : null }
  const tags = change.tags === undefined ? null : await retag(work, before, change.tags)
  if (!differs(before, next) && !tags) return before
  const saved = await saveCase(work.tx, next, work.at)
  tellChanges(work, before, saved)
  if (status?.fact) tellCase(work, saved, status.fact, { from: before.status, to: saved.status })
  for (const tag of tags?.added ?? []) tellCase(work, saved, 'tag.added', { tag })
  for (const tag of tags?.dropped ?? []) tellCase(work, saved, 'tag.dropped', { tag })
  return saved
}

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
  } else if (before.teamId !== after.teamId) tellCase(work, after, 'team.changed', { from: before.teamId, to: after.teamId })
}

/** The agent's team comes with the agent. */
async function assigned(work: Work, found: CaseRow, assignee: string | null): Promise<CaseRow> {
  if (assignee === null) return { ...found, assigneeId: null }
  const id = assignee === 'me' && work.actor.kind === 'agent' ? work.actor.id : assignee
  const agent = /^[0-9a-f-]{36}$/i.test(id) ? await findAgent(work.tx, id) : null
  if (!agent || agent.deactivated) throw refuse('assignee.notFound', { errors: [{ path: '/assignee', code: 'assignee.notFound' }] })
  return { ...found, assigneeId: agent.id, teamId: agent.teamId ?? found.teamId }
}

async function requireTopic(work: Work, topic: string | null): Promise<string | null> {
  if (topic !== null && !(await topicThere(work.tx, topic))) throw refuse('topic.notFound', { errors: [{ path: '/topic', code: 'topic.notFound' }] })
  return topic
}

async function retag(work: Work, found: CaseRow, wanted: string[]): Promise<{ added: string[]; dropped: string[] } | null> {
  const tags = new Set(wanted.map((text) => normaliseTag(text) ?? (() => { throw refuse('tag.invalid', { errors: [{ path: '/tags', code: 'tag.invalid' }] }) })()))
  const now = await tagsOf(work.tx, found.id)
  const added = [...tags].filter((tag) => !now.includes(tag))
  const dropped = now.filter((tag) => !tags.has(tag))
  for (const tag of added) await addTag(work.tx, found.id, tag)
  for (const tag of dropped) await dropTag(work.tx, found.id, tag)
  return added.length + dropped.length > 0 ? { added, dropped } : null
}

/** Gives a case on, with a note that says where it stands: to an agent, or back into a queue for anybody there. */
export async function handOver(work: Work, number: number, given: { to: { agent: string } | { queue: string }; note: string }): Promise<CaseRow> {
  const before = await loadWorkable(work, number)
  await createNote(work, before, { body: given.note, mentions: 'agent' in given.to ? [given.to.agent] : [], attachments: [] })
  const next = 'agent' in given.to
    ? await assigned(work, before, given.to.agent)
    : { ...before, queueId: await requireQueue(work, given.to.queue), assigneeId: null, teamId: null }
  const saved = await saveCase(work.tx, next, work.at)
  tellChanges(work, before, saved)
  tellCase(work, saved, 'case.handedOver', { from: before.assigneeId, to: saved.assigneeId, queue: saved.queueId })
  return saved
}

/** Puts a case out of sight: nothing is deleted, and it can be restored. */
export async function removeCase(work: Work, number: number, as: 'spam' | 'trash'): Promise<CaseRow> {
  const before = await loadCase(work, number)
  if (before.removed === as) return before
  const saved = await saveCase(work.tx, { ...before, removed: as }, work.at)
  tellCase(work, saved, 'case.removed', { as })
  return saved
}

/** Brings a case back from spam or trash, as it was. */
export async function restoreCase(work: Work, number: number): Promise<CaseRow> {
  const before = await loadCase(work, number)
  if (!before.removed) throw refuse('case.notRemoved')
  const saved = await saveCase(work.tx, { ...before, removed: null }, work.at)
  tellCase(work, saved, 'case.restored', { from: before.removed })
  return saved
}

/** Says that two cases belong together: related, the same twice, or one the cause of the other. */
export async function linkCases(work: Work, number: number, other: number, kind: 'related' | 'duplicate' | 'problem'): Promise<void> {
  if (number === other) throw refuse('link.self')
  const [found, target] = [await loadCase(work, number), await findCase(work.tx, other)]
  if (!target || work.actor.barred.includes(target.queueId)) throw refuse('case.notFound', { number: other })
  if (await addLink(work.tx, found.id, target.id, kind, work.at)) tellCase(work, found, 'case.linked', { other, as: kind })
}

/** Takes every link between two cases away. */
export async function unlinkCases(work: Work, number: number, other: number): Promise<void> {
  const [found, target] = [await loadCase(work, number), await findCase(work.tx, other)]
  if (target && (await dropLink(work.tx, found.id, target.id))) tellCase(work, found, 'case.unlinked', { other })
}
