import { dimensions, type Measure } from './model.ts'

export const slaResolution: Measure = {
  key: 'slaResolution', name: 'Resolutions in time', group: 'Promises', kind: 'share', unit: 'share', counted: 'target', part: 'met', moment: 'slaResolution', by: dimensions, better: 'more',
  words: 'Of the resolution targets that were decided in the period, the share that was met. A target is decided by the solve or, before that, by its breach; targets that still run are in neither number.',
  event: 'The decision: its instant, and the queue, team and agent that the case had then.',
  source: 'Zendesk 4408829459866, ticket metric events',
}
