import fc from 'fast-check'
import { fieldNames, fields, parseQuery, wordsIn, type Field, type Query, type Term } from '../query/model.ts'

/** Queries of every kind, for properties. */

const times = ['today', 'yesterday', 'tomorrow', '2026-03', '2026-03-02', '2026-02-01..2026-03-15', '2026-03-02T09:00Z', '2h', '<2h', '>1d', '<90m', '>2w', '30d', 'overdue', 'none']
const names = ['payouts', 'general', 'vip', 'a,b', 'Ana "the" Ruiz', 'ana@mail.test', '@mail.test', 'pa*', 'Déjà Vu', '\\', 'none', 'me', 'mine', '10001', '#10002', 'überweisung']

const valueOf = (field: Field): fc.Arbitrary<string> => {
  const { words, form } = fields[field]
  return fc.oneof(...(words.length > 0 ? [fc.constantFrom(...words)] : []), form === 'number' ? fc.nat({ max: 20_000 }).map(String) : form === 'time' ? fc.constantFrom(...times) : fc.constantFrom(...names))
}

const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
const sign = fc.constantFrom('', '', '-')

/** Terms as people write them, valid or not. */
export const writtenTerm = (from: readonly Field[] = fieldNames): fc.Arbitrary<string> => fc.constantFrom(...from).chain((field) =>
  fc.tuple(sign, fc.array(valueOf(field), { minLength: 1, maxLength: 3 })).map(([not, values]) => `${not}${field}:${values.map(quoted).join(',')}`))

const textTerm: fc.Arbitrary<Term> = fc.record({ form: fc.constantFrom('word', 'prefix'), not: fc.boolean(), text: fc.stringMatching(/^[a-zé][a-z0-9.é@-]{0,8}[a-z]$/) })
const phrase: fc.Arbitrary<Term> = fc.record({ form: fc.constant('phrase'), not: fc.boolean(), text: fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.trim()).filter((text) => wordsIn(text).length > 0 && text.isWellFormed()) })

/** Whole queries, as reading gives them. */
export const query = (from: readonly Field[] = fieldNames): fc.Arbitrary<Query> => fc.array(fc.oneof(writtenTerm(from), textTerm, phrase), { maxLength: 6 }).map((terms) => {
  const read = terms.flatMap((term) => (typeof term === 'string' ? parseQuery(term).query.terms : [term]))
  const firstSort = read.find((term) => 'field' in term && term.field === 'sort')
  return { terms: read.filter((term) => !('field' in term && term.field === 'sort') || term === firstSort) }
})
