import { dimensions, type Measure } from './model.ts'

export const fullResolutionTime: Measure = {
  key: 'fullResolutionTime', name: 'Full resolution time', group: 'Speed', kind: 'time', unit: 'milliseconds', counted: 'case', part: '', moment: 'solve', by: dimensions, better: 'less',
  words: 'From the opening of a case to the last time that it was solved, for cases that are solved or closed now. A case that is reopened leaves the figure until it is solved again.',
  event: 'The last solve: its instant, the queue and team that the case had then, and the agent who solved it (else the one who had it).',
  source: 'ticketboard.cc',
}
