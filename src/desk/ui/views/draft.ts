import { remember, remembered } from '#web'
import type { ViewForm } from './data.ts'

/** What somebody changed of a view and has not saved, kept in this browser until it is saved or thrown away. */

const nameOf = (id: string) => `meridian.view.${id}`

export function keptDraft(id: string, saved: ViewForm): ViewForm {
  const kept = parsed(remembered(nameOf(id)))
  const text = (name: 'name' | 'query') => { const value = kept[name]; return typeof value === 'string' ? value : saved[name] }
  return { ...saved, name: text('name'), query: text('query') }
}

/** What was written is kept; what was only chosen is chosen again as quickly. */
export function keepDraft(id: string, { name, query }: ViewForm, saved: ViewForm): void {
  remember(nameOf(id), name === saved.name && query === saved.query ? '' : JSON.stringify({ name, query }))
}

export const dropDraft = (id: string): void => remember(nameOf(id), '')

function parsed(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text || '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

export const isSame = (a: ViewForm, b: ViewForm): boolean => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort())
