import type { Kind, Priority, Status } from '../cases/model.ts'

/** What can be done to a case, as data: macros, bulk runs and rules hold lists of these. Also runs in the browser. */
export type CaseAction =
  | { do: 'status'; to: Exclude<Status, 'new'> }
  /** An agent's id, `me` for whoever acts, or null for nobody. */
  | { do: 'assign'; to: string | null }
  | { do: 'team'; to: string | null }
  /** By key or id. */
  | { do: 'queue'; to: string }
  | { do: 'priority'; to: Priority }
  | { do: 'kind'; to: Kind }
  | { do: 'topic'; to: string | null }
  | { do: 'tag'; add?: string[]; drop?: string[] }
  /** To the customer; variables are filled in case by case. */
  | { do: 'reply'; body: string }
  | { do: 'note'; body: string }
  /** Null until the customer writes. */
  | { do: 'snooze'; minutes: number | null }
  | { do: 'remove'; as: 'spam' | 'trash' }
  | { do: 'restore' }

export type Deed = CaseAction['do']
export const deeds = ['status', 'assign', 'team', 'queue', 'priority', 'kind', 'topic', 'tag', 'reply', 'note', 'snooze', 'remove', 'restore'] as const satisfies readonly Deed[]

/** What a list of actions comes to. Their order does not matter, except that of two that set the same thing the later one holds. */
export interface Plan {
  restore: boolean
  /** What is named is set; what is not, stays. */
  change: { status?: Exclude<Status, 'new'>; assignee?: string | null; team?: string | null; queue?: string; priority?: Priority; kind?: Kind; topic?: string | null }
  addTags: string[]
  dropTags: string[]
  notes: string[]
  replies: string[]
  snooze: { minutes: number | null } | null
  remove: 'spam' | 'trash' | null
}

/** Sums a list of actions up: restored first, then changed, then notes and replies, put away last. */
export function planOf(actions: readonly CaseAction[]): Plan {
  const plan: Plan = { restore: false, change: {}, addTags: [], dropTags: [], notes: [], replies: [], snooze: null, remove: null }
  const tags = new Map<string, 'add' | 'drop'>()
  for (const action of actions) {
    switch (action.do) {
      case 'status': case 'team': case 'queue': case 'priority': case 'kind': case 'topic': plan.change = { ...plan.change, [action.do]: action.to }; break
      case 'assign': plan.change.assignee = action.to; break
      case 'tag': {
        for (const tag of action.add ?? []) tags.set(tag, 'add')
        for (const tag of action.drop ?? []) tags.set(tag, 'drop')
        break
      }
      case 'reply': plan.replies.push(action.body); break
      case 'note': plan.notes.push(action.body); break
      case 'snooze': plan.snooze = { minutes: action.minutes }; break
      case 'remove': plan.remove = action.as; break
      case 'restore': plan.restore = true
    }
  }
  const those = (wanted: 'add' | 'drop') => [...tags].flatMap(([tag, how]) => (how === wanted ? [tag] : []))
  return { ...plan, addTags: those('add'), dropTags: those('drop') }
}

/** Names for the ids and keys that actions hold; null for what is not there any more, or not for the reader. */
export interface ActionNames {
  agent(id: string): string | null
  team(id: string): string | null
  /** By key or id. */
  queue(keyOrId: string): string | null
  topic(key: string): string | null
}

const statusWords: Readonly<Record<Status, string>> = { new: 'new', open: 'open', pending: 'pending', on_hold: 'on hold', solved: 'solved', closed: 'closed' }

/** One action in words, as lists and previews say it: "Set priority to high". Texts are named, not quoted. */
export function wordsOf(action: CaseAction, names: ActionNames): string {
  switch (action.do) {
    case 'status': return `Set status to ${statusWords[action.to]}`
    case 'assign': return action.to === null ? 'Assign to nobody' : action.to === 'me' ? 'Assign to whoever applies it' : `Assign to ${names.agent(action.to) ?? 'somebody who left'}`
    case 'team': return action.to === null ? 'Take the team off' : `Set team to ${names.team(action.to) ?? 'a team that is gone'}`
    case 'queue': return `Move to ${names.queue(action.to) ?? 'a queue that is gone'}`
    case 'priority': return `Set priority to ${action.to}`
    case 'kind': return `Make it ${action.to === 'incident' ? 'an' : 'a'} ${action.to}`
    case 'topic': return action.to === null ? 'Take the topic off' : `Set topic to ${names.topic(action.to) ?? 'a topic that is gone'}`
    case 'tag': return tagWords(action.add ?? [], action.drop ?? [])
    case 'reply': return 'Reply to the customer'
    case 'note': return 'Write a note'
    case 'snooze': return action.minutes === null ? 'Snooze until the customer writes' : `Snooze for ${minutesWords(action.minutes)}`
    case 'remove': return action.as === 'spam' ? 'Mark as spam' : 'Put into the trash'
    case 'restore': return 'Restore from spam or trash'
  }
}

const tagWords = (add: readonly string[], drop: readonly string[]) =>
  [add.length > 0 ? `tag with ${add.join(', ')}` : '', drop.length > 0 ? `take off ${drop.join(', ')}` : ''].filter(Boolean).join(', ').replace(/^./, (first) => first.toUpperCase()) || 'Tag with nothing'

/** "45 minutes", "3 hours", "2 days". */
export function minutesWords(minutes: number): string {
  const [count, unit] = minutes % 1440 === 0 ? [minutes / 1440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
