import { useMe, useQuery } from '#web'
import type { DeskApi } from '../../routes.ts'
import { api } from '../data.ts'

export type CalendarView = DeskApi['GET /api/v1/calendars']['answer']['items'][number]
export type PolicyView = DeskApi['GET /api/v1/sla-policies']['answer']['items'][number]
export type CaseSla = DeskApi['GET /api/v1/cases/:number/sla']['answer']
export type Probed = DeskApi['POST /api/v1/sla-policies/probe']['answer']

/** Lists that change seldom are read anew when they are looked at after a while. */
const SELDOM_MS = 60_000

export function useCalendars() {
  const me = useMe()
  return useQuery({ queryKey: ['calendars'], staleTime: SELDOM_MS, enabled: me.may('sla.read'), queryFn: async () => (await api('GET /api/v1/calendars')).items })
}

export function usePolicies() {
  const me = useMe()
  return useQuery({ queryKey: ['sla-policies'], staleTime: SELDOM_MS, enabled: me.may('sla.read'), queryFn: async () => (await api('GET /api/v1/sla-policies')).items })
}

/** The promises of a case, read when somebody looks; facts of the case refresh them. */
export const useCaseSla = (number: number, enabled: boolean) =>
  useQuery({ queryKey: ['case', number, 'sla'], enabled, queryFn: () => api('GET /api/v1/cases/:number/sla', { params: { number } }) })
