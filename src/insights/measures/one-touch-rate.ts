import { dimensions, type Measure } from './model.ts'

export const oneTouchRate: Measure = {
  key: 'oneTouchRate', name: 'One-touch rate', group: 'Quality', kind: 'share', unit: 'share', counted: 'case', part: 'with fewer than two replies', moment: 'solve', by: dimensions, better: 'more',
  words: 'Of the cases whose last solve lies in the period, the share solved with fewer than two public agent replies. It is not first contact resolution: a follow-up case does not take the touch back.',
  event: 'The last solve: its instant, the queue and team that the case had then, and the agent who solved it (else the one who had it).',
  source: 'Zendesk 4408820618266',
}
