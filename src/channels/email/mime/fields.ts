import { readText } from './encodings.ts'
import { readPercent, readWords } from './words.ts'

/** The header fields of one entity of a mail (RFC 5322, RFC 2045), with where they stand in its bytes. */

export interface Field {
  /** In lower case. */
  name: string
  /** The field as it stands, folds and line end included. */
  start: number
  end: number
  /** Unfolded, byte for byte (latin1). */
  value: string
}

export interface Head {
  fields: Field[]
  /** Lines between the fields that are none, and are kept all the same. */
  strays: { start: number; end: number }[]
  bodyStart: number
}

const LF = 0x0a
const CR = 0x0d

/** Reads the fields from `start` to the first empty line. @param headMax bytes of the head that are looked at */
export function readHead(bytes: Buffer, start: number, end: number, headMax = Number.MAX_SAFE_INTEGER): Head {
  const { headEnd, bodyStart } = boundsOf(bytes, start, end)
  const text = bytes.toString('latin1', start, Math.min(headEnd, start + headMax))
  const fields: Field[] = []
  const strays: Head['strays'] = []
  let current: Field | null = null
  let folds: string[] = []
  const finish = () => {
    if (current && folds.length > 1) current.value = folds.join('')
    folds = []
  }
  for (let at = 0; at < text.length;) {
    const newline = text.indexOf('\n', at)
    const next = newline === -1 ? text.length : newline + 1
    const line = text.slice(at, newline === -1 ? next : newline > at && text.charCodeAt(newline - 1) === CR ? newline - 1 : newline)
    const colon = line.indexOf(':')
    if (current && (line[0] === ' ' || line[0] === '\t')) {
      folds.push(line)
      current.end = start + next
    } else if (colon > 0) {
      finish()
      current = { name: line.slice(0, colon).trim().toLowerCase(), start: start + at, end: start + next, value: line.slice(colon + 1).trim() }
      folds.push(current.value)
      fields.push(current)
    } else {
      finish()
      current = null
      const last = strays.at(-1)
      if (last?.end === start + at) last.end = start + next
      else strays.push({ start: start + at, end: start + next })
    }
    at = next
  }
  finish()
  return { fields, strays, bodyStart }
}

/** Where the head ends: before its first empty line, behind which the body begins. */
function boundsOf(bytes: Buffer, start: number, end: number): { headEnd: number; bodyStart: number } {
  for (let at = start; at < end;) {
    if (bytes[at] === LF) return { headEnd: at, bodyStart: at + 1 }
    if (bytes[at] === CR && bytes[at + 1] === LF && at + 1 < end) return { headEnd: at, bodyStart: at + 2 }
    const newline = bytes.indexOf(LF, at)
    if (newline === -1 || newline >= end) break
    at = newline + 1
  }
  return { headEnd: end, bodyStart: end }
}

/** A parameter of a structured value as text, its pieces joined (RFC 2231) and its words read (RFC 2047, as most programs write them). */
export function parameterOf(value: string, name: string): string {
  const pieces = parametersOf(value).flatMap((parameter) => {
    const found = /^([^*]+)(?:\*(\d{1,3}))?(\*)?$/.exec(parameter.name)
    return found?.[1] === name ? [{ index: found[2] ? Number(found[2]) : 0, numbered: found[2] !== undefined, extended: found[3] !== undefined, value: parameter.value }] : []
  })
  // What says its charset comes before what does not (RFC 6266, 4.3); a piece that stands there twice counts once.
  const chosen = pieces.some(({ extended, numbered }) => extended || numbered) ? pieces.filter(({ extended, numbered }) => extended || numbered) : pieces.slice(0, 1)
  const once = [...new Map(chosen.toSorted((a, b) => b.index - a.index).map((piece) => [piece.index, piece])).values()].reverse()
  const first = once[0]
  if (!first) return ''
  if (!once.some(({ extended }) => extended)) return readWords(once.map((piece) => piece.value).join('')).trim()
  const [, charset = '', rest = first.value] = first.extended ? /^([^']*)'[^']*'(.*)$/s.exec(first.value) ?? [] : []
  const bytes = once.map((piece, index) => (piece.extended ? readPercent(index === 0 ? rest : piece.value) : Buffer.from(piece.value, 'latin1')))
  return readText(Buffer.concat(bytes), charset).text.trim()
}

const PARAMETERS_LENGTH_MAX = 50_000

/** The parameters in their order, as they are written: `name="a;b"`, and `name=two words;` too, since senders forget the quotes. */
function parametersOf(value: string): { name: string; value: string }[] {
  const found: { name: string; value: string }[] = []
  for (const [, name = '', quoted, bare] of value.slice(0, PARAMETERS_LENGTH_MAX).matchAll(/;\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))/gs)) {
    const next = /\s+[\w-]{1,20}="/.exec(bare ?? '')
    found.push({ name: name.toLowerCase(), value: quoted?.replace(/\\([\\"])/g, '$1') ?? (next ? (bare ?? '').slice(0, next.index) : bare ?? '').trim() })
  }
  return found
}

export interface Shape {
  type: string
  charset: string
  boundary: string
  name: string
  encoding: string
}

/** What the entity's fields say that it is; text/plain in ASCII unless they say otherwise (RFC 2045 §5.2). */
export function shapeOf(fields: readonly Field[], standardType: string): Shape {
  const valueOf = (name: string) => fields.find((field) => field.name === name)?.value ?? ''
  const contentType = valueOf('content-type')
  const type = /^\s*"?([^\s;/"]+\/[^\s;"]+)/.exec(contentType)?.[1]?.toLowerCase()
  return {
    type: type ?? standardType, charset: parameterOf(contentType, 'charset'), boundary: Buffer.from(parameterOf(contentType, 'boundary')).toString('latin1'),
    name: parameterOf(valueOf('content-disposition'), 'filename') || parameterOf(contentType, 'name'), encoding: valueOf('content-transfer-encoding'),
  }
}
