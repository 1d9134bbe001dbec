import type { Priority } from '../../../cases/model.ts'
import type { Metric, Targets } from '../../../sla/model.ts'
import { newTerms } from '../../../sla/policies/model.ts'
import type { PolicyView } from '../data.ts'

/** A policy as its editor holds it. */

export type EditedTerms = PolicyView['terms']
export type SegmentWord = EditedTerms['segments'][number]['segment']

export const segmentWords: readonly SegmentWord[] = ['enterprise', 'smb', 'startup', 'independent']
export const segmentNames: Readonly<Record<SegmentWord, string>> = { enterprise: 'Enterprise', smb: 'SMB', startup: 'Startup', independent: 'Independent' }

export interface Draft {
  name: string
  condition: string
  terms: EditedTerms
}

export function draftOf(policy: PolicyView | null): Draft {
  if (policy) return { name: policy.name, condition: policy.condition, terms: policy.terms }
  const { always, segments: _, pauses, ...rest } = newTerms
  return { name: '', condition: '', terms: { ...rest, always: [...always], segments: [], pauses: { pending: [...pauses.pending], on_hold: [...pauses.on_hold] } } }
}

/** The targets with one of them set, or taken away; rows that promise nothing are left out. */
export function withTarget(targets: Targets, priority: Priority, metric: Metric, minutes: number | 'none'): Targets {
  const { [metric]: _, ...rest } = targets[priority] ?? {}
  const row = minutes === 'none' ? rest : { ...rest, [metric]: minutes }
  const { [priority]: __, ...others } = targets
  return Object.keys(row).length === 0 ? others : { ...others, [priority]: row }
}

const faultWords: Readonly<Record<string, string>> = {
  'field.unstable': 'It may ask what a case is (priority, kind, channel, queue, team, topic, tag, segment, account, customer, from, language, subject), not what it goes through or what was written in it',
  'value.personal': '`team:mine` is another team for everybody',
}

/** What a policy may not ask, in a sentence; what cannot be understood at all the field says itself. */
export const conditionWords = (faults: readonly { code: string }[]): string | null => faults.flatMap(({ code }) => faultWords[code] ?? [])[0] ?? null
