import type { Follower } from '#platform'
import { measureCases } from './service.ts'
import { passedOver } from './store.ts'

const quiet: ReadonlySet<string> = new Set(passedOver)

/**
 * Keeps what is counted up with the log. It does not add to what is kept, it makes the touched cases' moments anew from their facts: so a fact that it is
 * handed twice, or late, does no harm.
 */
export const measuring: Follower = {
  name: 'insights.measuring',
  wants: ({ room, kind, case: number }) => room === 'desk' && number !== null && !quiet.has(kind),
  handle: (work, facts) => measureCases(work, [...new Set(facts.flatMap(({ case: number }) => number ?? []))]),
}
