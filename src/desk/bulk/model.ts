import type { Role } from '#platform'
import type { ChangedField, FieldChange } from '../actions/preview.ts'

/** Many cases in one go. Also runs in the browser. */

/** `same`: there was nothing to change. */
export const itemStates = ['waiting', 'done', 'same', 'refused', 'failed', 'cancelled'] as const
export type ItemState = (typeof itemStates)[number]
export type RunState = 'running' | 'finished' | 'cancelled'

/** So many cases may be in one run, whoever begins it. */
export const CASES_MAX = 20_000
/** What agents may unless an administrator says otherwise. */
export const AGENT_CASES_STANDARD = 500

/** How many cases somebody may change at once. */
export const casesMaxFor = (roles: readonly Role[], agentCasesMax: number): number =>
  (roles.some((role) => role === 'admin' || role === 'lead') ? CASES_MAX : Math.min(agentCasesMax, CASES_MAX))

export interface Effect {
  field: ChangedField
  from: string | null
  to: string | null
  cases: number
}

const EFFECTS_MAX = 60

/** What happens to how many: the same change of several cases is one line, the most frequent first. Texts count as one, whatever each case makes of them. */
export function effectsOf(changes: readonly (readonly FieldChange[])[]): Effect[] {
  const effects = new Map<string, Effect>()
  for (const { field, from, to } of changes.flat()) {
    const said = field === 'reply' || field === 'note'
    const key = said ? field : JSON.stringify([field, from, to])
    const effect = effects.get(key) ?? { field, from, to: said ? null : to, cases: 0 }
    effects.set(key, { ...effect, cases: effect.cases + 1 })
  }
  return [...effects.values()].sort((a, b) => b.cases - a.cases).slice(0, EFFECTS_MAX)
}

/** A cell that no spreadsheet takes for a formula (OWASP, CSV injection), quoted where it must be (RFC 4180). */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const plain = /^[=+\-@\t\r\n|%]/.test(value.trimStart()) || /^[\t\r\n]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`
