import { client, useFact, usePages, useQuery, useQueryClient } from '#web'
import { useEffect, useRef } from 'react'
import type { InsightsApi } from '../routes.ts'

/** What the screens of insights ask of the server. */

export const insights = client<InsightsApi>()

export type Board = InsightsApi['GET /api/v1/board']['answer']
export type BoardCase = Board['due'][number]
export type BoardPerson = Board['people'][number]
export type Figures = InsightsApi['GET /api/v1/measures/:key']['answer']
export type Figure = Figures['total']
export type Measure = Figures['measure']
export type CountedCase = InsightsApi['GET /api/v1/measures/:key/cases']['answer']['items'][number]

export type Words = Readonly<Record<string, string>>

const BOARD = 'board'
/** Facts come many a second in a busy centre; a board that changed more often than this could not be read. */
const AT_MOST_EVERY_MS = 2_000
/** Time goes on by itself: what is at risk now may be late then. */
const AT_LEAST_EVERY_MS = 20_000

export const useBoard = (query: Words) =>
  useQuery({ queryKey: [BOARD, query], queryFn: ({ signal }) => insights('GET /api/v1/board', { query, signal }), placeholderData: (before) => before, refetchInterval: AT_LEAST_EVERY_MS, staleTime: AT_MOST_EVERY_MS })

export const useBoardCases = (query: Words) => usePages([BOARD, 'cases', query], (page, signal) => insights('GET /api/v1/board/cases', { query: { ...query, ...page }, signal }))

/** Reads the board anew after cases or people changed, and not more often than one can look. */
export function useLiveBoard(): void {
  const queries = useQueryClient()
  const due = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useFact(({ refs, kind }) => {
    if (due.current !== undefined || !(refs.includes('cases') || refs.includes('counts') || kind.startsWith('agent.') || kind === 'presence.changed')) return
    due.current = setTimeout(() => { due.current = undefined; void queries.invalidateQueries({ queryKey: [BOARD] }) }, AT_MOST_EVERY_MS)
  })
  useEffect(() => () => clearTimeout(due.current), [])
}

export const useMeasures = () => useQuery({ queryKey: ['measures', 'all'], queryFn: ({ signal }) => insights('GET /api/v1/measures', { signal }) })

export const useFigures = (key: string | null, query: Words) => useQuery({
  queryKey: ['measures', 'figures', key, query], enabled: key !== null, staleTime: 30_000, queryFn: ({ signal }) => insights('GET /api/v1/measures/:key', { params: { key: key ?? '' }, query, signal }), placeholderData: (before) => before,
})

export const useCounted = (key: string, query: Words) => usePages(['measures', 'cases', key, query], (page, signal) => insights('GET /api/v1/measures/:key/cases', { params: { key }, query: { ...query, ...page }, signal }), 100)

/** An address below /api, for files that the browser itself fetches. */
export const fileOf = (key: string, file: 'table.csv' | 'cases.csv', query: Words): string => `/api/v1/measures/${key}/${file}?${new URLSearchParams({ ...query, bom: '1' }).toString()}`
