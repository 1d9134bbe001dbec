import { Badge, Dot } from '#web'
import { AlertTriangle, CircleHelp, type LucideIcon } from 'lucide-react'
import type { Said, Tone } from './words.ts'

const signs: Partial<Record<Tone, LucideIcon>> = { late: AlertTriangle, soon: CircleHelp }

/** A state as a badge: its colour, its sign, its word. */
export function StateBadge({ said }: { said: Said }) {
  const sign = signs[said.tone]
  return <Badge tone={said.tone} {...(sign ? { icon: sign } : {})}>{said.word}</Badge>
}

/** A state within a row: a shape and the word. */
export function StateLine({ said }: { said: Said }) {
  return <span className="channels-state"><Dot tone={said.tone} label={said.word} /><span aria-hidden="true">{said.word}</span></span>
}
