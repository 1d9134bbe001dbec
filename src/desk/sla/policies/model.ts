import type { FieldTerm } from '../../query/model.ts'
import { isFieldTerm, parseQuery, type QueryProblem } from '../../query/model.ts'
import { metrics, type Terms } from '../model.ts'

/** Fields that a condition may ask: what a case is. What it goes through (status, waits, people at work) changes while the promise holds, and would change the promise. */
export const conditionFields: readonly FieldTerm['field'][] = ['priority', 'kind', 'channel', 'queue', 'team', 'topic', 'tag', 'segment', 'account', 'customer', 'from', 'language', 'subject']

export type ConditionFault = { at: number; length: number; code: QueryProblem['code'] | 'field.unstable' | 'value.personal' }

/** What is wrong with a condition; nothing when it can be compared with any case at any time by anybody. */
export function conditionFaults(text: string): ConditionFault[] {
  const { query, problems } = parseQuery(text)
  const unstable = query.terms.some((term) => !isFieldTerm(term) || !conditionFields.includes(term.field))
  const personal = query.terms.some((term) => isFieldTerm(term) && term.field === 'team' && term.values.includes('mine'))
  return [
    ...problems, ...(unstable ? [{ at: 0, length: text.length, code: 'field.unstable' as const }] : []), ...(personal ? [{ at: 0, length: text.length, code: 'value.personal' as const }] : []),
  ]
}

/** A year is the longest promise, in minutes. */
export const TARGET_MINUTES_MAX = 527_040

/** How a new policy begins. */
export const newTerms: Terms = {
  hours: 'site', calendarId: null, always: [], segments: [], pauses: { pending: ['resolution'], on_hold: ['resolution'] }, graceMinutes: 60, warnPercent: 80,
  targets: {
    urgent: { firstReply: 60, nextReply: 60, resolution: 480 }, high: { firstReply: 240, nextReply: 240, resolution: 960 }, normal: { firstReply: 480, nextReply: 480, resolution: 2_400 },
    low: { firstReply: 960, nextReply: 960, resolution: 4_800 },
  },
}

/** Whether anything is promised at all. */
export const promisesAnything = ({ targets, segments }: Terms): boolean =>
  [targets, ...segments.map((override) => override.targets)].some((each) => Object.values(each).some((row) => metrics.some((metric) => row[metric] !== undefined)))
