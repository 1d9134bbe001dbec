import { ArrowDown, ArrowUp, GripVertical } from 'lucide-react'
import { classes, Count, Empty, IconButton, Link, queries, Switch, tellRefusal, toast } from '#web'
import { useState, type DragEvent, type KeyboardEvent } from 'react'
import { metrics } from '../../../sla/model.ts'
import { priorities } from '../../../cases/model.ts'
import { api } from '../../data.ts'
import { priorityNames } from '../../words.ts'
import type { PolicyView } from '../data.ts'
import { metricNames, minutesWords } from '../words.ts'
import { reordered } from './order.ts'

const refresh = () => queries.invalidateQueries({ queryKey: ['sla-policies'] })

interface Props {
  policies: readonly PolicyView[]
  may: boolean
  onOpen: (id: string) => void
}

/** Policies in their order; dragged by the grip, or moved with Alt and the arrow keys. */
export function PolicyList({ policies, may, onOpen }: Props) {
  const [held, setHeld] = useState<string | null>(null)
  const [order, setOrder] = useState<readonly string[] | null>(null)
  const shown = order === null ? policies : policies.toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
  if (policies.length === 0) return <Empty title="No policies yet">A policy says within which time the first reply, every next reply and the solution are promised: for all cases, or for those of a condition.</Empty>
  const put = (next: readonly string[]) => {
    const before = policies.map(({ id }) => id)
    if (next.every((id, index) => before[index] === id)) return setOrder(null)
    setOrder(next)
    const send = (ids: readonly string[]): Promise<void> => api('PUT /api/v1/sla-policies/order', { body: { policies: [...ids] } }).then(refresh, (problem: unknown) => { tellRefusal(problem, 'Not moved'); void refresh() })
    void send(next).then(() => { setOrder(null); toast({ text: 'Moved. Cases at hand are compared again', undo: () => void send(before) }) })
  }
  const ids = shown.map(({ id }) => id)
  return (
    <ol className="sla-policy-list" aria-label="SLA policies in the order in which they are tried">
      {shown.map((policy, index) => (
        <PolicyCard
          key={policy.id} policy={policy} place={index + 1} may={may} onOpen={onOpen} held={held === policy.id}
          move={(by) => put(reordered(ids, policy.id, index + by))} first={index === 0} last={index === shown.length - 1}
          drag={{ begin: () => { setHeld(policy.id); setOrder(ids) }, over: () => { if (held && held !== policy.id) setOrder(reordered(ids, held, index)) }, end: () => { setHeld(null); put(ids) } }}
        />
      ))}
    </ol>
  )
}

interface CardProps {
  policy: PolicyView
  place: number
  may: boolean
  held: boolean
  first: boolean
  last: boolean
  onOpen: (id: string) => void
  move: (by: number) => void
  drag: { begin: () => void; over: () => void; end: () => void }
}

function PolicyCard({ policy, place, may, held, first, last, onOpen, move, drag }: CardProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (!may || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'ArrowUp' ? !first : !last) move(event.key === 'ArrowUp' ? -1 : 1)
  }
  const over = (event: DragEvent) => { if (may) { event.preventDefault(); drag.over() } }
  const set = (active: boolean) => void api('PATCH /api/v1/sla-policies/:id', { params: { id: policy.id }, body: { active }, ifMatch: policy.version })
    .then(refresh, (problem: unknown) => { tellRefusal(problem, active ? 'Not switched on' : 'Not switched off'); void refresh() })
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are those of what is in it, and dragging has them beside it
    <li className={classes('sla-policy', held && 'sla-policy-held', !policy.active && 'sla-policy-off')} onDragOver={over} onDrop={(event) => event.preventDefault()} onKeyDown={onKeyDown}>
      {may ? <span className="sla-policy-grip" draggable onDragStart={(event) => { event.dataTransfer.effectAllowed = 'move'; event.dataTransfer.setData('text/plain', policy.name); drag.begin() }} onDragEnd={drag.end} title="Drag to move; or Alt and the arrow keys" aria-hidden><GripVertical size={14} /></span> : <span />}
      <span className="sla-policy-place figure">{place}</span>
      <div className="sla-policy-words">
        <button type="button" className="sla-policy-name" onClick={() => onOpen(policy.id)}>{policy.name}</button>
        <span className="sla-policy-condition">{policy.condition === '' ? 'Every case' : <code>{policy.condition}</code>}</span>
        <span className="sla-policy-targets">{targetsWords(policy)}</span>
      </div>
      <Link href={`/lists/all`} className="sla-policy-cases" title="Cases at hand for which it holds"><Count value={policy.cases} /> {policy.cases === 1 ? 'case' : 'cases'}</Link>
      <span className="sla-policy-acts">
        {may ? <IconButton icon={ArrowUp} size="small" label={`Move ${policy.name} up`} disabled={first} onClick={() => move(-1)} /> : null}
        {may ? <IconButton icon={ArrowDown} size="small" label={`Move ${policy.name} down`} disabled={last} onClick={() => move(1)} /> : null}
        <Switch label={`${policy.name}: on`} hideLabel checked={policy.active} disabled={!may} onChange={set} />
      </span>
    </li>
  )
}

/** "Urgent: first reply 1 h, resolution 8 h · Normal: ..." for the two ends of what it promises. */
function targetsWords({ terms: { targets } }: PolicyView): string {
  const promised = priorities.toReversed().filter((priority) => metrics.some((metric) => targets[priority]?.[metric] !== undefined))
  const ends = promised.length > 2 ? [promised[0], promised.at(-1)] : promised
  return ends.flatMap((priority) => (priority === undefined ? [] : [
    `${priorityNames[priority]}: ${metrics.flatMap((metric) => { const minutes = targets[priority]?.[metric]; return minutes === undefined ? [] : [`${metricNames[metric].toLowerCase()} ${minutesWords(minutes)}`] }).join(', ')}`,
  ])).join(' · ')
}
