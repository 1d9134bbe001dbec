import { fieldNames, fields, type Field, type ProblemCode, type QueryProblem } from '../../query/model.ts'

/** What is being written where the caret stands, and what it may become. */

export interface Spot {
  /** The part of the text that a choice takes the place of. */
  at: number
  end: number
  typed: string
  /** The field whose value it is; null: a field or a word. */
  field: Field | null
}

/** The beginning and the end of the term around the caret; quotes hold together what has spaces. */
function termAround(text: string, caret: number): { at: number; end: number } {
  for (const found of text.matchAll(/(?:"(?:[^"\\]|\\.)*"?|[^\s"])+/g)) {
    const end = found.index + found[0].length
    if (found.index <= caret && caret <= end) return { at: found.index, end }
  }
  return { at: caret, end: caret }
}

const unquoted = (text: string) => text.replace(/^"/, '').replace(/"$/, '').replace(/\\(["\\])/g, '$1')

export function spotAt(text: string, caret: number): Spot {
  const term = termAround(text, caret)
  const begin = text[term.at] === '-' && caret > term.at ? term.at + 1 : term.at
  const name = /^([a-z_]+):/i.exec(text.slice(begin, term.end))?.[1]
  const field = fieldNames.find((known) => known === name?.toLowerCase()) ?? null
  const first = begin + (name?.length ?? 0) + 1
  if (field === null || caret < first) return { at: begin, end: term.end, typed: text.slice(begin, caret), field: null }
  // The value around the caret: what stands between two commas that are in no quotes.
  let at = first
  for (const found of text.slice(first, term.end).matchAll(/(?:"(?:[^"\\]|\\.)*"?|[^",])*/g)) {
    const [from, end] = [first + found.index, first + found.index + found[0].length]
    if (from <= caret && caret <= end) return { at: from, end, typed: unquoted(text.slice(from, caret)), field }
    at = end
  }
  return { at, end: term.end, typed: '', field }
}

/** Fields that begin so, those that are used most first. */
export const fieldsFor = (typed: string): Field[] => (/^[a-z]*$/i.test(typed) ? fieldNames.filter((field) => field.startsWith(typed.toLowerCase())) : [])

/** The text with the choice in it, and where the caret goes. */
export function completed(text: string, spot: Spot, insert: string): { text: string; caret: number } {
  const after = text.slice(spot.end)
  const space = insert.endsWith(':') || after.startsWith(' ') || after.startsWith(',') ? '' : ' '
  const caret = spot.at + insert.length + (space === '' && after.startsWith(' ') && !insert.endsWith(':') ? 1 : space.length)
  return { text: text.slice(0, spot.at) + insert + space + after, caret }
}

/** What is still being written is not wrong yet. */
export const settled = (problems: readonly QueryProblem[], caret: number | null): QueryProblem[] =>
  problems.filter(({ at, length, code }) => caret === null || code === 'sort.once' || code === 'query.long' || caret < at || caret > at + length)

const sentences: Readonly<Record<ProblemCode, (said: string) => string>> = {
  'field.unknown': (said) => `There is no field “${said}”; it is looked for as text`,
  'value.unknown': (said) => `“${said}” is not one of the values here`,
  'value.missing': (said) => `“${said}” needs a value`,
  'date.invalid': (said) => `“${said}” is no time: write 2026-10-31, 2026-10, today, 7d, <2h`,
  'number.invalid': (said) => `“${said}” is no number of a case`,
  'quote.open': () => 'A quote is not closed',
  'sort.once': () => 'The order is said once, without a minus',
  'query.long': () => 'This is too long; the rest is left out',
  'name.unknown': (said) => `Nothing here is called “${said}”`,
  'reader.none': (said) => `“${said}” means whoever reads; here nobody does`,
}

/** A problem as a sentence. */
export function problemWords({ at, length, code }: { at: number; length: number; code: string }, text: string): string {
  const known = Object.entries(sentences).find(([name]) => name === code)?.[1]
  return known ? known(text.slice(at, at + length)) : 'This cannot be understood'
}

/** A field with what it says and how it is written. */
export const fieldLine = (field: Field): { about: string; example: string } => ({ about: fields[field].about, example: fields[field].example })
