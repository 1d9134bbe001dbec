import { optimistic, queries, toast, useMe, useQuery } from '#web'
import type { WatchState } from '../../attention/watching/model.ts'
import { api } from '../data.ts'
import type { Watchers } from './wire.ts'

const keyOf = (number: number) => ['case', number, 'watchers'] as const

export const useWatchers = (number: number) => useQuery({ queryKey: keyOf(number), queryFn: () => api('GET /api/v1/cases/:number/watchers', { params: { number } }), enabled: useMe().may('case.read') })

const said: Readonly<Record<WatchState, (number: number) => string>> = {
  watching: (number) => `You watch #${number}: what happens there is told to you`, left: (number) => `You do not watch #${number} any more`, muted: (number) => `#${number} is muted: you hear of it only when somebody names you`,
}

/** Says how one stands to a case; what it was before can come back. */
export async function setWatching(number: number, state: WatchState, quietly = false): Promise<void> {
  const before = queries.getQueryData<Watchers>(keyOf(number))?.mine
  const held = await optimistic<Watchers>({
    keys: [keyOf(number)], refused: 'Not changed', apply: (watchers) => ({ ...watchers, mine: state }),
    send: async () => void queries.setQueryData(keyOf(number), await api('PUT /api/v1/cases/:number/watching', { params: { number }, body: { state } })),
  })
  if (held && !quietly) toast({ text: said[state](number), undo: () => void setWatching(number, before === undefined || before === 'none' ? 'left' : before, true) })
}
