import type { Actor, Policy } from '#platform'
import { refuse } from './refusals.ts'

const everybodyWhoWorksCases = ['admin', 'lead', 'agent'] as const
const everybodyWhoReadsCases = ['admin', 'lead', 'agent', 'analyst'] as const

export const deskPolicy = {
  'case.read': everybodyWhoReadsCases,
  'case.open': everybodyWhoWorksCases,
  'case.change': everybodyWhoWorksCases,
  'case.reply': everybodyWhoWorksCases,
  'case.remove': everybodyWhoWorksCases,
  'draft.write': everybodyWhoWorksCases,
  'case.merge': everybodyWhoWorksCases,
  'problem.update': everybodyWhoWorksCases,
  'side.write': everybodyWhoWorksCases,
  'partner.change': ['admin', 'lead'],
  'notice.read': everybodyWhoReadsCases,
  'notice.change': everybodyWhoReadsCases,
  'handover.read': everybodyWhoReadsCases,
  'handover.make': everybodyWhoWorksCases,
  'view.read': everybodyWhoReadsCases,
  'view.write': everybodyWhoReadsCases,
  'view.share': ['admin', 'lead'],
  'case.bulk': everybodyWhoWorksCases,
  'bulk.limit': ['admin'],
  'macro.read': everybodyWhoReadsCases,
  'macro.write': everybodyWhoWorksCases,
  'routing.read': ['admin', 'lead', 'planner'],
  'routing.change': ['admin'],
  'case.next': ['lead', 'agent'],
  'sla.read': ['admin', 'lead', 'agent', 'analyst', 'planner'],
  'sla.change': ['admin'],
  'sla.verify': ['admin'],
  'rule.read': ['admin', 'lead', 'analyst'],
  'rule.change': ['admin'],
  'queue.read': ['admin', 'lead', 'agent', 'analyst', 'planner'],
  'queue.change': ['admin'],
} satisfies Policy

/** A case behind a wall is, for those outside, not there: the answer does not tell that it exists. */
export function refuseBarred(actor: Actor, found: { queueId: string; number: number }, as: 'case.notFound' | 'attachment.notFound' = 'case.notFound') {
  if (!isBarred(actor, found.queueId)) return
  throw as === 'case.notFound' ? refuse(as, { number: found.number }) : refuse(as)
}

export const isBarred = (actor: Actor, queueId: string): boolean => actor.kind !== 'system' && actor.barred.includes(queueId)
