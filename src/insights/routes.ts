import type { ApiOf } from '#platform'
import { figureRoutes, type FigureParts } from './figures/routes.ts'

export const insightsRoutes = (parts: FigureParts) => ({ ...figureRoutes(parts) })
/** What the browser's client knows of insights. */
export type InsightsApi = ApiOf<typeof insightsRoutes>
