import { priorities, statuses } from '../cases/model.ts'
import type { Happening } from './decide.ts'

/** A fact of a case, as the log has it. */
export interface CaseFact {
  kind: string
  at: Date
  actor: { kind: string }
  data: Record<string, unknown>
}

const statusFacts = new Set(['case.begun', 'case.pended', 'case.held', 'case.resumed', 'case.solved', 'case.reopened', 'case.closed'])

const text = (value: unknown) => (typeof value === 'string' ? value : null)
const statusOf = (value: unknown) => statuses.find((status) => status === value) ?? null

/** What a fact means for promises; null when it means nothing. Live and recomputed clocks both go through here. */
export function happeningOf({ kind, at, actor, data }: CaseFact): Happening | null {
  if (kind === 'message.received') return data['automatic'] ? null : { at, what: 'customerWrote' }
  // Only what a person or a program of the customer's house wrote is a reply; what the desk sends by itself is none.
  if (kind === 'reply.sent') return actor.kind === 'system' || data['automatic'] ? null : { at, what: 'replied', message: text(data['message']) ?? '' }
  if (kind === 'reply.recalled') return { at, what: 'recalled', message: text(data['message']) ?? '', status: statusOf(data['to']) }
  if (kind === 'case.removed') return { at, what: 'suspended', as: 'removed', status: null }
  if (kind === 'case.restored') return { at, what: 'restored' }
  if (statusFacts.has(kind)) return moved(at, data)
  if (kind === 'sla.applied') return applied(at, data)
  if (kind === 'sla.realigned') return realigned(at, data)
  return kind === 'sla.atRisk' || kind === 'sla.breached' ? { at, what: 'looked' } : null
}

/** Only what is solved is closed by the clock; a case that is closed out of anything else went into another. */
function moved(at: Date, { from, to }: Record<string, unknown>): Happening | null {
  const status = statusOf(to)
  if (status === null) return null
  return status === 'closed' && from !== 'solved' && from !== 'closed' ? { at, what: 'suspended', as: 'merged', status } : { at, what: 'status', to: status }
}

function applied(at: Date, data: Record<string, unknown>): Happening {
  return {
    at, what: 'applied', policyVersion: text(data['policyVersion']), calendarVersion: text(data['calendarVersion']), segment: text(data['segment']), why: text(data['why']) ?? 'policy',
    priority: priorities.find((priority) => priority === data['priority']) ?? 'normal',
  }
}

function realigned(at: Date, data: Record<string, unknown>): Happening {
  const suspended = data['suspended']
  return {
    at, what: 'realigned', waiting: data['waiting'] === true, replied: data['replied'] === true, suspended: suspended === 'removed' || suspended === 'merged' ? suspended : null,
    status: statusOf(data['status']) ?? 'open',
  }
}

/** After these the case is compared with the policies again. */
const rematching = new Set([
  'case.opened', 'priority.changed', 'kind.changed', 'queue.changed', 'topic.changed', 'team.changed', 'customer.changed', 'subject.changed', 'tag.added', 'tag.dropped', 'participant.added', 'participant.dropped',
])
/** After these messages may lie elsewhere, so the case itself says where it stands. */
const moving = new Set(['message.detached', 'message.split', 'case.merged', 'case.unmerged', 'case.absorbed', 'case.separated'])

export const asksMatch = (kind: string): boolean => rematching.has(kind)
export const asksAlign = (kind: string): boolean => moving.has(kind)
/** Whether a fact is of any interest to promises. */
export const concerns = (fact: CaseFact): boolean => asksMatch(fact.kind) || asksAlign(fact.kind) || happeningOf(fact) !== null
