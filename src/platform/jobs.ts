import type { JobTable, Repeating } from './jobs/model.ts'
import { forgetAnswers } from './http/idempotency.ts'
import { makeMonths } from './log/store.ts'

const MONTHS_AHEAD = 3
const ANSWERS_KEPT_DAYS = 7
const DAY_MS = 86_400_000

/** The ground's own housekeeping. */
export const platformJobs = (): JobTable => ({
  'platform.months': async (_payload, { db }) => makeMonths(db, new Date(), MONTHS_AHEAD),
  // A client that repeats a request does so within hours; without an end the answers would outgrow what they answer about.
  'platform.forgetAnswers': async (_payload, { db }) => forgetAnswers(db, new Date(Date.now() - ANSWERS_KEPT_DAYS * DAY_MS)),
})

export const platformRepeating: readonly Repeating[] = [{ job: 'platform.months', schedule: '7 3 * * *', madeUpHours: 24 }, { job: 'platform.forgetAnswers', schedule: '37 * * * *' }]
