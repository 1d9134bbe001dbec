import { afterReply, decideStatus, isUnsolved, normaliseTag, type Kind, type Priority, type Status } from '../cases/model.ts'
import { planOf, type CaseAction, type Plan } from './action.ts'

/** What actions would make of a case, without doing anything. Also runs in the browser. */

/** A case as actions see it: plain values. */
export interface ActionSubject {
  number: number
  status: Status
  priority: Priority
  kind: Kind
  queue: { id: string; key: string }
  team: string | null
  assignee: string | null
  topic: string | null
  tags: readonly string[]
  removed: 'spam' | 'trash' | null
  /** Merged into another case. */
  merged?: boolean
  /** ISO 8601, `customer` until the customer writes, null while it is not put off. */
  snoozed?: string | null
}

export interface PreviewContext {
  now: Date
  /** The agent who would do it; null for the program. */
  me: string | null
  /** What is known of an agent: the team that comes along and the queues they may not look into; null for one who is not at work. Left out, nobody is checked. */
  agent?: (id: string) => { team: string | null; barred: readonly string[] } | null
  /** By key or id; null for one that takes nothing new or lies behind a wall. Left out, none is checked. */
  queue?: (keyOrId: string) => { id: string; key: string } | null
  /** Whether there is such a topic. Left out, none is checked. */
  topic?: (key: string) => boolean
}

export type ChangedField = 'status' | 'priority' | 'kind' | 'queue' | 'team' | 'assignee' | 'topic' | 'tag' | 'removed' | 'snoozed' | 'reply' | 'note'

/** From what to what, as ids and words; a tag that is added comes from null, one that is dropped goes to null; a text is where a message goes to. */
export interface FieldChange {
  field: ChangedField
  from: string | null
  to: string | null
}

/** Why nothing would be done: the codes with which the verbs refuse. */
export type ActionRefusal = 'case.closed' | 'case.removed' | 'case.merged' | 'case.notRemoved' | 'status.never' | 'queue.notFound' | 'assignee.notFound' | 'assignee.outside' | 'topic.notFound' | 'tag.invalid' | 'snooze.solved'

/** A list of actions is done whole or not at all: with a refusal nothing changes; without changes there is nothing to do. */
export interface ActionPreview {
  changes: FieldChange[]
  refusals: ActionRefusal[]
}

/** Says for each field from what to what a list of actions would change a case, or why not. */
export function previewOf(subject: ActionSubject, actions: readonly CaseAction[], context: PreviewContext): ActionPreview {
  const plan = planOf(actions)
  const next = outcomeOf(subject, plan, context)
  if ('refused' in next) return { changes: [], refusals: next.refused }
  return { changes: [...changesBetween(subject, next), ...plan.notes.map((body) => said('note', body)), ...plan.replies.map((body) => said('reply', body))], refusals: [] }
}

const said = (field: 'reply' | 'note', to: string): FieldChange => ({ field, from: null, to })

function outcomeOf(subject: ActionSubject, plan: Plan, context: PreviewContext): ActionSubject | { refused: ActionRefusal[] } {
  if (plan.restore && !subject.removed) return { refused: ['case.notRemoved'] }
  const here: ActionSubject = plan.restore ? { ...subject, removed: null } : subject
  const stands = needsWork(plan) ? standing(here) : null
  if (stands) return { refused: [stands] }
  const refused: ActionRefusal[] = []
  const moved = movedTo(here, plan, context, refused)
  const status = statusTo(moved, plan, context.now, refused)
  const tags = tagsTo(moved.tags, plan, refused)
  if (plan.snooze && !isUnsolved(status)) refused.push('snooze.solved')
  if (refused.length > 0) return { refused }
  return {
    ...moved, status, tags, removed: plan.remove ?? moved.removed,
    ...(plan.snooze ? { snoozed: plan.snooze.minutes === null ? 'customer' : new Date(context.now.getTime() + plan.snooze.minutes * 60_000).toISOString() } : {}),
  }
}

