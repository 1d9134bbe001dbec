import { queries, toast, useFact, useMe, useQuery, type QueryKey } from '#web'
import { api } from '../data.ts'
import type { View } from '../wire.ts'

/** Views as screens read and change them. */

const PAGE = 200
const PAGES_MAX = 20
const VIEWS = ['views', 'all'] as const

async function everyView(archived: boolean): Promise<View[]> {
  const views: View[] = []
  let cursor: string | undefined
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = await api('GET /api/v1/views', { query: { limit: PAGE, ...(archived ? { archived: '1' as const } : {}), ...(cursor ? { cursor } : {}) } })
    views.push(...answer.items)
    if (answer.nextCursor === null) break
    cursor = answer.nextCursor
  }
  return views
}

/** The views that one sees, by name. */
export function useViews() {
  const me = useMe()
  return useQuery({ queryKey: VIEWS, enabled: me.may('view.read'), queryFn: () => everyView(false) })
}
export const useArchivedViews = (wanted: boolean) => useQuery({ queryKey: ['views', 'archived'], enabled: wanted, queryFn: () => everyView(true) })
/** One view, archived or not. */
export const useView = (id: string | null) => useQuery({ queryKey: ['views', 'one', id], enabled: id !== null, queryFn: () => api('GET /api/v1/views/:id', { params: { id: id ?? '' } }) })

/** Those that are kept in sight, in their order. */
export const pinnedOf = (views: readonly View[]): View[] => views.filter(({ pinned }) => pinned !== null).sort((a, b) => (a.pinned ?? 0) - (b.pinned ?? 0))

export interface ViewCount {
  count: number
  more: boolean
}

/** Facts come by the dozen: what is counted is asked for again so often at most, and once more after the last. */
const ASK_EVERY_MS = 700
/** Some counts change with the hour, without any fact. */
const ANEW_MS = 30_000
const COUNTS = 'view-counts'
let due: ReturnType<typeof setTimeout> | null = null

function askAnew() {
  due ??= setTimeout(() => {
    due = null
    void queries.invalidateQueries({ queryKey: [COUNTS] })
  }, ASK_EVERY_MS)
}

function useAskedAnew(queryKey: QueryKey, enabled: boolean, queryFn: () => Promise<Map<string, ViewCount>>) {
  useFact(({ refs }) => { if (refs.includes('counts') || refs.includes('cases')) askAnew() })
  return useQuery({ queryKey, enabled, refetchInterval: ANEW_MS, placeholderData: (before) => before, queryFn })
}

/** So many views are counted by one question. */
const TOGETHER = 100

/** How many cases these views hold, live. */
export function useViewCounts(ids: readonly string[]) {
  const asked = [...ids].sort()
  return useAskedAnew([COUNTS, asked.join()], asked.length > 0, async () => {
    const found = new Map<string, ViewCount>()
    for (let from = 0; from < asked.length; from += TOGETHER) {
      const { items } = await api('GET /api/v1/views/counts', { query: { views: asked.slice(from, from + TOGETHER).join() } })
      for (const { view, count, more } of items) if (view !== null) found.set(view, { count, more })
    }
    return found
  })
}

/** How many cases a query holds, live; null while there is none to ask about. */
export function useQueryCount(query: string | null): ViewCount | undefined {
  const answer = useAskedAnew([COUNTS, 'query', query], query !== null, async () => {
    const { items } = await api('GET /api/v1/views/counts', { query: { query: query ?? '' } })
    return new Map(items.map(({ count, more }) => ['query', { count, more }]))
  })
  return answer.isError ? undefined : answer.data?.get('query')
}

export const countWords = ({ count, more }: ViewCount): string => `${count.toLocaleString('en')}${more ? '+' : ''}`

const refresh = () => queries.invalidateQueries({ queryKey: ['views'] })

/** Pins the views in this order, shown at once. */
export async function setPins(ids: readonly string[]): Promise<void> {
  queries.setQueryData<View[]>(VIEWS, (before) => before?.map((view) => ({ ...view, pinned: ids.includes(view.id) ? ids.indexOf(view.id) : null })))
  await api('PUT /api/v1/views/pins', { body: { views: [...ids] } }).finally(refresh)
}

export async function togglePin(view: View): Promise<void> {
  const pinned = pinnedOf(queries.getQueryData<View[]>(VIEWS) ?? []).map(({ id }) => id)
  await setPins(view.pinned === null ? [...pinned, view.id] : pinned.filter((id) => id !== view.id))
}

/** Moves a pinned view by steps, up or down. */
export async function movePin(view: View, step: 1 | -1): Promise<void> {
  await setPins(moved(pinnedOf(queries.getQueryData<View[]>(VIEWS) ?? []).map(({ id }) => id), view.id, step))
}

/** A list with one thing moved; at its end it stays. */
export function moved(ids: readonly string[], id: string, step: number): string[] {
  const at = ids.indexOf(id)
  const to = Math.max(0, Math.min(ids.length - 1, at + step))
  if (at === -1) return [...ids]
  const rest = ids.filter((other) => other !== id)
  return [...rest.slice(0, to), id, ...rest.slice(to)]
}

export async function setArchived(view: View, archived: boolean): Promise<void> {
  await api('PATCH /api/v1/views/:id', { params: { id: view.id }, body: { archived } })
  await refresh()
  if (archived) toast({ text: `“${view.name}” is archived`, undo: () => void setArchived(view, false) })
}

export async function copyOf(view: View): Promise<View> {
  const copy = await api('POST /api/v1/views/:id/copies', { params: { id: view.id } })
  await refresh()
  return copy
}

export async function deleteForGood(view: View): Promise<void> {
  await api('DELETE /api/v1/views/:id', { params: { id: view.id } })
  await refresh()
}

export interface ViewForm {
  name: string
  query: string
  sort: View['sort']
  columns: View['columns']
  grouping: View['grouping']
  icon: View['icon']
  colour: View['colour']
  shared: View['shared']
  team: string | null
}

/** Saves a view, and with whom it is shared when that changed. */
export async function saveView(before: View | null, { shared, team, ...words }: ViewForm): Promise<View> {
  const saved = before
    ? await api('PATCH /api/v1/views/:id', { params: { id: before.id }, body: words, ifMatch: before.version })
    : await api('POST /api/v1/views', { body: words })
  const same = shared === saved.shared && (shared !== 'team' || team === (saved.team?.id ?? null))
  const view = same ? saved : await api('PUT /api/v1/views/:id/sharing', { params: { id: saved.id }, body: { with: shared, ...(shared === 'team' ? { team } : {}) } })
  await refresh()
  return view
}
