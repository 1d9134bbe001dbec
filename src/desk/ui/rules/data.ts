import { usePages, useQuery, type Pages } from '#web'
import type { DeskApi } from '../../routes.ts'
import { api } from '../data.ts'

export type Rule = DeskApi['GET /api/v1/rules']['answer']['items'][number]
export type RuleWhole = DeskApi['GET /api/v1/rules/:id']['answer']
export type Run = DeskApi['GET /api/v1/rules/:id/runs']['answer']['items'][number]
export type Trial = DeskApi['GET /api/v1/rule-trials/:id']['answer']
/** What a rule says, as the editor holds it. */
export type Says = Pick<Rule, 'name' | 'trigger' | 'condition' | 'actions' | 'last'>

export const useRules = (archived: boolean) => useQuery({ queryKey: ['rules', archived ? 'archived' : 'there'], queryFn: () => api('GET /api/v1/rules', { query: archived ? { archived: '1' } : {} }) })
export const useRule = (id: string | null) => useQuery({ queryKey: ['rules', 'one', id], queryFn: () => api('GET /api/v1/rules/:id', { params: { id: id ?? '' } }), enabled: id !== null })

export function useRuns(id: string): Pages<Run> {
  return usePages(['rules', 'runs', id], (page) => api('GET /api/v1/rules/:id/runs', { params: { id }, query: page }))
}

const LOOK_MS = 700
const isOver = (trial: Trial | undefined) => trial !== undefined && trial.state !== 'waiting' && trial.state !== 'running'

/** A trial, looked at again until it is over. */
export const useTrial = (id: string | null) => useQuery({
  queryKey: ['ruleTrial', id], queryFn: () => api('GET /api/v1/rule-trials/:id', { params: { id: id ?? '' } }), enabled: id !== null,
  refetchInterval: ({ state }) => (isOver(state.data) ? false : LOOK_MS),
})
