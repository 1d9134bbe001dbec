/** The door of insights: what the centre's numbers are, and the board of those who steer by them. */
export { insightsAudience } from './audience.ts'
export { insightsJobs, insightsTicks } from './jobs.ts'
export { measuring } from './measuring/follower.ts'
export { insightsPolicy } from './policy.ts'
export { insightsRoutes, type InsightsApi } from './routes.ts'
