import { dimensions, type Measure } from './model.ts'

export const solved: Measure = {
  key: 'solved', name: 'Solved', group: 'Flow', kind: 'count', unit: 'cases', counted: 'case', part: '', moment: 'solve', by: dimensions, better: 'more',
  words: 'Cases whose last solve lies in the period and that are solved or closed now: each counts once, on the day on which it was solved for good.',
  event: 'The last solve: its instant, the queue and team that the case had then, and the agent who solved it (else the one who had it).',
  source: 'our own',
}
