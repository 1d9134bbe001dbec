/** Digits in a text, as groups with what stands between them. */

/** What parts two groups. Each means something else: a line may be wrapped once, a column never belongs to a number. */
export type Separator = 'space' | 'dash' | 'dot' | 'underscore' | 'slash' | 'column' | 'line' | 'mixed'

export interface Group {
  /** In ASCII, whatever script they are written in. */
  digits: string
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

/** Most texts have no digits but the ten; they are read faster. */
const PLAIN = /\d+/g
const plain = (text: string): boolean => !/[\u0100-\uffff]/.test(text) && !text.includes('\u00ad')

interface Place {
  start: number
  end: number
  before: Separator | null
}

/** The runs of at least so many digits. */
export function groupRuns(text: string, digitsMin: number): Run[] {
  const runs: Run[] = []
  let run: Place[] = []
  let length = 0
  const finish = () => {
    if (length >= digitsMin) runs.push({ groups: run.map((place) => ({ digits: asciiDigits(text.slice(place.start, place.end)), ...place })) })
    if (length > 0) run = []
    length = 0
  }
  let last = 0
  for (const match of text.matchAll(plain(text) ? PLAIN : GROUP)) {
    const start = match.index
    const end = start + match[0].length
    const before = length === 0 ? null : separatorOf(text, last, start)
    if (before === null) finish()
    if (insideWord(text, start, end)) finish()
    else {
      run.push({ start, end, before: length === 0 ? null : before })
      length += end - start
    }
    last = end
  }
  finish()
  return runs
}

function separatorOf(text: string, from: number, to: number): Separator | null {
  if (to - from > SEPARATOR_LENGTH_MAX) return null
  const between = text.slice(from, to)
  if (between === ' ') return 'space'
  if (/[A-Za-z,:]/.test(between)) return null
  const seen = between.replace(UNSEEN, '')
  return kinds.find(([, shape]) => shape.test(seen))?.[0] ?? null
}

const asciiDigits = (source: string): string => (/^[0-9]*$/.test(source) ? source : [...source].map((char) => valueOf(char) ?? '').join(''))

/** Where each digit of a stretch stands. */
export function digitPlaces(text: string, from: number, to: number): { start: number; end: number }[] {
  const places: { start: number; end: number }[] = []
  let at = from
  for (const char of text.slice(from, to)) {
    if (valueOf(char) !== null) places.push({ start: at, end: at + char.length })
    at += char.length
  }
  return places
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
  if (isGap(text, start - 1) && isGap(text, end)) return false
  const before = text.slice(Math.max(0, start - WORD_LENGTH_MAX), start).replace(UNSEEN, '')
  const after = text.slice(end, end + WORD_LENGTH_MAX).replace(UNSEEN, '')
  return (isWord([...before].at(-1)) && !NAMING.test(before)) || (isWord([...after].at(0)) && !FOLLOWING.test(after))
}

const isGap = (text: string, at: number): boolean => at < 0 || at >= text.length || ' \n\r\t-.,:;/'.includes(text.charAt(at))
const isWord = (char: string | undefined) => char !== undefined && WORD.test(char) && !SPACELESS.test(char)
