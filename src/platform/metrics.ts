import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Db } from './db/database.ts'
import { countJobs } from './jobs/store.ts'

export interface Metrics {
  registry: Registry
  /** A request was answered: `route` is its pattern, never the address with its ids. */
  answered(route: string, method: string, status: number, seconds: number): void
  /** Something happened that is worth counting, such as a mail taken in. */
  count(what: string, outcome: string): void
}

/** Prometheus' own names and units: seconds, totals. */
export function openMetrics(db: Db, listeners: () => number): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'meridian_request_seconds', help: 'Time to answer a request', labelNames: ['route', 'method', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5], registers: [registry],
  })
  const happened = new Counter({ name: 'meridian_happened_total', help: 'What happened, and with which outcome', labelNames: ['what', 'outcome'], registers: [registry] })
  new Gauge({ name: 'meridian_live_streams', help: 'Open live streams', registers: [registry], collect() { this.set(listeners()) } })
  new Gauge({
    name: 'meridian_jobs', help: 'Jobs by state', labelNames: ['state'], registers: [registry],
    async collect() {
      // Without the database the other numbers are still worth having.
      const counts = await countJobs(db).catch(() => ({}))
      this.reset()
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count)
    },
  })
  return {
    registry,
    answered: (route, method, status, seconds) => requests.observe({ route, method, status: String(status) }, seconds),
    count: (what, outcome) => happened.inc({ what, outcome }),
  }
}
