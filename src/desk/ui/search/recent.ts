import { remember, remembered } from '#web'

/** What was looked for lately in this browser, the latest first. */

const NAME = 'desk.searches'
const KEPT_MAX = 8

export function recentSearches(): string[] {
  try {
    const kept: unknown = JSON.parse(remembered(NAME) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, KEPT_MAX) : []
  } catch {
    return []
  }
}

/** A search counts once something of it was opened. */
export function noteSearch(text: string): void {
  const said = text.trim()
  if (said !== '') remember(NAME, JSON.stringify([said, ...recentSearches().filter((one) => one !== said)].slice(0, KEPT_MAX)))
}

export const forgetSearches = (): void => remember(NAME, '[]')
