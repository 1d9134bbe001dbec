import { ArrowDown, ArrowUp, ChevronsUp, Circle, CircleCheck, CircleDashed, CircleDot, CirclePause, Lock, Minus } from 'lucide-react'
import { classes, Tooltip, type Icon } from '#web'
import type { Priority, Status } from '../cases/model.ts'
import { priorityNames, statusNames } from './words.ts'

/** Statuses and priorities as shapes: each with its own, so that colour is never alone. */

export const statusIcons: Readonly<Record<Status, Icon>> = {
  new: CircleDashed, open: CircleDot, pending: Circle, on_hold: CirclePause, solved: CircleCheck, closed: Lock,
}
export const priorityIcons: Readonly<Record<Priority, Icon>> = { low: ArrowDown, normal: Minus, high: ArrowUp, urgent: ChevronsUp }

export function StatusMark({ status, word, size = 14 }: { status: Status; word?: boolean; size?: number }) {
  const Drawn = statusIcons[status]
  const shape = <Drawn size={size} className="desk-status-shape" aria-hidden />
  if (word) return <span className={`desk-status desk-status-${status}`}>{shape}{statusNames[status]}</span>
  return <span className={`desk-status desk-status-${status}`} role="img" aria-label={statusNames[status]} title={statusNames[status]}>{shape}</span>
}

/** Nothing for what is normal, unless the word is asked for. */
export function PriorityMark({ priority, word, size = 14 }: { priority: Priority; word?: boolean; size?: number }) {
  const Drawn = priorityIcons[priority]
  const shape = <Drawn size={size} aria-hidden />
  if (word) return <span className={`desk-priority desk-priority-${priority}`}>{shape}{priorityNames[priority]}</span>
  if (priority === 'normal' || priority === 'low') return null
  return <span className={`desk-priority desk-priority-${priority}`} role="img" aria-label={`${priorityNames[priority]} priority`} title={`${priorityNames[priority]} priority`}>{shape}</span>
}

/** Who else is in a case now: initials, and a pen while they write. */
export function People({ people }: { people: readonly { agent: string; name: string; doing: 'viewing' | 'writing' }[] }) {
  return people.slice(0, 3).map(({ agent, name, doing }) => (
    <Tooltip key={agent} text={doing === 'writing' ? `${name} is writing` : `${name} is looking at it`}>
      <span className={classes('desk-there', doing === 'writing' && 'desk-there-writing')} role="img" aria-label={doing === 'writing' ? `${name} is writing` : `${name} is looking at it`}>{initialsOf(name)}</span>
    </Tooltip>
  ))
}

const initialsOf = (name: string) => name.split(/\s+/).filter(Boolean).slice(0, 2).map((part) => [...part][0] ?? '').join('').toUpperCase()
