import { arrivalsOf, shifts } from './routing/centre.ts'
import { longestIdle, ours, roundRobin } from './routing/policies.ts'
import { simulate, type Outcome } from './routing/simulate.ts'
import { assignmentsASecond } from './routing/speed.ts'
import { atLeast, percentile, type Finding } from './table.ts'

const ARRIVALS = 9_000
const TO_REACH = 500

/** Minutes of the one who worked most over those of the mean: 1 is even. */
const unevenness = ({ worked }: Outcome) => Math.max(...worked) / (worked.reduce((sum, minutes) => sum + minutes, 0) / worked.length)

/**
 * How long customers wait for a first reply under each way of giving cases out, on the arrivals, shifts and skills of the sample centre (bench/routing/centre.ts
 * says what is assumed), and how fast the router gives.
 */
export async function routing(): Promise<Finding> {
  const [arrivals, onShift] = [arrivalsOf(ARRIVALS), shifts()]
  const rows = [roundRobin(), longestIdle(), ours(null), ours()].map((policy) => {
    const outcome = simulate(policy, arrivals, onShift)
    const { replies } = outcome
    return [policy.name, replies.length, percentile(replies, 0.5), percentile(replies, 0.9), percentile(replies, 0.99), (outcome.missed / replies.length) * 100, (outcome.unskilled / replies.length) * 100, unevenness(outcome)]
  })
  const speed = await assignmentsASecond(5)
  return {
    title: `Routing: ${arrivals.length} cases in sixty days of the sample centre, simulated minute by minute`,
    columns: ['policy', 'replied', 'first reply p50, min', 'p90, min', 'p99, min', 'late, %', 'without a skill, %', 'busiest / mean'], rows,
    promises: [atLeast('1,000 waiting cases go to 200 people', percentile(speed, 0.5), TO_REACH, 'assignments/s')],
  }
}
