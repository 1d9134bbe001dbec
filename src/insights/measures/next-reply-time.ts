import { dimensions, type Measure } from './model.ts'

export const nextReplyTime: Measure = {
  key: 'nextReplyTime', name: 'Next reply time', group: 'Speed', kind: 'time', unit: 'milliseconds', counted: 'reply', part: '', moment: 'nextReply', by: dimensions, better: 'less',
  words: 'From the first message of the customer that waits, after an earlier reply, to the reply that answers it. A customer who writes three times before the answer waits once, from the first of the three; automatic mail of theirs starts nothing.',
  event: 'The reply: its instant, the queue and team that the case had then, and the agent who wrote it.',
  source: 'GitLab support handbook; Zendesk 4408829459866',
}
