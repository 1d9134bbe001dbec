import { Plus, X } from 'lucide-react'
import { Button, IconButton, Menu } from '#web'
import { useRef } from 'react'
import type { CaseAction, Deed } from '../../actions/model.ts'
import { useQueues } from '../data.ts'
import { ActionControl } from './action-control.tsx'
import { beginning, deedNames, lackOf, offered } from './words.ts'
import './actions.css'

const FOCUS_BACK_MS = 60

export interface ActionListProps {
  value: readonly CaseAction[]
  onChange: (next: CaseAction[]) => void
  /** Which actions can be chosen; all unless told. */
  among?: readonly Deed[]
  /** What the list is, for those who hear it. */
  label?: string
  /** Says what is missing also before anything was chosen: after somebody tried to save. */
  strict?: boolean
  disabled?: boolean
}

/** The editor of a list of actions: what is done to a case, one line each. */
export function ActionList({ value, onChange, among, label = 'Actions', strict, disabled }: ActionListProps) {
  const queues = useQueues().data ?? []
  const standard = queues.find((queue) => queue.standard)?.key ?? queues[0]?.key ?? ''
  const list = useRef<HTMLOListElement>(null)
  const set = (at: number, action: CaseAction) => onChange(value.map((other, index) => (index === at ? action : other)))
  // After the menu has given the focus back to its button.
  const focusRow = (at: number) => setTimeout(() => list.current?.children[at]?.querySelector<HTMLElement>('button[role="combobox"], input, textarea, button')?.focus(), FOCUS_BACK_MS)
  const add = (deed: Deed) => { onChange([...value, beginning(deed, standard)]); focusRow(value.length) }
  const drop = (at: number) => { onChange(value.filter((_, index) => index !== at)); focusRow(Math.max(0, at - 1)) }
  return (
    <div className="desk-deeds" role="group" aria-label={label}>
      {value.length > 0 ? (
        <ol className="desk-deeds-list" ref={list}>
          {value.map((action, at) => (
            // eslint-disable-next-line react/no-array-index-key -- actions are known by their place alone
            <li key={at} className="desk-deed" data-deed={action.do}>
              <span className="desk-deed-name">{deedNames[action.do]}</span>
              <div className="desk-deed-control">
                <ActionControl action={action} onChange={(next) => set(at, next)} disabled={disabled ?? false} />
                <Lack action={action} strict={strict ?? false} />
              </div>
              {disabled ? null : <IconButton icon={X} label={`Remove: ${deedNames[action.do]}`} size="small" onClick={() => drop(at)} />}
            </li>
          ))}
        </ol>
      ) : null}
      {disabled ? null : <Menu label="Actions" trigger={<Button size="small" icon={Plus}>Add an action</Button>} items={offered(value, among).map((deed) => ({ name: deedNames[deed], perform: () => add(deed) }))} />}
    </div>
  )
}

/** An unknown variable is said at once; what is merely empty only when somebody is done. */
function Lack({ action, strict }: { action: CaseAction; strict: boolean }) {
  const lack = lackOf(action)
  const untouched = (action.do === 'tag' && (action.add ?? []).length === 0) || ((action.do === 'reply' || action.do === 'note') && action.body === '')
  return lack && (strict || !untouched) ? <p className="field-error" role="alert">{lack}</p> : null
}
