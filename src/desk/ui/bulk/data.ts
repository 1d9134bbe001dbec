import { navigate, queries, tellRefusal, toast, useQuery } from '#web'
import type { CaseAction } from '../../actions/model.ts'
import type { DeskApi } from '../../routes.ts'
import { api } from '../data.ts'
import { counted } from '../words.ts'
import { outcome } from './words.ts'

/** Bulk runs as they arrive in the browser. */
export type Run = DeskApi['GET /api/v1/bulk-runs/:id']['answer']
export type RunItem = DeskApi['GET /api/v1/bulk-runs/:id/items']['answer']['items'][number]
export type Preview = DeskApi['POST /api/v1/bulk-previews']['answer']

/** A preview on the screen. */
export interface PreviewState {
  data: Preview | null
  /** Another one is on its way. */
  stale: boolean
  error: unknown
}

/** What a run is over: cases that were chosen, or all that match. */
export type Over = { cases: number[][] } | { query: string }

export const previewRun = (over: Over, actions: CaseAction[], signal?: AbortSignal): Promise<Preview> => api('POST /api/v1/bulk-previews', { body: { actions, ...over }, ...(signal ? { signal } : {}) })

const LOOK_EVERY_MS = 600

/** A run; while it goes on it is looked at again and again. */
export const useRun = (id: string) => useQuery({
  queryKey: ['bulk', id, 'run'], queryFn: () => api('GET /api/v1/bulk-runs/:id', { params: { id } }),
  refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : LOOK_EVERY_MS),
})

export const useLimit = () => useQuery({ queryKey: ['bulk', 'limit'], staleTime: 60_000, queryFn: () => api('GET /api/v1/bulk-limit') })

/** Takes a run back, and shows how. */
export async function undoRun(id: string): Promise<void> {
  try {
    const undoing = await api('POST /api/v1/bulk-runs/:id/undo', { params: { id }, body: undefined })
    await queries.invalidateQueries({ queryKey: ['bulk'] })
    navigate(`/bulk/${undoing.id}`)
  } catch (error) {
    tellRefusal(error, 'Not taken back')
  }
}

const WATCHED_MS = 15_000

/** Says what became of a run that was begun from a list, without leading away from it. */
export async function watchRun({ id, total }: Run): Promise<void> {
  const open = () => navigate(`/bulk/${id}`)
  const leave = toast({ text: `Changing ${counted(total, 'case')} …`, open, ms: WATCHED_MS })
  const until = Date.now() + WATCHED_MS
  while (Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
    const run = await api('GET /api/v1/bulk-runs/:id', { params: { id } }).catch(() => null)
    if (!run) continue
    queries.setQueryData(['bulk', id, 'run'], run)
    if (run.state === 'running') continue
    leave()
    toast({ text: outcome(run.counts), tone: run.counts.refused + run.counts.failed > 0 ? 'info' : 'done', open, ms: 20_000, ...(run.mayUndo ? { undo: () => void undoRun(id) } : {}) })
    return
  }
}
