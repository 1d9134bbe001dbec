import { findCards } from '#language'
import { decodeTransfer, encodeTransfer, readText, transferEncodingOf, type TransferEncoding } from '../../mime/encodings.ts'
import { readHead, shapeOf, type Field, type Shape } from '../../mime/fields.ts'
import { maskFields } from './header.ts'
import { maskRanges, projectHtml, projectPlain } from './projection.ts'

/** A stretch of the mail that is replaced. Edits are kept in the order of their places. */
export interface Edit {
  start: number
  end: number
  bytes: Buffer
}

export interface MaskedMail {
  /** The very same bytes when nothing was found. */
  raw: Buffer
  /** How many card numbers were masked. */
  masked: number
}

/** Deeper than parts are read: what no reader takes apart, nobody needs to look into. */
const DEPTH_MAX = 40
/** More parts than any program writes; what follows them is read as text, so that a mail made of boundaries costs no more than its bytes. */
const PARTS_MAX = 20_000
const textNames = /\.(?:txt|text|csv|tsv|json|xml|html?|log|md|ya?ml|ics|eml|rtf)$/i
const textTypes = /^(?:text\/|message\/|application\/(?:json|xml|csv|rtf|x-www-form-urlencoded|xhtml\+xml|[\w.-]+\+(?:json|xml))$)/

/**
 * A mail with its card numbers masked to the last four: in headers that people read, and in every text part, whatever its charset and
 * transfer encoding or name. What is not text (images, PDF, office files, archives) is left as it is.
 */
export function maskRawMail(raw: Buffer): MaskedMail {
  return maskEntity(raw, 0)
}

function maskEntity(raw: Buffer, depth: number, standardType = 'text/plain'): MaskedMail {
  const edits: Edit[] = []
  const masked = collect({ raw, edits, depth }, 0, raw.length, standardType)
  return edits.length === 0 ? { raw, masked: 0 } : { raw: apply(raw, edits), masked }
}

interface Walk {
  raw: Buffer
  edits: Edit[]
  depth: number
}

/** Walks one entity from its fields to its parts. @returns how many cards were found in it. */
function collect(walk: Walk, start: number, end: number, standardType: string): number {
  const { fields, strays, bodyStart } = readHead(walk.raw, start, end)
  const shape = shapeOf(fields, standardType)
  const encoding = transferEncodingOf(shape.encoding)
  let masked = maskFields(walk.raw, fields, walk.edits)
  for (const stray of strays) masked += maskPlain(walk, stray.start, stray.end)
  if (shape.type.startsWith('multipart/') && shape.boundary && walk.depth < DEPTH_MAX) return masked + collectParts(walk, bodyStart, end, shape)
  const inner = /^message\/(?:rfc822|global|news)$/.test(shape.type) && walk.depth < DEPTH_MAX
  if (inner && encoding === 'identity') {
    masked += collect({ ...walk, depth: walk.depth + 1 }, bodyStart, end, 'text/plain')
  } else if (inner) {
    const mail = maskEntity(decodeTransfer(walk.raw.subarray(bodyStart, end), encoding), walk.depth + 1)
    if (mail.masked) walk.edits.push({ start: bodyStart, end, bytes: encodeTransfer(mail.raw, encoding) })
    masked += mail.masked
  } else if (textTypes.test(shape.type) || shape.type.startsWith('multipart/') || textNames.test(shape.name) || readsAsText(walk.raw.subarray(bodyStart, end), shape.type, encoding)) {
    masked += maskBody(walk, { fields, bodyStart, end, shape, encoding })
  }
  return masked
}

const PEEK_BYTES = 8_192
/** Controls that are in no text; the escape sign, with which Japanese mail changes its letters, is. */
const UNREADABLE = /[^\P{Cc}\s\u007f-\u009f]/u
/** What is to be looked at or listened to, signed or encrypted stays as it is, and a PDF is none of its text. */
const closed = /^(?:image\/(?!svg)|audio\/|video\/|font\/)|signature|pgp|pkcs/

/** A file that claims to be no text and is nothing else: `export` and `dump.sql` come as application/octet-stream. */
function readsAsText(source: Buffer, type: string, encoding: TransferEncoding): boolean {
  if (closed.test(type)) return false
  const head = decodeTransfer(source.subarray(0, PEEK_BYTES), encoding)
  const { text } = readText(head.subarray(0, head.length - (head.length % 2)), 'us-ascii')
  return head.length > 0 && !text.startsWith('%PDF') && !UNREADABLE.test(text.replaceAll('\u001b', ''))
}

