import { statuses, unsolved, type Status } from '../cases/model.ts'
import { asksForMerged, asksForRemoved, isFieldTerm, termsOf, type FieldTerm, type Query, type Term } from '../query/model.ts'

/**
 * Which parts of all cases a query looks into. The parts hold different numbers of cases (thousands at hand, millions done) and are read in
 * different ways, so a list or a count is put together from them. Every case lies in exactly one of them.
 */
export interface Reach {
  /** Statuses of work at hand. */
  hand: Status[]
  /** Of what is solved or closed. */
  done: Status[]
  /** What was merged into another case. */
  merged: boolean
  /** Statuses of what lies in spam and trash. */
  removed: Status[]
}

/** The part of a query that its reach says already. */
const isStatus = (term: FieldTerm) => term.field === 'status' || (term.field === 'is' && term.values.every((value) => value === 'unsolved'))
const only = (query: Query, ...words: string[]) => termsOf(query, 'is').some((term) => !term.not && term.values.every((value) => words.includes(value)))
const isAtHand = (status: Status) => unsolved.some((one) => one === status)

const fits = (term: FieldTerm, status: Status): boolean =>
  (term.field === 'status' ? term.values.includes(status) : isAtHand(status)) !== term.not

/** The statuses that a query lets pass. */
export function statusesOf(query: Query): Status[] {
  const terms = query.terms.filter(isFieldTerm).filter(isStatus)
  return statuses.filter((status) => terms.every((term) => fits(term, status)))
}

export function reachOf(query: Query): Reach {
  const wanted = statusesOf(query)
  const aside = only(query, 'spam', 'trash', 'merged')
  return {
    hand: aside ? [] : wanted.filter(isAtHand), done: aside ? [] : wanted.filter((status) => !isAtHand(status)),
    // What is merged is closed.
    merged: asksForMerged(query) && wanted.includes('closed') && !only(query, 'spam', 'trash'), removed: asksForRemoved(query) && !only(query, 'merged') ? wanted : [],
  }
}

/** What a query asks besides its reach and its order. */
export const restOf = (query: Query): Query => ({ terms: query.terms.filter((term) => !isFieldTerm(term) || (term.field !== 'sort' && !isStatus(term))) })

/**
 * The query as lists, views and their counts read it: one that looks for work at hand and nothing else leaves out what is put off, unless it asks
 * for it. Whoever acts on all cases of a list (bulk) asks with the same words.
 */
export function asListed(query: Query): Query {
  const { hand, done, merged, removed } = reachOf(query)
  if (hand.length === 0 || done.length > 0 || merged || removed.length > 0 || termsOf(query, 'is').some(({ values }) => values.includes('snoozed'))) return query
  return { terms: [...query.terms, AWAKE] }
}

const AWAKE: Term = { field: 'is', not: true, values: ['snoozed'] }
