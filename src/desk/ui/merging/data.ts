import { useMe, useQuery } from '#web'
import { api } from '../data.ts'

/** Other open cases of the customer; asked for only where they are shown. */
export function useSuggestions(number: number, enabled: boolean) {
  const me = useMe()
  return useQuery({
    queryKey: ['case', number, 'merge-suggestions'], enabled: enabled && me.may('case.merge'),
    queryFn: async () => (await api('GET /api/v1/cases/:number/merge-suggestions', { params: { number } })).items,
  }).data
}

/** Read anew when any case changes: the incidents of a problem are cases of their own. */
export const useIncidents = (number: number, enabled = true) =>
  useQuery({ queryKey: ['cases', 'incidents', number], enabled, queryFn: async () => (await api('GET /api/v1/cases/:number/incidents', { params: { number } })).items })

const WORKING_MS = 1_500

export const useUpdates = (number: number, enabled = true) => useQuery({
  queryKey: ['cases', 'updates', number], enabled, queryFn: async () => (await api('GET /api/v1/cases/:number/updates', { params: { number } })).items,
  refetchInterval: ({ state }) => (state.data?.some(({ tally }) => tally.waiting > 0) ? WORKING_MS : false),
})

export const useSides = (number: number, enabled = true) =>
  useQuery({ queryKey: ['case', number, 'sides'], enabled, queryFn: async () => (await api('GET /api/v1/cases/:number/sides', { params: { number } })).items })

export const useSideCounts = () => useQuery({ queryKey: ['sides', 'counts'], queryFn: () => api('GET /api/v1/sides/counts') })

/** How many side conversations wait longer than they should: what the rail shows. */
export function useOverdueSides(): number | undefined {
  const { data } = useSideCounts()
  return data && data.overdue + data.answered > 0 ? data.overdue + data.answered : undefined
}

export const usePartners = () => useQuery({ queryKey: ['partners'], queryFn: async () => (await api('GET /api/v1/partners')).items })
