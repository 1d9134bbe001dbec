import type { ApiOf, Db, May, Whereabouts } from '#platform'
import { boardRoutes } from './board/routes.ts'
import { openBoards } from './board/service.ts'
import { figureRoutes } from './figures/routes.ts'

export interface InsightsParts {
  db: Db
  may: May
  whereabouts: Pick<Whereabouts, 'onChange'>
  now: () => Date
}

export const insightsRoutes = ({ db, may, whereabouts, now }: InsightsParts) => ({ ...boardRoutes({ may, boards: openBoards({ db, whereabouts, now }) }), ...figureRoutes({ may, now }) })
/** What the browser's client knows of insights. */
export type InsightsApi = ApiOf<typeof insightsRoutes>
