import { Type } from 'typebox'
import { change, Instant, read, strict, type Actor, type Db, type Tx } from '#platform'
import { requireCase } from '../../cases/present.ts'
import { Named, NumberParam } from '../../cases/views.ts'
import { watchStates, watchWays } from './model.ts'
import { watchCase } from './service.ts'
import { watchersOf } from './store.ts'

const WatchersView = Type.Object({
  /** How the reader stands to the case; `none` when they have not said. */
  mine: Type.Enum([...watchStates, 'none']),
  watchers: Type.Array(Type.Object({ agent: Named, how: Type.Enum([...watchWays]), at: Instant })),
})

export const watchingRoutes = () => ({
  'GET /api/v1/cases/:number/watchers': read({
    summary: 'Who watches a case', permission: 'case.read', params: NumberParam, answer: WatchersView,
    handle: ({ db, actor, params }) => presentWatchers(db, actor, params.number),
  }),
  'PUT /api/v1/cases/:number/watching': change({
    summary: 'Watch a case, watch it no longer, or mute it', permission: 'case.read', params: NumberParam, body: Type.Object({ state: Type.Enum([...watchStates]) }, strict), answer: WatchersView,
    handle: async ({ work, actor, params, body }) => {
      await watchCase(work, params.number, body.state)
      return presentWatchers(work.tx, actor, params.number)
    },
  }),
})

async function presentWatchers(db: Db | Tx, actor: Actor, number: number) {
  const everybody = await watchersOf(db, (await requireCase(db, actor, number)).id)
  return {
    mine: everybody.find(({ agent }) => agent.id === actor.id)?.state ?? 'none' as const,
    watchers: everybody.filter(({ state }) => state === 'watching').map(({ agent, how, at }) => ({ agent, how, at })),
  }
}
