import { dimensions, type Measure } from './model.ts'

export const firstReplyTime: Measure = {
  key: 'firstReplyTime', name: 'First reply time', group: 'Speed', kind: 'time', unit: 'milliseconds', counted: 'case', part: '', moment: 'firstReply', by: dimensions, better: 'less',
  words: 'From the opening of a case to the first public reply by an agent or a program that answers for one. Automatic replies and notes do not count, nor does a reply that was taken back.',
  event: 'The first reply: its instant, the queue and team that the case had then, and the agent who wrote it.',
  source: 'Zendesk 4408834848154, 4408821871642',
}
