import { hiddenDigits } from '#language'

/** A text as a reader sees it, with the way back: which characters of the source each visible character stands for. */

export interface Piece {
  /** Where the piece begins in the visible text and in the source. */
  seen: number
  source: number
  /** Its length in the visible text; in the source it is as long, or, for one visible character, `sourceLength`. */
  length: number
  sourceLength: number
}

export interface Projection {
  text: string
  pieces: Piece[]
}

interface Mark {
  pattern: RegExp
  /** What the reader sees instead; at most one character. */
  read(mark: string): string
}

const apart = /^<\/?(?:td|tr|th|table|p|div|br|li|ul|ol|h[1-6]|hr|blockquote|pre|section|article)\b/i
const named: Readonly<Record<string, string>> = { nbsp: ' ', ensp: ' ', emsp: ' ', thinsp: ' ', shy: '', zwnj: '', zwj: '', ndash: '-', mdash: '-', hyphen: '-', dash: '-' }

function readEntity(entity: string): string {
  const digits = /^&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?$/i.exec(entity)
  if (!digits) return named[entity.slice(1).replace(/;$/, '').toLowerCase()] ?? '\n'
  const code = digits[1] ? Number.parseInt(digits[1], 16) : Number(digits[2])
  return code > 0 && code < 0x10000 ? String.fromCharCode(code) : '\n'
}

const htmlMarks: Mark = {
  pattern: /<[a-z!/][^<>]*>|&#?\w{1,32};?/gi,
  read: (mark) => (mark.startsWith('&') ? readEntity(mark) : apart.test(mark) ? '\n' : ''),
}
const percentMarks: Mark = { pattern: /%[0-9a-f]{2}/gi, read: (mark) => String.fromCharCode(Number.parseInt(mark.slice(1), 16)) }

function project(source: string, { pattern, read }: Mark): Projection {
  const pieces: Piece[] = []
  let text = ''
  let from = 0
  for (const match of source.matchAll(pattern)) {
    if (match.index > from) pieces.push({ seen: text.length, source: from, length: match.index - from, sourceLength: match.index - from })
    text += source.slice(from, match.index)
    const seen = read(match[0])
    if (seen) pieces.push({ seen: text.length, source: match.index, length: 1, sourceLength: match[0].length })
    text += seen
    from = match.index + match[0].length
  }
  pieces.push({ seen: text.length, source: from, length: source.length - from, sourceLength: source.length - from })
  return { text: text + source.slice(from), pieces }
}

/** HTML without its tags and with its character references read: `4111<b>1111</b>&#49;…` is one number to the reader. */
export const projectHtml = (html: string): Projection => project(html, htmlMarks)
/** A parameter with RFC 2231's percent signs read. */
export const projectPercent = (text: string): Projection => project(text, percentMarks)
export const projectPlain = (text: string): Projection => ({ text, pieces: [{ seen: 0, source: 0, length: text.length, sourceLength: text.length }] })

const MASK = '*'

/** The source with the digits of cards (found in the visible text) that may not be kept masked. */
export function maskRanges(source: string, { text, pieces }: Projection, cards: readonly { start: number; end: number }[]): string {
  const masked: string[] = []
  let from = 0
  let at = 0
  for (const card of cards) {
    for (const { start, end } of hiddenDigits(text, card)) {
      while (at < pieces.length - 1 && (pieces[at]?.seen ?? 0) + (pieces[at]?.length ?? 0) <= start) at++
      const piece = pieces[at]
      if (!piece) continue
      const whole = piece.sourceLength === piece.length
      const place = whole ? piece.source + (start - piece.seen) : piece.source
      masked.push(source.slice(from, place), MASK)
      from = whole ? place + end - start : place + piece.sourceLength
    }
  }
  masked.push(source.slice(from))
  return masked.join('')
}
