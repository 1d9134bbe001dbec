/** The language's own words: what a query is, before and after it is written down. */

/** One term over a field of the case: it holds when any of its values does; with `not`, when none does. */
export interface FieldTerm {
  field: Field
  not: boolean
  values: string[]
}

/** A term over what was written: a word (also in its other forms), the beginning of one (`prefix`), or words in this order (`phrase`). */
export interface TextTerm {
  form: 'word' | 'prefix' | 'phrase'
  not: boolean
  text: string
}

export type Term = FieldTerm | TextTerm
/** All of the terms must hold. */
export interface Query {
  terms: Term[]
}

export const fieldNames = [
  'status', 'priority', 'kind', 'channel', 'queue', 'team', 'assignee', 'account', 'customer', 'from', 'topic', 'tag', 'segment', 'language', 'subject', 'number',
  'before', 'after', 'solved', 'updated', 'due', 'waiting', 'is', 'has', 'sort',
] as const
export type Field = (typeof fieldNames)[number]

export type ProblemCode =
  'field.unknown' | 'value.unknown' | 'value.missing' | 'date.invalid' | 'number.invalid' | 'quote.open' | 'sort.once' | 'query.long' | 'name.unknown' | 'reader.none'

/** What cannot be understood, and where it stands in the text (in UTF-16 units). */
export interface QueryProblem {
  at: number
  length: number
  code: ProblemCode
}

export const isFieldTerm = (term: Term): term is FieldTerm => 'field' in term
export const isTextTerm = (term: Term): term is TextTerm => 'form' in term

/** The terms over a field. */
export const termsOf = (query: Query, field: Field): FieldTerm[] => query.terms.filter(isFieldTerm).filter((term) => term.field === field)

/** Whether a query asks for one of these values, rather than against it. */
export const asksFor = (query: Query, field: Field, ...values: string[]): boolean =>
  termsOf(query, field).some((term) => !term.not && term.values.some((value) => values.includes(value)))
