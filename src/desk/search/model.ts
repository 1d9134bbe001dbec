/** What is found and why, and how it is weighed. Also runs in the browser. */

/** What of a case fits: its number, an id that is mentioned, an address, a name, its subject, something written, a file. */
export const reasons = ['number', 'reference', 'address', 'account', 'customer', 'subject', 'message', 'note', 'attachment'] as const
export type Reason = (typeof reasons)[number]

export interface Why {
  reason: Reason
  /** The id, the address, the name, or the file's name; empty for words. */
  name: string
  /** It is like what was asked for, not the same. */
  near: boolean
}

/** What a word that was typed may name. In the form in which references are kept. */
export interface Sought {
  value: string
  number: number | null
  /** An address or `@domain`. */
  isAddress: boolean
  /** Letters and figures mixed, or figures only: a thing's id rather than a word of a language. */
  isId: boolean
}

const ID_LENGTH_MIN = 6

export function soughtBy(text: string): Sought {
  const value = text.normalize('NFC').trim().toLowerCase()
  const digits = /^#?(\d{1,15})$/.exec(value)?.[1]
  return {
    value, number: digits === undefined ? null : Number(digits), isAddress: /^[^\s@]*@[^\s@]+$/.test(value),
    isId: !value.includes('@') && value.length >= ID_LENGTH_MIN && /\d/.test(value) && /^#?[\p{L}\p{N}_-]+$/u.test(value),
  }
}

/** Exact names come before everything, beginnings of ids next; what is only alike comes last. */
export const SCORE_OF = { number: 13, reference: 12, address: 12, beginning: 10, name: 0.9, nameBegins: 0.6, near: 0.02 } as const

const DAY_MS = 86_400_000
const FRESH_DAYS = 120
/** What was written lately weighs up to twice what was written long ago. */
export const freshness = (at: Date, now: Date): number => 0.5 + 0.5 * Math.exp(-Math.max(0, now.getTime() - at.getTime()) / DAY_MS / FRESH_DAYS)

/**
 * Slips between two words: a letter too many, too few, another, or two that changed places (optimal string alignment).
 * @returns `most` + 1 as soon as it is more than `most`.
 */
export function slips(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1]
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1), swapped))
    }
    if (Math.min(...row) > most) return most + 1
    before = last
    last = row
  }
  return last[other.length] ?? most + 1
}
