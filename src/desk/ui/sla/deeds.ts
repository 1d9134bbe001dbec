import { metricNames } from './words.ts'

/** Words for what becomes of promises. What else is told of them stands in the case's ledger. */

type Data = Readonly<Record<string, unknown>>

const metric = ({ metric: name }: Data) => Object.entries(metricNames).find(([key]) => key === name)?.[1].toLowerCase() ?? 'promise'

/** Lines of the timeline. */
export const slaDeeds = {
  'sla.atRisk': (data: Data) => ({ did: `saw that the ${metric(data)} is at risk`, happened: `The ${metric(data)} is at risk` }),
  'sla.breached': (data: Data) => ({ did: `saw that the ${metric(data)} is late`, happened: `The ${metric(data)} is late` }),
}
