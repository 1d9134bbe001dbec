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
  'queue.read': ['admin', 'lead', 'agent', 'analyst', 'planner'],
  'queue.change': ['admin'],
} satisfies Policy

/** A case behind a wall is, for those outside, not there: the answer does not tell that it exists. */
export function refuseBarred(actor: Actor, found: { queueId: string; number: number }) {
  if (actor.kind !== 'system' && actor.barred.includes(found.queueId)) throw refuse('case.notFound', { number: found.number })
}