/** The parts between the boundaries, and what stands before, between and after them, where no mail program looks but a disk keeps. */
function collectParts(walk: Walk, start: number, end: number, shape: Shape): number {
  const standardType = shape.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
  const delimiter = Buffer.from(`--${shape.boundary}`, 'latin1')
  let masked = 0
  let partStart = -1
  let from = start
  let parts = 0
  const finish = (until: number) => {
    if (partStart === -1) masked += maskPlain(walk, from, until)
    else masked += collect({ ...walk, depth: walk.depth + 1 }, partStart, until, standardType)
  }
  // Only this part is searched: for each of many parts without their boundary the whole rest of the mail would be.
  const within = walk.raw.subarray(0, end)
  for (let at = within.indexOf(delimiter, start); at !== -1; at = within.indexOf(delimiter, at + delimiter.length)) {
    if (at > start && walk.raw[at - 1] !== 0x0a) continue
    const newline = walk.raw.indexOf(0x0a, at)
    const lineEnd = newline === -1 || newline >= end ? end : newline + 1
    const rest = walk.raw.toString('latin1', at + delimiter.length, lineEnd).trim()
    if (rest !== '' && rest !== '--') continue
    finish(at)
    partStart = rest === '--' || ++parts > PARTS_MAX ? -1 : lineEnd
    from = lineEnd
    if (parts > PARTS_MAX) break
  }
  finish(end)
  return masked
}

interface Body {
  fields: Field[]
  bodyStart: number
  end: number
  shape: Shape
  encoding: TransferEncoding
}

function maskBody({ raw, edits }: Walk, { fields, bodyStart, end, shape, encoding }: Body): number {
  const { text, encode } = readText(decodeTransfer(raw.subarray(bodyStart, end), encoding), shape.charset)
  const found = maskText(text, shape.type.includes('html') || /\.html?$/i.test(shape.name))
  if (found.masked === 0) return 0
  const bytes = encode(found.text)
  if (bytes) {
    edits.push({ start: bodyStart, end, bytes: encodeTransfer(bytes, encoding) })
    return found.masked
  }
  // This charset cannot be written here: the part becomes UTF-8, and its fields say so.
  const contentType = fields.find((field) => field.name === 'content-type')
  const transfer = fields.find((field) => field.name === 'content-transfer-encoding')
  const place = contentType ?? { start: bodyStart, end: bodyStart }
  replaceField(edits, place, `Content-Type: ${shape.type}; charset=utf-8\r\n`)
  if (transfer) replaceField(edits, transfer, 'Content-Transfer-Encoding: base64\r\n')
  else if (contentType) replaceField(edits, { start: contentType.end, end: contentType.end }, 'Content-Transfer-Encoding: base64\r\n')
  edits.push({ start: bodyStart, end, bytes: encodeTransfer(Buffer.from(found.text), 'base64') })
  return found.masked
}

function replaceField(edits: Edit[], place: { start: number; end: number }, line: string) {
  // Edits of this part stand last; a mail of many parts is not searched from its beginning for each of them.
  for (let at = edits.length - 1; at >= 0 && (edits[at]?.start ?? 0) >= place.start; at--) if (edits[at]?.start === place.start && edits[at]?.end === place.end) edits.splice(at, 1)
  edits.push({ start: place.start, end: place.end, bytes: Buffer.from(line, 'latin1') })
}

function maskPlain({ raw, edits }: Walk, start: number, end: number): number {
  if (end - start < 13) return 0
  const text = raw.toString('latin1', start, end)
  const found = maskText(text, false)
  if (found.masked) edits.push({ start, end, bytes: Buffer.from(found.text, 'latin1') })
  return found.masked
}

/** Card numbers in a text as it stands and, in HTML, also as its reader sees it, across tags and character references. */
export function maskText(text: string, isHtml: boolean): { text: string; masked: number } {
  const cards = findCards(text)
  const once = cards.length === 0 ? text : maskRanges(text, projectPlain(text), cards)
  if (!isHtml) return { text: once, masked: cards.length }
  const seen = projectHtml(once)
  const across = findCards(seen.text)
  return { text: across.length === 0 ? once : maskRanges(once, seen, across), masked: cards.length + across.length }
}

function apply(raw: Buffer, edits: Edit[]): Buffer {
  const pieces: Buffer[] = []
  let from = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    pieces.push(raw.subarray(from, edit.start), edit.bytes)
    from = edit.end
  }
  return Buffer.concat([...pieces, raw.subarray(from)])
}
