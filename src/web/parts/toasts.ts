import { cell } from '../cell.ts'

export interface Toast {
  id: number
  text: string
  /** Gives an Undo button, and the key for it, as long as the toast stands. */
  undo?: () => void
  /** Leads to what it speaks of. */
  open?: () => void
  tone: 'info' | 'done' | 'late'
  /** When it leaves by itself, in ms of the page's clock. */
  until: number
  ms: number
}

export const toasts = cell<Toast[]>([])
let lastId = 0

/**
 * Says something at the edge of the screen. With `undo` it can be taken back for as long as it stands (6 s unless said).
 * @returns the way to take it away earlier.
 */
export function toast(said: { text: string; undo?: () => void; open?: () => void; tone?: Toast['tone']; ms?: number }): () => void {
  const id = ++lastId
  const ms = said.ms ?? (said.undo || said.open || said.tone === 'late' ? 8_000 : 5_000)
  const entry: Toast = { id, text: said.text, tone: said.tone ?? 'info', ms, until: performance.now() + ms, ...(said.undo ? { undo: said.undo } : {}), ...(said.open ? { open: said.open } : {}) }
  toasts.set((now) => [...now.filter((other) => other.text !== said.text || other.undo), entry].slice(-4))
  return () => dismiss(id)
}

export const dismiss = (id: number) => toasts.set((now) => now.filter((entry) => entry.id !== id))

/** Takes back the newest that can be. @returns whether there was one. */
export function undoNewest(): boolean {
  const newest = toasts.get().findLast((entry) => entry.undo)
  if (!newest) return false
  dismiss(newest.id)
  newest.undo?.()
  return true
}
