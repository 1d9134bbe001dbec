import { brandOf, passesLuhn } from './card-ranges.ts'
import { groupRuns, type Group, type Run } from './digit-runs.ts'
import { numbersOfOtherKinds } from './other-numbers.ts'

export interface Card {
  /** Where the number stands in the text: UTF-16 offsets, the end excluded. */
  start: number
  end: number
  last4: string
  brand: string
  /** The digits that may not be kept: all but the last four, each with its offsets. */
  hidden: { start: number; end: number }[]
}

const DIGITS_MIN = 13
const DIGITS_MAX = 19
const DIGITS_KEPT = 4
const MASK = '*'

/**
 * Finds payment card numbers: 13 to 19 digits of any script within a brand's range (ISO/IEC 7812) that pass Luhn, in one piece or in
 * groups. A number inside of a longer word (`pi_3Nv4242…`) is none. Takes time in proportion to the text's length.
 */
export function findCards(text: string): Card[] {
  const runs = groupRuns(text, DIGITS_MIN)
  if (runs.length === 0) return []
  const others = numbersOfOtherKinds(text)
  return runs.filter(({ groups }) => !others.some(({ start, end }) => start <= (groups[0]?.start ?? 0) && (groups.at(-1)?.end ?? 0) <= end)).flatMap(cardsOf)
}

/** The text with every card number masked to its last four digits, and how many there were. What stands between the digits stays. */
export function maskCards(text: string): { text: string; masked: number } {
  const cards = findCards(text)
  let masked = ''
  let from = 0
  for (const { start, end } of cards.flatMap(({ hidden }) => hidden)) {
    masked += text.slice(from, start) + MASK
    from = end
  }
  return { text: masked + text.slice(from), masked: cards.length }
}

/** The cards of one run of groups, from left to right; they do not overlap. */
function cardsOf(run: Run): Card[] {
  const cards: Card[] = []
  for (let first = 0; first < run.groups.length;) {
    const found = cardFrom(run, first)
    if (found) cards.push(found.card)
    first = found ? found.after : first + 1
  }
  return cards
}

/** The longest card that begins with this group. */
function cardFrom(run: Run, first: number): { card: Card; after: number } | null {
  let digits = ''
  let found: { card: Card; after: number } | null = null
  for (let last = first; last < run.groups.length && digits.length < DIGITS_MAX; last++) {
    const group = run.groups[last]
    if (!group) break
    digits += group.digits
    if (digits.length < DIGITS_MIN || digits.length > DIGITS_MAX) continue
    const brand = brandOf(digits)
    if (brand && passesLuhn(digits) && writtenAsOne(run, first, last)) found = { card: cardIn(run.groups.slice(first, last + 1), digits, brand), after: last + 1 }
  }
  return found
}

function cardIn(groups: readonly Group[], digits: string, brand: string): Card {
  const places = groups.flatMap(({ places }) => places)
  return { start: groups[0]?.start ?? 0, end: groups.at(-1)?.end ?? 0, last4: digits.slice(-DIGITS_KEPT), brand, hidden: places.slice(0, -DIGITS_KEPT) }
}

/** As cards bear them, or as all that stands there. */
const usual = /^(?:\d{13,19}|4,4,4,4|4,6,5|4,6,4|4,4,4,4,3|4,4,4,1|6,13|8,8|4,4,8|4,12|8,4,4|5,5,5|4,4,4,2|4,5,6|4,5,5|7,8|4,4,7)$/

/**
 * Whether groups from `first` to `last` look like one number. In the usual grouping they may stand anywhere; in any other only as all
 * that stands there, or with nothing but an expiry date and a check code behind: a row of a table is no card.
 */
function writtenAsOne({ groups }: Run, first: number, last: number): boolean {
  if (first === last) return true
  const between = groups.slice(first + 1, last + 1).map(({ before }) => before)
  const grouping = groups.slice(first, last + 1).map(({ digits }) => digits.length).join(',')
  if (usual.test(grouping)) return between.filter((kind) => kind === 'line').length <= 1
  if (between.some((kind) => kind === 'line' || kind === 'column' || kind === 'slash')) return false
  const uniform = between.every((kind) => kind === between[0])
  const behind = groups.slice(last + 1)
  if (first === 0 && behind.length === 0) return true
  return uniform && first === 0 && behind.reduce((sum, { digits }) => sum + digits.length, 0) <= EXPIRY_AND_CODE_DIGITS_MAX
}

const EXPIRY_AND_CODE_DIGITS_MAX = 8
