import type { Names } from '../timeline/facts.ts'
import { statusNames, priorityNames } from '../words.ts'

/** Words of rules: what changed, from what to what. */

const fieldNames: Readonly<Record<string, string>> = {
  status: 'Status', priority: 'Priority', kind: 'Kind', queue: 'Queue', team: 'Team', assignee: 'Agent', topic: 'Topic', tag: 'Tag', removed: 'Out of sight', snoozed: 'Put off', reply: 'Reply to the customer', note: 'Note',
}

const nobody: Readonly<Record<string, string>> = { assignee: 'nobody', team: 'no team', topic: 'no topic', snoozed: 'not', removed: 'no' }

function valueWords(field: string, value: string | null, names: Names): string {
  if (value === null) return nobody[field] ?? 'nothing'
  const named: Readonly<Record<string, Readonly<Record<string, string>>>> = { status: statusNames, priority: priorityNames }
  if (field === 'queue') return names.queue(value) ?? value
  if (field === 'assignee') return names.agent(value) ?? 'somebody who left'
  if (field === 'team') return names.team(value) ?? 'a team that is gone'
  if (field === 'topic') return names.topic(value) ?? value
  return named[field]?.[value] ?? value
}

/** "Priority: Normal → High", "Tagged vip", "Reply to the customer". */
export function changeWords({ field, from, to }: { field: string; from: string | null; to: string | null }, names: Names): string {
  if (field === 'reply' || field === 'note') return fieldNames[field] ?? field
  if (field === 'tag') return to === null ? `Tag ${from ?? ''} taken off` : `Tagged ${to}`
  return `${fieldNames[field] ?? field}: ${valueWords(field, from, names)} → ${valueWords(field, to, names)}`
}

/** A change as a trial counts it. */
export function countedWords(key: string, names: Names): string {
  if (!key.startsWith('[')) return changeWords({ field: key, from: null, to: null }, names)
  const [field, from, to]: unknown[] = JSON.parse(key)
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  return changeWords({ field: text(field) ?? '', from: text(from), to: text(to) }, names)
}

/** Why a rule did nothing, for people. */
export const refusalWords: Readonly<Record<string, string>> = {
  'case.closed': 'the case is closed', 'case.removed': 'the case is out of sight', 'case.merged': 'the case was merged', 'case.notRemoved': 'the case is not out of sight', 'status.never': 'the status cannot become that',
  'queue.notFound': 'the queue takes nothing new', 'assignee.notFound': 'the agent is not there', 'assignee.outside': 'the agent may not look into the queue', 'topic.notFound': 'the topic is not there', 'tag.invalid': 'the tag cannot be',
  'snooze.solved': 'a solved case is not put off', 'reply.unfilled': 'a variable of the text is not known of the case', 'reply.noRecipient': 'the case has nobody to write to',
}
export const refusalOf = (code: string): string => refusalWords[code] ?? code
