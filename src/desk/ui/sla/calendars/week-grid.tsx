import { Copy } from 'lucide-react'
import { classes, IconButton } from '#web'
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { Slot } from '../../../sla/model.ts'
import { clockWords, copyDay, DAY_MINUTES, drawn, hoursWords, moved, readHours, slotsOf, snapped, weekdays, withDay } from './hours.ts'

interface Props {
  slots: readonly Slot[]
  onChange: (slots: Slot[]) => void
  disabled: boolean
}

/** A week as seven bars of a day: slots are drawn and dragged, moved by keys, or written. */
export function WeekGrid({ slots, onChange, disabled }: Props) {
  return (
    <div className="sla-week" role="group" aria-label="Opening hours of the week">
      <div className="sla-week-scale" aria-hidden><span /><div>{[0, 6, 12, 18, 24].map((hour) => <span key={hour} style={{ insetInlineStart: `${hour / 24 * 100}%` }}>{hour}</span>)}</div><span /></div>
      {weekdays.map((name, index) => <DayRow key={name} day={index + 1} name={name} slots={slots} onChange={onChange} disabled={disabled} />)}
    </div>
  )
}

const others = (day: number) => (day <= 5 ? [1, 2, 3, 4, 5] : [6, 7]).filter((other) => other !== day)

function DayRow({ day, name, slots, onChange, disabled }: Props & { day: number; name: string }) {
  const own = slotsOf(slots, day)
  return (
    <div className="sla-day">
      <span className="sla-day-name">{name}</span>
      <Track day={day} name={name} own={own} disabled={disabled} onChange={(hours) => onChange(withDay(slots, day, hours))} />
      <span className="sla-day-write">
        <HoursInput name={name} own={own} disabled={disabled} onChange={(hours) => onChange(withDay(slots, day, hours))} />
        <IconButton icon={Copy} size="small" disabled={disabled} label={day <= 5 ? `Take over ${name} from Monday to Friday` : `Take over ${name} for the weekend`} onClick={() => onChange(copyDay(slots, day, others(day)))} />
      </span>
    </div>
  )
}

type Hours = { from: number; to: number }

/** The hours in writing, which the keyboard needs no drawing for. */
function HoursInput({ name, own, disabled, onChange }: { name: string; own: readonly Hours[]; disabled: boolean; onChange: (hours: Hours[]) => void }) {
  const [text, setText] = useState<string | null>(null)
  const wrong = text !== null && readHours(text) === null
  const leave = () => {
    const hours = text === null ? null : readHours(text)
    if (hours) { onChange(hours); setText(null) }
  }
  return (
    <input
      className={classes('input', 'figure', wrong && 'sla-wrong')} aria-label={`${name}, opening hours`} aria-invalid={wrong || undefined} placeholder="Closed" disabled={disabled} title="Such as 9-12, 13-17:30"
      value={text ?? hoursWords(own)} onChange={(event) => setText(event.target.value)} onBlur={leave} onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); leave() } }}
    />
  )
}

interface Drag {
  what: 'draw' | 'whole' | 'from' | 'to'
  start: number
  slot: Slot
}

function Track({ day, name, own, disabled, onChange }: { day: number; name: string; own: readonly Slot[]; disabled: boolean; onChange: (hours: Hours[]) => void }) {
  const track = useRef<HTMLDivElement>(null)
  const [drag, setDrag] = useState<Drag | null>(null)
  const [held, setHeld] = useState<Slot | null>(null)
  const minutesAt = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect()
    return box && box.width > 0 ? Math.min(DAY_MINUTES, Math.max(0, (event.clientX - box.left) / box.width * DAY_MINUTES)) : 0
  }
  const begin = (what: Drag['what'], slot: Slot | null) => (event: PointerEvent) => {
    if (disabled || event.button !== 0) return
    event.stopPropagation()
    track.current?.setPointerCapture(event.pointerId)
    const start = minutesAt(event)
    setDrag({ what, start, slot: slot ?? { day, from: start, to: start } })
    setHeld(slot ?? drawn(day, start, start))
  }
  const move = (event: PointerEvent) => {
    if (drag) setHeld(drag.what === 'draw' ? drawn(day, drag.start, minutesAt(event)) : moved(drag.slot, drag.what, snapped(minutesAt(event)) - snapped(drag.start)))
  }
  const end = () => {
    if (drag && held) onChange([...own.filter((slot) => slot !== drag.slot), held])
    setDrag(null)
    setHeld(null)
  }
  const shown = drag && held ? [...own.filter((slot) => slot !== drag.slot), held] : own
  return (
    <div ref={track} className={classes('sla-track', disabled && 'sla-track-still')} onPointerDown={begin('draw', null)} onPointerMove={move} onPointerUp={end} onPointerCancel={() => { setDrag(null); setHeld(null) }}>
      {shown.map((slot, index) => (
        // eslint-disable-next-line react/no-array-index-key -- a slot that is moved stays the one that has the focus
        <SlotBar key={index} name={name} slot={slot} disabled={disabled} begin={begin}
          onChange={(next) => onChange([...own.filter((other) => other !== slot), ...(next ? [next] : [])])} />
      ))}
    </div>
  )
}

interface SlotProps {
  name: string
  slot: Slot
  disabled: boolean
  begin: (what: Drag['what'], slot: Slot) => (event: PointerEvent) => void
  onChange: (slot: Slot | null) => void
}

/** Arrow keys move a slot by a quarter of an hour, with Shift its end, with Alt its beginning; Delete takes it away. */
function SlotBar({ name, slot, disabled, begin, onChange }: SlotProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowLeft' || event.key === 'ArrowDown' ? -15 : event.key === 'ArrowRight' || event.key === 'ArrowUp' ? 15 : 0
    if (event.key === 'Delete' || event.key === 'Backspace') onChange(null)
    else if (by !== 0) onChange(moved(slot, event.shiftKey ? 'to' : event.altKey ? 'from' : 'whole', by))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const words = `${clockWords(slot.from)}–${clockWords(slot.to)}`
  return (
    <button
      type="button" className="sla-slot" disabled={disabled} aria-label={`${name}, ${words}`} title={`${words}\nArrow keys move it, Shift+arrow its end, Alt+arrow its beginning, Delete takes it away`}
      style={{ insetInlineStart: `${slot.from / DAY_MINUTES * 100}%`, inlineSize: `${(slot.to - slot.from) / DAY_MINUTES * 100}%` }} onPointerDown={begin('whole', slot)} onKeyDown={onKeyDown}
    >
      <span className="sla-slot-end" onPointerDown={begin('from', slot)} /><span className="sla-slot-words figure">{words}</span><span className="sla-slot-end sla-slot-end-last" onPointerDown={begin('to', slot)} />
    </button>
  )
}
