/** The door of the sample centre: loaded into an empty installation for a first look, and taken out by one button. */
export { demoAudience } from './audience.ts'
export { demoJobs } from './jobs.ts'
export { loadSampleCentre, type LoadOptions } from './load.ts'
export { demoPolicy } from './policy.ts'
export { demoRoutes, type DemoApi } from './routes.ts'
