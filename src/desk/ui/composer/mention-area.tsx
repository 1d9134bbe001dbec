import { Users } from 'lucide-react'
import { Avatar, classes } from '#web'
import { useId, useState, type KeyboardEvent, type Ref } from 'react'
import { matching, mentionAt, withMention, type Colleague } from './mentions.ts'

interface MentionAreaProps {
  ref: Ref<HTMLTextAreaElement>
  value: string
  onChange: (value: string) => void
  /** Who can be named with @; nobody when the text is for customers. */
  colleagues: readonly Colleague[]
  label: string
  placeholder: string
}

/** The text, with a picker of colleagues while a name is written after an @. */
export function MentionArea({ ref, value, onChange, colleagues, label, placeholder }: MentionAreaProps) {
  const list = useId()
  const [caret, setCaret] = useState(0)
  const [at, setAt] = useState(0)
  const [dismissed, setDismissed] = useState<number | null>(null)
  const being = colleagues.length > 0 ? mentionAt(value, caret) : null
  const found = being && being.from !== dismissed ? matching(colleagues, being.typed) : []
  const choose = (area: HTMLTextAreaElement, colleague: Colleague) => {
    if (!being) return
    const next = withMention(value, being.from, caret, colleague)
    onChange(next.text)
    setCaret(next.caret)
    requestAnimationFrame(() => { area.focus(); area.setSelectionRange(next.caret, next.caret) })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const pick = found[at]
    if (!pick) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') { event.preventDefault(); setAt((now) => (now + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length) }
    if ((event.key === 'Enter' || event.key === 'Tab') && !event.ctrlKey && !event.metaKey) { event.preventDefault(); choose(event.currentTarget, pick) }
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); setDismissed(being?.from ?? null) }
  }
  return (
    <div className="desk-area">
      <textarea
        ref={ref} className="desk-textarea" aria-label={label} placeholder={placeholder} value={value} rows={3} aria-controls={found.length > 0 ? list : undefined} aria-activedescendant={found[at] ? `${list}-${found[at].id}` : undefined}
        onChange={(event) => { setCaret(event.target.selectionStart); setAt(0); onChange(event.target.value) }} onSelect={(event) => setCaret(event.currentTarget.selectionStart)} onKeyDown={onKeyDown}
      />
      {found.length > 0 ? (
        <div className="floats menu desk-mentions" role="listbox" id={list} aria-label="Colleagues">
          {found.map((colleague, index) => (
            <div
              key={colleague.id} id={`${list}-${colleague.id}`} role="option" tabIndex={-1} aria-selected={index === at} className={classes('menu-item', index === at && 'menu-item-at')}
              onPointerDown={(event) => { event.preventDefault(); const area = event.currentTarget.closest('.desk-area')?.querySelector('textarea'); if (area) choose(area, colleague) }}
            >
              {colleague.team ? <Users size={16} aria-hidden /> : <Avatar name={colleague.name} size={20} />}<span>{colleague.name}</span><span className="menu-detail">{colleague.team ? 'Everybody in the team' : colleague.email}</span>
            </div>
          ))}
        </div>
      ) : null}
    </div>
  )
}
