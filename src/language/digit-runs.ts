/** Digits in a text, as groups with what stands between them. */

/** What parts two groups. Each means something else: a line may be wrapped once, a column never belongs to a number. */
export type Separator = 'space' | 'dash' | 'dot' | 'underscore' | 'slash' | 'column' | 'line' | 'mixed'

export interface Group {
  /** In ASCII, whatever script they are written in. */
  digits: string
  /** Where each digit stands. */
  places: { start: number; end: number }[]
  start: number
  end: number
  /** What parts it from the group before; null for the first of a run. */
  before: Separator | null
}

/** Groups that nothing but separators part. */
export interface Run {
  groups: Group[]
}

// What has no width: zero-width spaces and joiners, marks of direction, variation selectors, the soft hyphen, the keycap around a digit.
const unseen = '\\u00ad\\u034f\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff\\u20e3'
const space = ' \\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000'
const dash = '\\-\\u058a\\u2010-\\u2015\\u2043\\u207b\\u2212\\ufe58\\ufe63\\uff0d\\u30fc\\u00ac'
const dot = '.\\u00b7\\u2024\\u2027\\u2219\\u22c5\\u30fb\\uff0e\\uff65'

const GROUP = new RegExp(`\\p{Nd}(?:[${unseen}]*\\p{Nd})*`, 'gu')
const UNSEEN = new RegExp(`[${unseen}]`, 'gu')
/** Longer ones part numbers from each other. */
const SEPARATOR_LENGTH_MAX = 24

const kinds: readonly (readonly [Separator, RegExp])[] = [
  ['space', new RegExp(`^[${space}]{1,3}$`, 'u')],
  ['dash', new RegExp(`^[${space}]?[${dash}][${space}]?$`, 'u')],
  ['dot', new RegExp(`^[${space}]?[${dot}][${space}]?$`, 'u')],
  ['underscore', /^_$/],
  ['slash', new RegExp(`^[${space}]?[/|][${space}]?$`, 'u')],
  ['column', /^[ ]?\t[ ]?$/],
  ['line', /^[ \t]*\r?\n(?:[ \t]*>)*[ \t]*$/],
]

/** The runs of at least so many digits. */
export function groupRuns(text: string, digitsMin: number): Run[] {
  const runs: Run[] = []
  let run: Group[] = []
  const finish = () => {
    if (run.reduce((sum, { digits }) => sum + digits.length, 0) >= digitsMin) runs.push({ groups: run })
    run = []
  }
  let end = 0
  for (const match of text.matchAll(GROUP)) {
    const start = match.index
    const before = run.length === 0 ? null : separatorOf(text, end, start)
    if (before === null) finish()
    if (insideWord(text, start, start + match[0].length)) finish()
    else run.push({ ...read(match[0], start), start, end: start + match[0].length, before: run.length === 0 ? null : before })
    end = start + match[0].length
  }
  finish()
  return runs
}

function separatorOf(text: string, from: number, to: number): Separator | null {
  if (to - from > SEPARATOR_LENGTH_MAX) return null
  const between = text.slice(from, to).replace(UNSEEN, '')
  return kinds.find(([, shape]) => shape.test(between))?.[0] ?? null
}

function read(source: string, offset: number): { digits: string; places: { start: number; end: number }[] } {
  let digits = ''
  const places: { start: number; end: number }[] = []
  let at = offset
  for (const char of source) {
    const value = valueOf(char)
    if (value !== null) {
      digits += value
      places.push({ start: at, end: at + char.length })
    }
    at += char.length
  }
  return { digits, places }
}

const values = new Map<string, string | null>()

/** A digit of any script in ASCII. Unicode gives each script ten code points in order, so its value is how many stand before it. */
function valueOf(char: string): string | null {
  if (char >= '0' && char <= '9') return char
  const known = values.get(char)
  if (known !== undefined) return known
  const value = /\p{Nd}/u.test(char) ? String(digitsBefore(char.codePointAt(0) ?? 0) % 10) : null
  values.set(char, value)
  return value
}

function digitsBefore(code: number): number {
  let count = 0
  while (/\p{Nd}/u.test(String.fromCodePoint(code - count - 1))) count++
  return count
}

// Scripts that write no space between words do not make a number part of one.
const WORD = /[\p{L}\p{M}_]/u
const SPACELESS = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}ªº\u30fc]/u
/** Words that writers forget the space after or before. */
const NAMING = /(?:^|[^\p{L}\p{N}_])(?:card|cards?no|cc|pan|visa|mc|mastercard|amex|number|num|no|nr|karte|kartennummer|tarjeta|carte|carta|numero|número)$/iu
const FOLLOWING = /^(?:exp|cvv|cvc|cvv2|and|und|y|et|e)(?:$|[^\p{L}_])/iu
const WORD_LENGTH_MAX = 16

function insideWord(text: string, start: number, end: number): boolean {
  const [before, after] = [charBefore(text, start), charAt(text, end)]
  if (isWord(before) && !NAMING.test(text.slice(Math.max(0, start - WORD_LENGTH_MAX), start))) return true
  return isWord(after) && !FOLLOWING.test(text.slice(end, end + WORD_LENGTH_MAX))
}

const isWord = (char: string) => char !== '' && WORD.test(char) && !SPACELESS.test(char)
const charAt = (text: string, at: number) => (at < text.length ? String.fromCodePoint(text.codePointAt(at) ?? 0) : '')
const charBefore = (text: string, at: number) => {
  const unit = text.charCodeAt(at - 1)
  return unit >= 0xdc00 && unit <= 0xdfff && at > 1 ? text.slice(at - 2, at) : text.slice(Math.max(0, at - 1), at)
}
