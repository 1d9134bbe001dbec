import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Icon } from '../room.ts'
import { classes } from './classes.ts'

export type Tone = 'neutral' | 'late' | 'soon' | 'done' | 'info'

const PRESENCE: Record<string, string> = { available: 'available', busy: 'busy', away: 'away', off: 'off work' }

/** A person by their initials; `presence` adds a mark with its word. */
export function Avatar({ name, size = 24, presence }: { name: string; size?: 16 | 20 | 24 | 32 | 40; presence?: string | null }) {
  return (
    <span className={`avatar avatar-${size}`} role="img" aria-label={presence ? `${name}, ${PRESENCE[presence] ?? presence}` : name}>
      <span aria-hidden="true">{initials(name)}</span>
      {presence ? <span className={`presence presence-${presence}`} aria-hidden="true" /> : null}
    </span>
  )
}

/** The first letters of the first and the last word: AR for Ana Ruiz; also of names in other scripts. */
export function initials(name: string): string {
  const words = name.trim().split(/[\s._-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')].find((letter) => /[\p{L}\p{N}]/u.test(letter)) ?? '')
  return letters.join('').toLocaleUpperCase() || '?'
}

/** A state in a word, with its colour and, for what is late or soon, its sign. */
export function Badge({ tone = 'neutral', icon: Drawn, children }: { tone?: Tone; icon?: Icon; children: ReactNode }) {
  return <span className={`badge badge-${tone}`}>{Drawn ? <Drawn size={12} aria-hidden /> : null}{children}</span>
}

/** A state as a small shape, each tone with its own, for rows where a word would be too much; the word is its tooltip. */
export function Dot({ tone = 'neutral', label }: { tone?: Tone; label: string }) {
  return <svg className={`dot dot-${tone}`} viewBox="0 0 10 10" width="10" height="10" role="img" aria-label={label}><title>{label}</title>{SHAPES[tone]}</svg>
}

const SHAPES: Record<Tone, ReactNode> = {
  neutral: <circle cx="5" cy="5" r="3.25" fill="none" strokeWidth="1.5" />,
  info: <circle cx="5" cy="5" r="4" />,
  done: <path d="M1.5 5.5 4 8l4.5-6" fill="none" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />,
  soon: <path d="M5 1a4 4 0 0 1 0 8zM5 1a4 4 0 0 0 0 8" fillOpacity="1" strokeWidth="1.2" className="dot-half" />,
  late: <path d="M5 .8 9.4 9H.6z" />,
}

/** A word that somebody put on a thing. */
export function Tag({ children, onRemove, className }: { children: string; onRemove?: () => void; className?: string }) {
  return (
    <span className={classes('tag', className)}>
      {children}
      {onRemove ? <button type="button" className="tag-remove" aria-label={`Remove ${children}`} onClick={onRemove}><X size={11} aria-hidden /></button> : null}
    </span>
  )
}
