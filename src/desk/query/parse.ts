import { readValue } from './fields.ts'
import { fieldNames, type Field, type ProblemCode, type Query, type QueryProblem, type Term, type TextTerm } from './terms.ts'
import { wordsIn } from './text.ts'

export interface ParsedQuery {
  query: Query
  /** What could not be understood. Its terms are left out of the query, so whoever changes things by a query first sees that there are none. */
  problems: QueryProblem[]
}

/** A text longer than this was not written by hand. In UTF-16 units, and in terms. */
export const QUERY_LENGTH_MAX = 2_000
const TERMS_MAX = 60

/**
 * Reads a query: `status:open,new -tag:vip "not arrived" refund*`. Terms stand apart by spaces; `-` before one turns it round; values of one
 * field stand apart by commas; quotes hold together what has spaces, with `\"` and `\\` inside of them. What names no field is text. Never throws.
 */
export function parseQuery(text: string): ParsedQuery {
  const { query, problems } = readQuery(text)
  return { query, problems }
}

/** Where a value of a field stands in the text. */
export interface Spot {
  field: Field
  value: string
  at: number
  length: number
}

/** The values of a query with their places, for what is only known where names are kept. */
export const spotsIn = (text: string): Spot[] => readQuery(text).spots

function readQuery(text: string): ParsedQuery & { spots: Spot[] } {
  const reader = new Reader(text.slice(0, QUERY_LENGTH_MAX))
  const terms: Term[] = []
  while (reader.skipSpace() && terms.length < TERMS_MAX) {
    const term = readTerm(reader, terms)
    if (term) terms.push(term)
  }
  if (reader.skipSpace()) reader.complain(reader.at, reader.text.length, 'query.long')
  else if (text.length > QUERY_LENGTH_MAX) reader.complain(QUERY_LENGTH_MAX, text.length, 'query.long')
  return { query: { terms }, problems: reader.problems, spots: reader.spots }
}

class Reader {
  at = 0
  readonly text: string
  readonly problems: QueryProblem[] = []
  readonly spots: Spot[] = []

  constructor(text: string) {
    this.text = text
  }

  /** @returns whether anything is left. */
  skipSpace(): boolean {
    this.take(/\s+/y)
    return this.at < this.text.length
  }

  /** What stands here and fits; empty when nothing does. */
  take(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }

  /** What stands in the quotes that open here. */
  takeQuoted(): string {
    const begin = this.at
    const inside = this.take(/"(?:[^"\\]|\\[\s\S]|\\$)*/y).slice(1)
    if (this.take(/"/y) === '') this.complain(begin, this.text.length, 'quote.open')
    return inside.replace(/\\(["\\])/g, '$1')
  }

  complain(from: number, until: number, code: ProblemCode): void {
    this.problems.push({ at: from, length: until - from, code })
  }
}

function readTerm(reader: Reader, before: readonly Term[]): Term | null {
  const not = reader.take(/-/y) === '-'
  const begin = reader.at
  const name = /^([a-z_]+):/i.exec(reader.text.slice(begin, begin + 40))?.[1]
  const field = fieldNames.find((known) => known === name?.toLowerCase())
  if (name !== undefined && field !== undefined) {
    reader.at += name.length + 1
    return readField(reader, { field, not, begin, before })
  }
  return readText(reader, not)
}

function readField(reader: Reader, { field, not, begin, before }: { field: Field; not: boolean; begin: number; before: readonly Term[] }): Term | null {
  const values: string[] = []
  let told = false
  do {
    const from = reader.at
    const said = reader.text[from] === '"' ? reader.takeQuoted() : reader.take(/[^\s,]+/y)
    if (said === '') continue
    const read = readValue(field, said)
    if ('value' in read) {
      reader.spots.push({ field, value: read.value, at: from, length: reader.at - from })
      if (!values.includes(read.value)) values.push(read.value)
    } else {
      told = true
      reader.complain(from, reader.at, read.problem)
    }
  } while (reader.take(/,/y) !== '')
  if (values.length === 0) {
    if (!told) reader.complain(begin, reader.at, 'value.missing')
    return null
  }
  if (field === 'sort' && (not || values.length > 1 || before.some((term) => 'field' in term && term.field === 'sort'))) {
    reader.complain(begin, reader.at, 'sort.once')
    return null
  }
  return { field, not, values }
}

/** `http://…` and `12:30` are text; `quue:x` is too, and said to be no field. */
const LIKE_A_FIELD = /^[a-z]{2,20}:[^\s/:]/i

function readText(reader: Reader, not: boolean): TextTerm | null {
  if (reader.text[reader.at] === '"') {
    const phrase = plain(reader.takeQuoted())
    return wordsIn(phrase).length > 0 ? { form: 'phrase', not, text: phrase } : null
  }
  const begin = reader.at
  const said = reader.take(/\S+/y)
  if (LIKE_A_FIELD.test(said)) reader.complain(begin, begin + said.indexOf(':'), 'field.unknown')
  const word = plain(said.replace(/\*+$/, ''))
  if (wordsIn(word).length === 0) return null
  return { form: said.endsWith('*') ? 'prefix' : 'word', not, text: word }
}

const plain = (text: string) => text.toWellFormed().trim()
