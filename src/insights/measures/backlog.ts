import { dimensions, type Measure } from './model.ts'

export const backlog: Measure = {
  key: 'backlog', name: 'Backlog', group: 'Flow', kind: 'level', unit: 'cases', counted: 'case', part: '', moment: null, by: dimensions, better: 'less',
  words: 'Cases that are unsolved (new, open, pending or on hold) at the end of the period, or now where that lies ahead, with their age since they were opened. Pending and snoozed cases are work that will come back, so they count.',
  event: 'The end of the period; the queue, team and agent are those that the case had when it was solved, or has now.',
  source: 'acornreply.com; with its age by our own rule',
}