/** Whatever touches the case itself needs one that is at work; putting away and bringing back do not. */
const needsWork = (plan: Plan): boolean =>
  Object.keys(plan.change).length + plan.addTags.length + plan.dropTags.length + plan.notes.length + plan.replies.length > 0 || plan.snooze !== null

const standing = ({ status, removed, merged }: ActionSubject): ActionRefusal | null => (merged ? 'case.merged' : removed ? 'case.removed' : status === 'closed' ? 'case.closed' : null)

function movedTo(here: ActionSubject, { change }: Plan, context: PreviewContext, refused: ActionRefusal[]): ActionSubject {
  let next: ActionSubject = { ...here, priority: change.priority ?? here.priority, kind: change.kind ?? here.kind, team: change.team === undefined ? here.team : change.team }
  if (change.topic !== undefined) {
    if (change.topic !== null && change.topic !== here.topic && context.topic && !context.topic(change.topic)) refused.push('topic.notFound')
    next = { ...next, topic: change.topic }
  }
  if (change.queue !== undefined && change.queue !== here.queue.key && change.queue !== here.queue.id) {
    const queue = context.queue ? context.queue(change.queue) : { id: change.queue, key: change.queue }
    if (!queue) refused.push('queue.notFound')
    else next = { ...next, queue }
  }
  return change.assignee === undefined ? keepsSight(here, next, context, refused) : assignedTo(here, next, change.assignee, context, refused)
}

function assignedTo(here: ActionSubject, next: ActionSubject, assignee: string | null, context: PreviewContext, refused: ActionRefusal[]): ActionSubject {
  if (assignee === null) return { ...next, assignee: null }
  const id = assignee === 'me' ? context.me : assignee
  const agent = id !== null && context.agent ? context.agent(id) : { team: null, barred: [] }
  if (id === null || !agent) {
    refused.push('assignee.notFound')
    return next
  }
  return keepsSight(here, { ...next, assignee: id, team: agent.team ?? next.team }, context, refused)
}

/** Whoever has a case can look into its queue. */
function keepsSight(here: ActionSubject, next: ActionSubject, context: PreviewContext, refused: ActionRefusal[]): ActionSubject {
  const moves = next.assignee !== here.assignee || next.queue.id !== here.queue.id
  if (moves && next.assignee !== null && context.agent?.(next.assignee)?.barred.includes(next.queue.id)) refused.push('assignee.outside')
  return next
}

function statusTo(here: ActionSubject, plan: Plan, now: Date, refused: ActionRefusal[]): Status {
  const replied = plan.replies.length > 0 ? afterReply[here.status] : here.status
  const wanted = plan.change.status ?? (replied === 'refused' ? here.status : replied)
  const decision = decideStatus({ status: here.status, statusAt: now, solvedAt: null, closedAt: null, reopens: 0 }, wanted, now)
  if ('refused' in decision) {
    refused.push(decision.refused)
    return here.status
  }
  return decision.life.status
}

function tagsTo(tags: readonly string[], plan: Plan, refused: ActionRefusal[]): string[] {
  const [add, drop] = [plan.addTags.map(normaliseTag), plan.dropTags.map(normaliseTag)]
  if ([...add, ...drop].includes(null)) refused.push('tag.invalid')
  return [...new Set([...tags.filter((tag) => !drop.includes(tag)), ...add.filter((tag) => tag !== null)])]
}

/** What is different between two states of a case, field by field. */
export function changesBetween(before: ActionSubject, after: ActionSubject): FieldChange[] {
  const changes: FieldChange[] = []
  const note = (field: ChangedField, from: string | null, to: string | null) => { if (from !== to) changes.push({ field, from, to }) }
  for (const field of ['status', 'priority', 'kind', 'team', 'assignee', 'topic', 'removed'] as const) note(field, before[field], after[field])
  note('queue', before.queue.id, after.queue.id)
  note('snoozed', before.snoozed ?? null, after.snoozed ?? null)
  for (const tag of after.tags) if (!before.tags.includes(tag)) changes.push({ field: 'tag', from: null, to: tag })
  for (const tag of before.tags) if (!after.tags.includes(tag)) changes.push({ field: 'tag', from: tag, to: null })
  return changes
}
