import { TextQuote, Users, Workflow } from 'lucide-react'
import { Avatar, classes } from '#web'
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { unfilledIn } from '../../snippets/model.ts'
import type { Macro } from '../macros/data.ts'
import { matching, mentionAt, type Colleague } from './mentions.ts'
import { insertInto, offer, slashAt, type Place } from './slash.ts'

interface WritingAreaProps {
  ref: RefObject<HTMLTextAreaElement | null>
  value: string
  onChange: (value: string) => void
  /** Who can be named with @; nobody when the text is for customers. */
  colleagues: readonly Colleague[]
  /** What a slash offers. */
  macros: readonly Macro[]
  place: Place
  /** A snippet or macro was chosen in place of what was typed after the slash. */
  onMacro: (macro: Macro, from: number, to: number) => void
  label: string
  placeholder: string
}

interface Picked {
  id: string
  row: ReactNode
  choose: (area: HTMLTextAreaElement) => void
}

/** The text, with a picker of colleagues after an @ and of snippets after a slash. */
export function WritingArea(props: WritingAreaProps) {
  const { ref, value, onChange, label, placeholder } = props
  const list = useId()
  const [caret, setCaret] = useState(0)
  const [at, setAt] = useState(0)
  const [dismissed, setDismissed] = useState<number | null>(null)
  const offered = offeredAt(props, caret)
  const found = offered && offered.from !== dismissed ? offered.items : []
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const pick = found[at]
    if (!pick) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); setAt((now) => (now + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length) }
    if ((event.key === 'Enter' || event.key === 'Tab') && !event.ctrlKey && !event.metaKey) { event.preventDefault(); pick.choose(event.currentTarget) }
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); setDismissed(offered?.from ?? null) }
  }
  return (
    <div className="desk-area">
      <Marks value={value} area={ref} />
      <textarea
        ref={ref} className="desk-textarea" aria-label={label} placeholder={placeholder} value={value} rows={3} aria-controls={found.length > 0 ? list : undefined} aria-activedescendant={found[at] ? `${list}-${found[at].id}` : undefined}
        onChange={(event) => { setCaret(event.target.selectionStart); setAt(0); onChange(event.target.value) }} onSelect={(event) => setCaret(event.currentTarget.selectionStart)} onKeyDown={onKeyDown}
      />
      {found.length > 0 ? (
        <div className="floats menu desk-mentions" role="listbox" id={list} aria-label={offered?.what}>
          {found.map(({ id, row, choose }, index) => (
            <div
              key={id} id={`${list}-${id}`} role="option" tabIndex={-1} aria-selected={index === at} className={classes('menu-item', index === at && 'menu-item-at')}
              onPointerDown={(event) => { event.preventDefault(); if (ref.current) choose(ref.current) }}
            >
              {row}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  )
}

function offeredAt({ value, colleagues, macros, place, onMacro }: WritingAreaProps, caret: number): { from: number; what: string; items: Picked[] } | null {
  const mention = colleagues.length > 0 ? mentionAt(value, caret) : null
  if (mention) {
    const items = matching(colleagues, mention.typed).map(({ id, name, email, team }): Picked => ({
      id, row: <>{team ? <Users size={16} aria-hidden /> : <Avatar name={name} size={20} />}<span>{name}</span><span className="menu-detail">{team ? 'Everybody in the team' : email}</span></>,
      choose: (area) => insertInto(area, mention.from, value[caret] === ' ' ? caret + 1 : caret, `@${name} `),
    }))
    return { from: mention.from, what: 'Colleagues', items }
  }
  const slash = macros.length > 0 ? slashAt(value, caret) : null
  if (!slash) return null
  const items = offer(macros, slash.typed, place).map((macro): Picked => {
    const Drawn = macro.kind === 'snippet' ? TextQuote : Workflow
    return { id: macro.id, row: <><Drawn size={15} aria-hidden /><span>{macro.title}</span><span className="menu-detail">/{macro.name}{macro.folder ? ` · ${macro.folder}` : ''}</span></>, choose: () => onMacro(macro, slash.from, caret) }
  })
  return { from: slash.from, what: 'Snippets and macros', items }
}

/** Behind the text: marks where a variable is not filled in. */
function Marks({ value, area }: { value: string; area: RefObject<HTMLTextAreaElement | null> }) {
  const layer = useRef<HTMLDivElement>(null)
  const missing = unfilledIn(value).length > 0
  useLayoutEffect(() => {
    const text = area.current
    if (!missing || !text) return
    const follow = () => { if (layer.current) layer.current.scrollTop = text.scrollTop }
    follow()
    text.addEventListener('scroll', follow, { passive: true })
    return () => text.removeEventListener('scroll', follow)
  })
  if (!missing) return null
  return <div ref={layer} className="desk-unfilled" aria-hidden="true">{value.split(/(\\?\{\{[^{}]*\}\})/).map((part, index) => (unfilledIn(part).length > 0 ? <mark key={`${index} ${part}`}>{part}</mark> : part))}{'\n'}</div>
}
