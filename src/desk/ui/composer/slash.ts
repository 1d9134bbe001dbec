import { fit } from '#web'
import { fitOf, type Fitting } from '../../macros/model.ts'

/** The slash-menu: `/refund` in a text, and what it offers. */

/** What is being typed after a slash at the caret; null when none begins a word there. */
export function slashAt(text: string, caret: number): { from: number; typed: string } | null {
  const before = text.slice(0, caret)
  const from = before.lastIndexOf('/')
  if (from === -1 || !/(?:^|\s)$/.test(before.slice(0, from))) return null
  const typed = before.slice(from + 1)
  return /^[\p{L}\p{N}-]*(?: [\p{L}\p{N}-]*)?$/u.test(typed) && typed.length <= 40 ? { from, typed } : null
}

export interface Offered extends Fitting {
  name: string
  title: string
}

export interface Place {
  topic: string | null
  queueId: string
}

const FIT_WEIGHT = 15
const OFTEN_MAX = 10

/** What fits the letters, and the case: by its short name first, then by its title; among equals what fits the place and what one uses oneself. */
export function offer<M extends Offered & { usage: { mine: number } }>(macros: readonly M[], typed: string, place: Place, countMax = 8): M[] {
  const search = typed.trim()
  return macros.flatMap((macro) => {
    const letters = search === '' ? 1 : Math.max(fit(macro.name, search) * 1.1, fit(macro.title, search))
    return letters > 0 ? [{ macro, score: letters + fitOf(macro, place) * FIT_WEIGHT + Math.min(OFTEN_MAX, macro.usage.mine) }] : []
  }).sort((a, b) => b.score - a.score || a.macro.title.localeCompare(b.macro.title)).slice(0, countMax).map(({ macro }) => macro)
}

/** Puts text in place of a part, as if it were typed: mod and Z takes it out again. */
export function insertInto(area: HTMLTextAreaElement, from: number, to: number, text: string): void {
  area.focus()
  area.setSelectionRange(from, to)
  // The one way that keeps the browser's own undoing; elsewhere the text still comes in.
  if (document.execCommand('insertText', false, text)) return
  area.setRangeText(text, from, to, 'end')
  area.dispatchEvent(new Event('input', { bubbles: true }))
}

/** Text that comes to what is there: at the caret when that is empty around, below otherwise. */
export const joinedAt = (before: string, text: string): string => (before.trim() === '' || before.endsWith('\n\n') ? text : before.endsWith('\n') ? `\n${text}` : `\n\n${text}`)
