import type { ActionNames, CaseAction } from '../../actions/model.ts'
import { wordsOf } from '../../actions/model.ts'
import { priorityNames, statusNames, counted } from '../words.ts'

/** Words of bulk runs. */

export interface Counts { waiting: number; done: number; same: number; refused: number; failed: number; cancelled: number }

/** Why a case is left as it is, as it follows "3 cases:". */
const reasons: Readonly<Record<string, string>> = {
  'version.stale': 'changed by somebody since you chose them', 'case.closed': 'closed, and closed stays closed', 'case.removed': 'in spam or trash', 'case.merged': 'merged into another case', 'case.notRemoved': 'neither in spam nor in trash',
  'case.notFound': 'not there any more, or behind a wall', 'status.never': 'cannot go from their status to that one', 'queue.notFound': 'the queue is not there', 'assignee.notFound': 'the agent is not at work here',
  'assignee.outside': 'whoever has them may not look into the queue', 'topic.notFound': 'the topic is not there', 'team.notFound': 'the team is not there', 'tag.invalid': 'a tag is not one word', 'snooze.solved': 'solved, so not put off',
  'reply.unfilled': 'a variable in the text is not known of them', 'reply.unseen': 'a newer message came in', 'reply.noRecipient': 'nobody on them can get a mail', 'bulk.noLonger': 'do not match the query any more',
  'bulk.actorGone': 'whoever began it does not work here any more', 'bulk.nothingUndone': 'nothing of it could be taken back', 'program.fault': 'something went wrong on our side',
}
export const reason = (code: string | null): string => reasons[code ?? ''] ?? 'it was refused'

const whys: Readonly<Record<string, string>> = {
  changedSince: 'somebody changed it since', closedForGood: 'closed stays closed', noteStays: 'a note stays', replyLeft: 'the reply has left', putOffBefore: 'it was put off before',
}
export const why = (code: string): string => whys[code] ?? reason(code)

const fieldNames: Readonly<Record<string, string>> = {
  status: 'Status', priority: 'Priority', kind: 'Kind', queue: 'Queue', team: 'Team', assignee: 'Assignee', topic: 'Topic', tag: 'Tag', removed: 'Place', snoozed: 'Put off', reply: 'Reply', note: 'Note',
}
export const fieldName = (field: string): string => fieldNames[field] ?? field

/** One value of a field, as people read it. */
export function valueWords(field: string, value: string | null, names: ActionNames): string {
  if (value === null) return field === 'assignee' ? 'nobody' : field === 'removed' ? 'in the lists' : field === 'snoozed' ? 'not put off' : 'none'
  switch (field) {
    case 'status': return Object.entries(statusNames).find(([word]) => word === value)?.[1].toLowerCase() ?? value
    case 'priority': return Object.entries(priorityNames).find(([word]) => word === value)?.[1].toLowerCase() ?? value
    case 'queue': return names.queue(value) ?? 'another queue'
    case 'team': return names.team(value) ?? 'another team'
    case 'assignee': return names.agent(value) ?? 'somebody'
    case 'topic': return names.topic(value) ?? 'another topic'
    case 'removed': return value === 'spam' ? 'in spam' : 'in the trash'
    case 'snoozed': return value === 'customer' ? 'until the customer writes' : `until ${new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(value))}`
    default: return value
  }
}

/** "Priority: normal → high", "Tagged vip", "A reply goes out". */
export function changeWords({ field, from, to }: { field: string; from: string | null; to: string | null }, names: ActionNames): string {
  if (field === 'reply') return 'A reply goes out'
  if (field === 'note') return 'A note is written'
  if (field === 'tag') return to === null ? `Tag ${from ?? ''} comes off` : `Tag ${to} goes on`
  return `${fieldName(field)}: ${valueWords(field, from, names)} → ${valueWords(field, to, names)}`
}

/** "10 changed, 1 as it was, 2 left alone". */
export function outcome(counts: Counts): string {
  const said = [
    counts.done > 0 ? `${counted(counts.done, 'case')} changed` : '', counts.same > 0 ? `${counts.same} had nothing to change` : '', counts.refused > 0 ? `${counts.refused} left alone` : '',
    counts.failed > 0 ? `${counts.failed} failed` : '', counts.cancelled > 0 ? `${counts.cancelled} called off` : '',
  ].filter(Boolean)
  return said.length > 0 ? said.join(', ') : 'Nothing was changed'
}

/** What a run does, in a line. */
export const runWords = (actions: readonly CaseAction[], names: ActionNames): string => actions.map((action) => wordsOf(action, names)).join(' · ')

export const stateNames: Readonly<Record<string, string>> = { waiting: 'Waits', done: 'Changed', same: 'Nothing to change', refused: 'Left alone', failed: 'Failed', cancelled: 'Called off' }
export const undoneNames: Readonly<Record<string, string>> = { ...stateNames, done: 'Taken back', refused: 'Not taken back' }

/** How many are meant: "12 cases", "all that match". */
export const sizeWords = (size: number | null): string => (size === null ? 'all that match' : counted(size, 'case'))
