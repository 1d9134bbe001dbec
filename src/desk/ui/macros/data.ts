import { useMe, useQuery, type useQueryClient } from '#web'
import type { DeskApi } from '../../routes.ts'
import type { TextFacts } from '../../snippets/model.ts'
import { api } from '../data.ts'

/** Snippets and macros as they arrive in the browser. */
export type Macro = DeskApi['GET /api/v1/macros']['answer']['items'][number]
export type MacroDetail = DeskApi['GET /api/v1/macros/:id']['answer']

const SELDOM_MS = 60_000
const usable = { queryKey: ['macros', 'use'], staleTime: SELDOM_MS, queryFn: async () => (await api('GET /api/v1/macros')).items }

/** What one can use oneself. */
export const useMacros = () => useQuery({ ...usable, enabled: useMe().may('macro.read') })
export const macrosNow = (queries: ReturnType<typeof useQueryClient>) => queries.ensureQueryData(usable)
export const useLibrary = () => useQuery({ queryKey: ['macros', 'library'], queryFn: async () => (await api('GET /api/v1/macros', { query: { reach: 'library' } })).items })
export const useMacro = (id: string) => useQuery({ queryKey: ['macros', id], queryFn: () => api('GET /api/v1/macros/:id', { params: { id } }) })

const facts = (number: number) => ({
  queryKey: ['case', number, 'text-facts'], staleTime: SELDOM_MS,
  queryFn: async (): Promise<TextFacts> => {
    const answer = await api('GET /api/v1/cases/:number/text-facts', { params: { number } })
    return { ...answer, now: new Date(answer.now) }
  },
})

/** What variables stand for in a case. */
export const useTextFacts = (number: number, enabled = true) => useQuery({ ...facts(number), enabled })
export const textFactsNow = (queries: ReturnType<typeof useQueryClient>, number: number) => queries.ensureQueryData(facts(number))
