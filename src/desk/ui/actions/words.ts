import { deeds, type CaseAction, type Deed } from '../../actions/model.ts'
import { unknownIn } from '../../snippets/model.ts'

/** Words of the editor of actions. */

export const deedNames: Readonly<Record<Deed, string>> = {
  status: 'Set status', assign: 'Assign', team: 'Set team', queue: 'Move to queue', priority: 'Set priority', kind: 'Set kind', topic: 'Set topic', tag: 'Tag', reply: 'Reply to the customer',
  note: 'Write a note', snooze: 'Snooze', remove: 'Put out of sight', restore: 'Restore',
}

/** A new action of a kind, with what is asked for most often. */
export function beginning(deed: Deed, standardQueue: string): CaseAction {
  switch (deed) {
    case 'status': return { do: 'status', to: 'solved' }
    case 'assign': return { do: 'assign', to: 'me' }
    case 'team': return { do: 'team', to: null }
    case 'queue': return { do: 'queue', to: standardQueue }
    case 'priority': return { do: 'priority', to: 'high' }
    case 'kind': return { do: 'kind', to: 'incident' }
    case 'topic': return { do: 'topic', to: null }
    case 'tag': return { do: 'tag', add: [] }
    case 'reply': return { do: 'reply', body: '' }
    case 'note': return { do: 'note', body: '' }
    case 'snooze': return { do: 'snooze', minutes: 1440 }
    case 'remove': return { do: 'remove', as: 'trash' }
    case 'restore': return { do: 'restore' }
  }
}

/** What is still missing in an action, in words; null when it can be done so. */
export function lackOf(action: CaseAction): string | null {
  if (action.do === 'tag' && (action.add ?? []).length + (action.drop ?? []).length === 0) return 'Say which tags'
  if (action.do === 'queue' && action.to === '') return 'Say which queue'
  if (action.do !== 'reply' && action.do !== 'note') return null
  if (action.body.trim() === '') return 'The text is empty'
  const unknown = unknownIn(action.body)
  return unknown.length > 0 ? `Nobody knows ${unknown.map((name) => `{{${name}}}`).join(', ')}` : null
}

/** Whether a list of actions can be done as it stands. */
export const isComplete = (actions: readonly CaseAction[]): boolean => actions.length > 0 && actions.every((action) => lackOf(action) === null)

/** Actions that may stand in a list once: the later one would hold. */
const once: readonly Deed[] = ['status', 'assign', 'team', 'queue', 'priority', 'kind', 'topic', 'snooze', 'remove', 'restore']

/** What can still be added to a list. */
export const offered = (actions: readonly CaseAction[], among: readonly Deed[] = deeds): Deed[] =>
  among.filter((deed) => !once.includes(deed) || !actions.some((action) => action.do === deed))
