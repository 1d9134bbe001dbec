import { useState, type FocusEvent } from 'react'

/** A list that does not change its order under the reader's eye: while somebody points at it or is in it, rows stay where they are. */

export interface Held<T> {
  rows: readonly T[]
  /** How many came in meanwhile. */
  waiting: number
  /** Lets them in. */
  release(): void
  handlers: { onPointerEnter(): void; onPointerLeave(): void; onFocus(): void; onBlur(event: FocusEvent<HTMLElement>): void }
}

/** In the order in which they were, with what they are now; those that are gone are left out. */
export function inPlace<T>(shown: readonly string[], now: readonly T[], keyOf: (row: T) => string): readonly T[] {
  const known = new Map(now.map((row) => [keyOf(row), row]))
  return shown.flatMap((key) => known.get(key) ?? [])
}

/** `always`: nobody points at it, so the order is that of now. */
export function useHeld<T>(now: readonly T[], keyOf: (row: T) => string, always = false): Held<T> {
  const [looking, look] = useState({ points: false, focus: false })
  const [order, keep] = useState<readonly string[]>([])
  const held = !always && (looking.points || looking.focus)
  const begin = (how: 'points' | 'focus') => {
    if (!held) keep(now.map(keyOf))
    look((before) => ({ ...before, [how]: true }))
  }
  const rows = held ? inPlace(order, now, keyOf) : now
  return {
    rows, waiting: now.length - rows.length, release: () => keep(now.map(keyOf)),
    handlers: {
      onPointerEnter: () => begin('points'), onPointerLeave: () => look((before) => ({ ...before, points: false })), onFocus: () => begin('focus'),
      onBlur: (event) => { if (!event.currentTarget.contains(event.relatedTarget)) look((before) => ({ ...before, focus: false })) },
    },
  }
}
