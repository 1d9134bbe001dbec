import { dimensions, type Measure } from './model.ts'

export const firstResolutionTime: Measure = {
  key: 'firstResolutionTime', name: 'First resolution time', group: 'Speed', kind: 'time', unit: 'milliseconds', counted: 'case', part: '', moment: 'firstSolve', by: dimensions, better: 'less',
  words: 'From the opening of a case to the first time that it was solved, whatever came after. A solve that was taken back with its reply does not count.',
  event: 'The first solve: its instant, the queue and team that the case had then, and the agent who solved it (else the one who had it).',
  source: 'Zendesk 4408834848154',
}
