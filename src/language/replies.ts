import { isAttribution, isForward, isHeaderBlock, isSeparator, saysEnough } from './quoting.ts'
import { signatureStart } from './signatures.ts'

export interface ReplyPart {
  kind: 'new' | 'quoted' | 'signature'
  text: string
}

export interface SplitReply {
  newText: string
  quotedText: string | null
  signatureText: string | null
  /** The whole text, cut where it changes its kind: joined, the parts are the text. */
  parts: ReplyPart[]
}

type Kind = ReplyPart['kind']

/**
 * The new part of a mail, the history that it quotes, and the signature. An answer that stands between quotations stays whole with
 * them, since neither says anything alone. Nothing is thrown away, and where there is doubt the text counts as new.
 */
export function splitReply(text: string): SplitReply {
  if (isListing(text)) return { newText: bare(text), quotedText: null, signatureText: null, parts: [{ kind: 'new', text }] }
  const lines = text.split('\n')
  const kinds = kindsOf(lines)
  const parts: ReplyPart[] = []
  lines.forEach((line, index) => {
    const kind = kinds[index] ?? 'new'
    const piece = index < lines.length - 1 ? `${line}\n` : line
    const last = parts.at(-1)
    if (last?.kind === kind) last.text += piece
    else parts.push({ kind, text: piece })
  })
  const of = (kind: Kind) => parts.filter((part) => part.kind === kind).map((part) => bare(part.text)).filter((part) => part !== '').join('\n\n')
  const newText = of('new')
  // A mail that is nothing but a signature or a forwarded mail says that.
  if (newText === '') return { newText: bare(text), quotedText: null, signatureText: null, parts: text === '' ? [] : [{ kind: 'new', text }] }
  return { newText, quotedText: of('quoted') || null, signatureText: of('signature') || null, parts }
}

/** A text so long is a listing, in which nothing is looked for. */
const LINES_MAX = 30_000
const LENGTH_MAX = 3_000_000

function isListing(text: string): boolean {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1 && lines <= LINES_MAX; at = text.indexOf('\n', at + 1)) lines++
  return lines > LINES_MAX || text.length > LENGTH_MAX
}

/** Without empty lines around it. */
const bare = (text: string): string => text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd()

const isBlank = (line: string): boolean => line.trim() === ''
const isMarked = (line: string): boolean => /^[ \t]{0,3}(?:>|＞|\|[ \t])/.test(line)

function kindsOf(lines: readonly string[]): Kind[] {
  const kinds = lines.map<Kind>(() => 'new')
  const history = historyStart(lines)
  kinds.fill('quoted', history)
  markQuotations(lines, kinds, history)
  // The signature of what is new: before the history, and not within an answer that goes on below.
  const newEnd = kinds.findLastIndex((kind, index) => kind === 'new' && !isBlank(lines[index] ?? '')) + 1
  const lastQuoted = kinds.slice(0, newEnd).findLastIndex((kind) => kind === 'quoted')
  const signature = signatureStart(lines.slice(0, newEnd), lastQuoted + 1)
  if (signature !== null) kinds.fill('signature', signature, newEnd)
  return kinds
}

/** From where on all is history: an attribution or a block of header lines with nothing but history below; the number of lines when there is none. */
function historyStart(lines: readonly string[]): number {
  for (let index = 0; index < lines.length; index++) {
    if (isForward(lines, index)) return lines.length
    const unmarked = isHeaderBlock(lines, index) || isSeparator(lines, index)
    if (unmarked) return index
    const height = isAttribution(lines, index)
    if (height === 0) continue
    const below = nextSaid(lines, index + height)
    if (below === lines.length) return lines.length
    // Marked quotations may have an answer below or between; without marks the rest is the history.
    if (!isMarked(lines[below] ?? '') && saysEnough(lines.slice(index, index + height).join(' '))) return index
  }
  return lines.length
}

function nextSaid(lines: readonly string[], from: number): number {
  let at = from
  while (at < lines.length && isBlank(lines[at] ?? '')) at++
  return at
}

interface Block {
  start: number
  end: number
}

/**
 * Marked quotations above `end`. What is quoted below the last word is history. What is quoted above the first word is, too, unless
 * more is answered between; a quotation with text above and below is what the answer is about, and stays.
 */
function markQuotations(lines: readonly string[], kinds: Kind[], end: number) {
  const blocks = quotations(lines, end)
  const [first, last] = [blocks[0], blocks.at(-1)]
  if (!first || !last) return
  const said = (from: number, to: number) => lines.slice(from, to).some((line) => !isBlank(line))
  const endsWithIt = !said(last.end, signatureStart(lines.slice(0, end), last.end) ?? end)
  const answersBetween = blocks.some((block, index) => index > 0 && said(blocks[index - 1]?.end ?? 0, block.start))
  if (answersBetween) {
    if (endsWithIt) kinds.fill('quoted', last.start, last.end)
  } else if (endsWithIt || !said(0, first.start)) kinds.fill('quoted', first.start, last.end)
}

/** Stretches of marked lines, each with its attribution. */
function quotations(lines: readonly string[], end: number): Block[] {
  const blocks: Block[] = []
  for (let index = 0; index < end; index++) {
    if (!isMarked(lines[index] ?? '')) continue
    const start = attributionAbove(lines, index, blocks.at(-1)?.end ?? 0)
    let last = index
    for (let at = index + 1; at < end && (isMarked(lines[at] ?? '') || isBlank(lines[at] ?? '')); at++) if (isMarked(lines[at] ?? '')) last = at
    blocks.push({ start, end: last + 1 })
    index = last
  }
  return blocks
}

const ATTRIBUTION_LINES_MAX = 4

function attributionAbove(lines: readonly string[], quote: number, from: number): number {
  let found = quote
  for (let at = quote - 1; at >= Math.max(from, quote - ATTRIBUTION_LINES_MAX - 1); at--) {
    const height = isAttribution(lines, at)
    if (height > 0 && lines.slice(at + height, quote).every(isBlank)) found = at
  }
  return found
}
