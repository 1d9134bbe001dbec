import { isFieldTerm, type FieldTerm, type Query, type Term } from '../query/model.ts'

/** By which way what is done is counted, decided by what the query asks. Pure. */

const TALLIED = new Set(['status', 'priority', 'kind', 'channel', 'queue', 'team', 'topic', 'segment'])
const TALLIED_STATES = new Set(['problem', 'incident', 'unsolved'])
/** Whether the tally knows it of a case. */
export const isTallied = (term: Term): boolean => isFieldTerm(term) && (TALLIED.has(term.field) || (term.field === 'is' && term.values.every((value) => TALLIED_STATES.has(value))))

/** What leads to few cases by an index, whatever else is asked. Times lead to those of their window. */
const LEADING = new Set(['account', 'customer', 'from', 'tag', 'assignee', 'number', 'solved', 'before', 'after'])
const LEADING_STATES = new Set(['unassigned', 'snoozed'])
const every = (term: FieldTerm, words: ReadonlySet<string>) => term.values.every((value) => words.has(value))

function leads(term: Term): boolean {
  if (!isFieldTerm(term) || term.not) return false
  if (term.field === 'assignee') return true
  if (LEADING.has(term.field)) return !term.values.includes('none')
  return term.field === 'is' ? every(term, LEADING_STATES) || isAwaited(term) : isAwaited(term) || (term.field === 'has' && every(term, new Set(['suggestion'])))
}

/** Asks for a promise or for somebody who waits. Of what is done nothing should be so, and an index says whether it is. */
export const isAwaited = (term: Term): boolean => isFieldTerm(term) && !term.not
  && (((term.field === 'due' || term.field === 'waiting') && !term.values.includes('none')) || (term.field === 'is' && term.values.every((value) => value === 'overdue')))

/** `tally`: a sum over few rows. `index`: by an index, exactly. `walk`: only by looking at case after case, so no further than is worth it. */
export type Way = 'tally' | 'index' | 'walk'

export function wayOf({ terms }: Query): Way {
  if (terms.every(isTallied)) return 'tally'
  return terms.some(leads) ? 'index' : 'walk'
}
