import { cell } from './cell.ts'

export type Theme = 'system' | 'light' | 'dark'
export type Density = 'compact' | 'comfortable'

// public/theme.js reads the same two names before the first paint.
const THEME = 'meridian.theme'
const DENSITY = 'meridian.density'

export const theme = cell<Theme>(oneOf(remembered(THEME), ['system', 'light', 'dark']))
export const density = cell<Density>(oneOf(remembered(DENSITY), ['compact', 'comfortable']))

theme.subscribe(() => {
  remember(THEME, theme.get())
  if (theme.get() === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme.get()
})
density.subscribe(() => {
  remember(DENSITY, density.get())
  document.documentElement.dataset['density'] = density.get()
})

/** Storage may be forbidden; then a choice lasts as long as the page. */
export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

/** Keeps a small choice of this browser: a width, what is folded. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch { /* see above */ }
}

function oneOf<const W extends string>(text: string | null, words: readonly [W, ...W[]]): W {
  return words.find((word) => word === text) ?? words[0]
}
