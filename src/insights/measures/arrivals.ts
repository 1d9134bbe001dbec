import type { Measure } from './model.ts'

export const arrivals: Measure = {
  key: 'arrivals', name: 'Arrivals', group: 'Flow', kind: 'count', unit: 'cases', counted: 'case', part: '', moment: 'opened', by: ['queue', 'team', 'site', 'segment', 'topic', 'channel', 'priority'], better: 'neither',
  words: 'Cases opened in the period, follow-ups among them. Spam, trash and cases that were merged into another do not count, so a customer who wrote twice about one thing arrives once.',
  event: 'The opening: its instant and the queue that the case was opened in; the team is the first that got it.',
  source: 'our own',
}
