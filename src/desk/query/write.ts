import { isFieldTerm, type Query, type Term } from './terms.ts'

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
/** A value as it stands behind its field: in quotes when it would not hold together. */
export const writeValue = (text: string): string => (/^[^\s,"]+$/.test(text) ? text : quoted(text))

function writeTerm(term: Term): string {
  const sign = term.not ? '-' : ''
  if (isFieldTerm(term)) return `${sign}${term.field}:${term.values.map(writeValue).join(',')}`
  return `${sign}${term.form === 'phrase' ? quoted(term.text) : term.form === 'prefix' ? `${term.text}*` : term.text}`
}

/** A query as one would type it. What is read from it again is the same query. */
export const writeQuery = (query: Query): string => query.terms.map(writeTerm).join(' ')
