import { dimensions, type Measure } from './model.ts'

export const slaNextReply: Measure = {
  key: 'slaNextReply', name: 'Next replies in time', group: 'Promises', kind: 'share', unit: 'share', counted: 'target', part: 'met', moment: 'slaNextReply', by: dimensions, better: 'more',
  words: 'Of the next reply targets that were decided in the period, the share that was met. A target is decided by its reply or, before that, by its breach; targets that still run are in neither number.',
  event: 'The decision: its instant, and the queue, team and agent that the case had then.',
  source: 'Zendesk 4408829459866, ticket metric events',
}
