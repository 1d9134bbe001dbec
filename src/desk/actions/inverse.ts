import type { CaseAction } from './action.ts'
import { previewOf, type ActionSubject, type ChangedField, type FieldChange, type PreviewContext } from './preview.ts'

/** How actions are taken back: the inverse of what they changed, only where it still is what they made it. Also runs in the browser. */

/** What stays as it is, and why. */
export interface Kept {
  field: ChangedField
  /** The tag, where it is one. */
  value?: string
  why: 'changedSince' | 'closedForGood' | 'noteStays' | 'replyLeft' | 'putOffBefore' | (string & {})
}

export interface Inverse {
  /** Done first; whoever has the case brings a team along, so the team is set right after; out of sight last. */
  actions: CaseAction[]
  after: CaseAction[]
  /** The status goes back as it was, by its own step; null when it stays. */
  status: FieldChange | null
  wake: boolean
  kept: Kept[]
}

/** The steps that take changes back in a case as it is now. Steps that its verbs would refuse are kept, with the refusal. */
export function inverseOf(changes: readonly FieldChange[], now: ActionSubject, context: PreviewContext): Inverse {
  const inverse: Inverse = { actions: [], after: [], status: null, wake: false, kept: [] }
  // Out of spam or trash first: in there nothing else can be changed.
  const ordered = [...changes].sort((a, b) => Number(b.field === 'removed') - Number(a.field === 'removed'))
  let here = now
  for (const change of ordered) {
    const kept = isSince(change, here) ? 'changedSince' : step(change, here, context, inverse)
    if (kept) inverse.kept.push({ field: change.field, ...(change.field === 'tag' ? { value: change.to ?? change.from ?? '' } : {}), why: kept })
    else if (change.field === 'removed' && change.from === null) here = { ...here, removed: null }
  }
  return inverse
}

/** Whether somebody has changed it since. */
function isSince({ field, from, to }: FieldChange, now: ActionSubject): boolean {
  switch (field) {
    case 'tag': return to !== null ? !now.tags.includes(to) : from !== null && now.tags.includes(from)
    case 'queue': return now.queue.id !== to
    case 'snoozed': return (now.snoozed ?? null) !== to
    case 'reply': case 'note': return false
    default: return now[field] !== to
  }
}

/** Adds the step that takes a change back. @returns why there is none */
function step(change: FieldChange, here: ActionSubject, context: PreviewContext, inverse: Inverse): Kept['why'] | null {
  if (change.field === 'note') return 'noteStays'
  if (change.field === 'reply') return 'replyLeft'
  if (change.field === 'status' && change.to === 'closed') return 'closedForGood'
  if (change.field === 'snoozed' && change.from !== null) return 'putOffBefore'
  const action = actionFor(change, here)
  const refused = action === null ? standing(here, context) : previewOf(here, [action], context).refusals[0]
  if (refused) return refused
  if (change.field === 'status') inverse.status = change
  else if (change.field === 'snoozed' && action === null) inverse.wake = true
  else if (action) (change.field === 'team' || action.do === 'remove' ? inverse.after : inverse.actions).push(action)
  // Whoever gets the case back brings no team along: of two that set it, the later holds.
  if (action?.do === 'assign' && action.to !== null) inverse.after.unshift({ do: 'team', to: here.team })
  return null
}

/** Whether anything can be done to the case at all. */
const standing = (here: ActionSubject, context: PreviewContext) => previewOf(here, [{ do: 'note', body: '' }], context).refusals[0]

/** Null for what goes back by a step of its own: the status, and waking. */
function actionFor({ field, from, to }: FieldChange, here: ActionSubject): CaseAction | null {
  switch (field) {
    case 'priority': return { do: 'priority', to: wordOf(['low', 'normal', 'high', 'urgent'], from) }
    case 'kind': return { do: 'kind', to: wordOf(['question', 'incident', 'problem', 'request'], from) }
    case 'queue': return { do: 'queue', to: from ?? here.queue.id }
    case 'team': return { do: 'team', to: from }
    case 'assignee': return { do: 'assign', to: from }
    case 'topic': return { do: 'topic', to: from }
    case 'tag': return to !== null ? { do: 'tag', drop: [to] } : { do: 'tag', add: from === null ? [] : [from] }
    case 'removed': return from === null ? { do: 'restore' } : { do: 'remove', as: wordOf(['spam', 'trash'], from) }
    default: return null
  }
}

function wordOf<const W extends string>(words: readonly W[], text: string | null): W {
  const word = words.find((candidate) => candidate === text)
  if (word === undefined) throw new Error(`"${text}" is none of ${words.join(', ')}`)
  return word
}
