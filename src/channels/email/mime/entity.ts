import { decodeTransfer, transferEncodingOf } from './encodings.ts'
import { readHead, shapeOf, type Field, type Shape } from './fields.ts'

/** A mail's tree of parts (RFC 2046), and what each part holds. */

export interface Entity {
  fields: Field[]
  shape: Shape
  /** In lower case, without its parameters: `attachment`, `inline` or what somebody made up. */
  disposition: string
  /** The parts of a multipart, in their order; empty for a leaf. */
  parts: Entity[]
  /** Of a leaf: its bytes as they were before the mail was made. */
  content: Buffer
  /** Of a leaf: what stands in the mail, still encoded. */
  source: Buffer
  /** What has been read so far of the whole mail; its parts and the mails within it share it. */
  spent: Spent
}

interface Spent {
  htmlBytes: number
}

const DEPTH_MAX = 32
/** More than any program writes; what follows is one part, as it stands, so that a mail made of boundaries costs no more than its bytes. */
const PARTS_MAX = 1_000
/** Bytes of a head; what comes after them stays in the raw mail and is read by nobody. */
const HEAD_MAX = 2_000_000
/** HTML of all parts together: what comes beyond it is a file, since reading HTML takes a second a megabyte. */
const HTML_MAX = 1_500_000

/** Reads a mail's tree. Whatever the bytes are, there is one: what has no structure is text. */
export function readEntity(raw: Buffer, spent: Spent = { htmlBytes: 0 }): Entity {
  return read(withLineFeeds(raw), { depth: 0, seen: { parts: 0 }, spent }, 'text/plain')
}

interface Walk {
  depth: number
  /** Of the whole mail. */
  seen: { parts: number }
  spent: Spent
}

const isMultipart = (type: string): boolean => type.startsWith('multipart/')

function read(raw: Buffer, walk: Walk, standardType: string): Entity {
  const { fields, strays, bodyStart } = readHead(raw, 0, raw.length, HEAD_MAX)
  const shape = shapeOf(fields, standardType)
  // Text that follows the fields without an empty line between.
  const stray = strays.find(({ start }) => !fields.some((field) => field.start > start))
  const source = raw.subarray(stray && !isMultipart(shape.type) ? stray.start : bodyStart)
  const disposition = /^\s*"?([\w-]+)/.exec(fields.find(({ name }) => name === 'content-disposition')?.value ?? '')?.[1]?.toLowerCase() ?? ''
  const entity: Entity = { fields, shape, disposition, parts: [], content: source, source, spent: walk.spent }
  if (isMultipart(shape.type) && walk.depth < DEPTH_MAX) {
    entity.parts = readParts(source, shape.boundary || boundaryIn(source), shape.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain', walk)
    if (entity.parts.length > 0) return entity
  }
  if (isMultipart(shape.type)) entity.shape = { ...shape, type: walk.depth < DEPTH_MAX ? 'text/plain' : 'application/octet-stream' }
  entity.content = decodeTransfer(source, transferEncodingOf(shape.encoding))
  if (entity.shape.type === 'text/html') spend(entity)
  return entity
}

function spend(entity: Entity) {
  const first = entity.spent.htmlBytes === 0
  entity.spent.htmlBytes += entity.content.length
  if (!first && entity.spent.htmlBytes > HTML_MAX) entity.disposition = 'attachment'
}

const LF = 0x0a
const CR = 0x0d

/** The parts between the boundaries; what stands before the first one, when it is more than a notice to old mail programs, is a text of its own. */
function readParts(body: Buffer, boundary: string, standardType: string, walk: Walk): Entity[] {
  if (!boundary) return []
  const delimiter = Buffer.from(`--${boundary}`, 'latin1')
  const parts: Entity[] = []
  let from = -1
  let before = 0
  let after = -1
  const take = (until: number) => { if (from !== -1) parts.push(read(body.subarray(from, Math.max(from, until)), { ...walk, depth: walk.depth + 1 }, standardType)) }
  for (let at = body.indexOf(delimiter); at !== -1; at = body.indexOf(delimiter, at + delimiter.length)) {
    if (at > 0 && body[at - 1] !== LF) continue
    const newline = body.indexOf(LF, at)
    const lineEnd = newline === -1 ? body.length : newline + 1
    const rest = body.toString('latin1', at + delimiter.length, lineEnd).trim()
    if (rest !== '' && rest !== '--') continue
    // The line end before a boundary belongs to it (RFC 2046, 5.1.1).
    const end = at - (body[at - 2] === CR ? 2 : 1)
    if (from === -1 && after === -1) before = Math.max(0, end)
    take(end)
    from = rest === '--' ? -1 : lineEnd
    after = rest === '--' ? lineEnd : -1
    if (++walk.seen.parts >= PARTS_MAX) break
  }
  if (from !== -1) take(body.length)
  if (parts.length === 0) return []
  return [...around(body.subarray(0, before), walk), ...parts, ...(after === -1 ? [] : around(body.subarray(after), walk))]
}

const notices = /^(?:this is (?:a|an) |this message is in mime|this part of the message|mime-encapsulated|this is mime|--|if you (?:can ?not|can't|are reading)|content-type:|ceci est un message|dies ist eine|esto es un mensaje)[^]*(?:mime|multi-?part|signed|encrypted|format|\/)/i

/** What stands outside of the parts, where no mail program looks: kept when somebody may have meant it, without the notice to old programs. */
function around(bytes: Buffer, { spent }: Walk): Entity[] {
  const paragraphs = bytes.toString('latin1').split(/\r?\n(?:[ \t]*\r?\n)+/)
  const kept = paragraphs.filter((paragraph) => paragraph.trim() !== '' && !notices.test(paragraph.trim()))
  if (kept.length === 0) return []
  const content = Buffer.from(kept.join('\n\n'), 'latin1')
  return [{ fields: [], shape: shapeOf([], 'text/plain'), disposition: '', parts: [], content, source: bytes, spent }]
}

const BOUNDARY_LENGTH_MAX = 200

/** The boundary of a multipart that names none: the first line of two hyphens that comes again as the last one. */
function boundaryIn(body: Buffer): string {
  const head = body.toString('latin1', 0, GUESS_BYTES)
  const found = /^--([^\r\n]+?)[ \t]*\r?$/m.exec(head)?.[1] ?? ''
  return found !== '' && found.length <= BOUNDARY_LENGTH_MAX && body.includes(`\n--${found}--`, 0, 'latin1') ? found : ''
}

const GUESS_BYTES = 4_000

/** Mails of old programs end their lines with a carriage return alone; in others it is part of the text. */
function withLineFeeds(raw: Buffer): Buffer {
  if (raw.includes(LF) || !raw.includes(CR)) return raw
  const copy = Buffer.from(raw)
  for (let at = copy.indexOf(CR); at !== -1; at = copy.indexOf(CR, at + 1)) copy[at] = LF
  return copy
}

/** A field's value, byte for byte; the first one counts. */
export const fieldOf = (entity: Entity, name: string): string | null => entity.fields.find((field) => field.name === name)?.value ?? null
