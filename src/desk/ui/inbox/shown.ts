import { useCell, useQueryParams } from '#web'
import { useCallback, useMemo, useState } from 'react'
import { parseQuery, type QueryProblem } from '../../query/model.ts'
import { savedShape, type List } from './lists.ts'
import { changesFrom, keepShape, keptShape, plainShape, tableMode, type Shape } from './shape.ts'

/** A list as it is looked at now: its filter from the address, its order, columns and groups as somebody left them. */
export interface ShownList {
  /** What is asked of the server, under a key of its own. */
  list: List
  /** What narrows the list, as it was written; empty when nothing does. */
  filter: string
  setFilter: (text: string) => void
  problems: readonly QueryProblem[]
  shape: Shape
  change: (changes: Partial<Shape>) => void
  /** Something differs from how the list, or the view, was saved. */
  changed: boolean
  reset: () => void
  table: boolean
  /** What follows an address so that the filter stays. */
  suffix: string
}

export function useShownList(list: List): ShownList {
  const [params, changeParams] = useQueryParams()
  const saved = useMemo(() => savedShape(list), [list])
  const [kept, setKept] = useState<Shape | null>(null)
  const shape = useMemo(() => (kept ? { ...saved, ...kept } : list.kind === 'cases' ? keptShape(list.key, saved) : plainShape('active')), [kept, saved, list])
  const filter = params['filter'] ?? ''
  const { problems } = useMemo(() => parseQuery(filter), [filter])
  const change = useCallback((changes: Partial<Shape>) => {
    const next = { ...shape, ...changes }
    keepShape(list.key, saved, next)
    setKept(next)
  }, [shape, saved, list.key])
  const reset = () => { keepShape(list.key, saved, saved); setKept(saved); changeParams({ filter: null }) }
  const shown = useMemo(() => narrowed(list, shape.sort, problems.length === 0 ? filter.trim() : ''), [list, shape.sort, filter, problems])
  return {
    list: shown, filter, setFilter: (text) => changeParams({ filter: text.trim() === '' ? null : text }), problems, shape, change, changed: filter.trim() !== '' || changesFrom(saved, shape) !== null, reset,
    table: useCell(tableMode), suffix: filter ? `?filter=${encodeURIComponent(filter)}` : '',
  }
}

/** The same list in another order, and with what narrows it; as it is when neither differs. */
function narrowed(list: List, sort: Shape['sort'], filter: string): List {
  if (!list.query || (list.query.sort === sort && filter === '')) return list
  return { ...list, key: `${list.key} ${sort} ${filter}`, query: { ...list.query, sort, ...(filter ? { query: [list.query.query, filter].filter(Boolean).join(' ') } : {}) } }
}
