import { dimensions, type Measure } from './model.ts'

export const reopenRate: Measure = {
  key: 'reopenRate', name: 'Reopen rate', group: 'Quality', kind: 'share', unit: 'share', counted: 'case', part: 'reopened', moment: 'firstSolve', by: dimensions, better: 'less',
  words: 'Of the cases first solved in the period, the share that went back to open afterwards. A case reopened only to say thanks, that is one solved again without a further reply, does not count. Cases solved lately can still be reopened, so their share grows for some days.',
  event: 'The first solve: its instant, the queue and team that the case had then, and the agent who solved it (else the one who had it).',
  source: 'Zendesk metric reopens; the thanks rule is our own',
}
