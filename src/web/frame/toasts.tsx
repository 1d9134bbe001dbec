import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useCell } from '../cell.ts'
import { Kbd } from '../parts/kbd.tsx'
import { dismiss, toasts, type Toast } from '../parts/toasts.ts'

const ICONS = { info: Info, done: CircleCheck, late: CircleAlert }

/** What was said at the edge of the screen; stays while the pointer or the focus is on it. */
export function Toasts() {
  const all = useCell(toasts)
  const newest = all.findLast((entry) => entry.undo)
  return <div className="toasts" role="region" aria-label="Messages of the program">{all.map((entry) => <Entry key={entry.id} entry={entry} byKey={entry === newest} />)}</div>
}

/** @param byKey whether the key for taking back means this one. */
function Entry({ entry, byKey }: { entry: Toast; byKey: boolean }) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismiss(entry.id), entry.ms)
    return () => clearTimeout(timer)
  }, [held, entry])
  const Drawn = ICONS[entry.tone]
  return (
    <div className={`toast toast-${entry.tone}`} role={entry.tone === 'late' ? 'alert' : 'status'} onPointerEnter={() => setHeld(true)} onPointerLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <Drawn size={16} aria-hidden className="toast-icon" />
      <span className="toast-text">{entry.text}</span>
      {entry.undo ? <button type="button" className="toast-undo" onClick={() => { dismiss(entry.id); entry.undo?.() }}>Undo {byKey ? <Kbd keys="z" /> : null}</button> : null}
      {entry.open ? <button type="button" className="toast-undo" onClick={() => { dismiss(entry.id); entry.open?.() }}>Open</button> : null}
      <button type="button" className="toast-close" aria-label="Dismiss" onClick={() => dismiss(entry.id)}><X size={14} aria-hidden /></button>
    </div>
  )
}
