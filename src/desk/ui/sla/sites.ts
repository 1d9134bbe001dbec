import { client, useMe, useQuery } from '#web'
import type { PeopleApi } from '#people'

const api = client<PeopleApi>()

/** Where agents sit, by name. */
export function useSites() {
  const me = useMe()
  return useQuery({ queryKey: ['sites', 'all'], staleTime: 60_000, enabled: me.may('place.read'), queryFn: async () => (await api('GET /api/v1/sites', { query: { limit: 200 } })).items })
}
