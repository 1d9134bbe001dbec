import { isFieldTerm, parseQuery, writeQuery, type Field, type Query } from '../../query/model.ts'
import { statusNames } from '../words.ts'
import type { Hit } from '../wire.ts'

/** What could narrow a search: the statuses, queues and topics of what was found. */

export interface Facet {
  field: Field
  value: string
  name: string
  count: number
  /** The query asks for it already. */
  isOn: boolean
}

const EACH_MAX = 4

const termOf = (query: Query, field: Field) => query.terms.filter(isFieldTerm).find((term) => term.field === field && !term.not)

export function facetsOf(text: string, hits: readonly Hit[]): Facet[] {
  const { query } = parseQuery(text)
  const of = (field: Field, seen: (hit: Hit) => { value: string; name: string } | null): Facet[] => {
    const asked = termOf(query, field)?.values ?? []
    const found = new Map<string, Facet>()
    for (const hit of hits) {
      const one = seen(hit)
      if (!one) continue
      const before = found.get(one.value)
      found.set(one.value, { field, ...one, count: (before?.count ?? 0) + 1, isOn: asked.includes(one.value) })
    }
    const all = [...found.values()].sort((a, b) => Number(b.isOn) - Number(a.isOn) || b.count - a.count)
    // What all of them are narrows nothing.
    return all.length > 1 || all.some(({ isOn }) => isOn) ? all.slice(0, EACH_MAX) : []
  }
  return [
    ...of('status', ({ case: found }) => ({ value: found.status, name: statusNames[found.status] })), ...of('queue', ({ case: found }) => ({ value: found.queue.key, name: found.queue.name })),
    ...of('topic', ({ case: found }) => (found.topic ? { value: found.topic.key, name: found.topic.title } : null)),
  ]
}

/** The query with the facet's value asked for, or not any more. */
export function toggled(text: string, { field, value, isOn }: Facet): string {
  const { query } = parseQuery(text)
  const term = termOf(query, field)
  if (!term) return writeQuery({ terms: [...query.terms, { field, not: false, values: [value] }] })
  const values = isOn ? term.values.filter((one) => one !== value) : [...term.values, value]
  return writeQuery({ terms: query.terms.flatMap((one) => (one !== term ? [one] : values.length > 0 ? [{ ...term, values }] : [])) })
}
