import type { Metric } from '../../sla/model.ts'

/** Promises in words. */

export const metricNames: Readonly<Record<Metric, string>> = { firstReply: 'First reply', nextReply: 'Next reply', resolution: 'Resolution' }
