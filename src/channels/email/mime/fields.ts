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

/** Reads the fields from `start` to the first empty line. */
export function readHead(bytes: Buffer, start: number, end: number): Head {
  const fields: Field[] = []
  const strays: Head['strays'] = []
  let current: Field | null = null
  let folds: string[] = []
  const finish = () => {
    if (current && folds.length > 1) current.value = folds.join('')
    folds = []
  }
  for (let at = start; at < end;) {
    const newline = bytes.indexOf(LF, at)
    const next = newline === -1 || newline >= end ? end : newline + 1
    const line = bytes.toString('latin1', at, next).replace(/\r?\n$/, '')
    if (line === '') {
      finish()
      return { fields, strays, bodyStart: next }
    }
    const colon = line.indexOf(':')
    if (current && (line[0] === ' ' || line[0] === '\t')) {
      folds.push(line)
      current.end = next
    } else if (colon > 0) {
      finish()
      current = { name: line.slice(0, colon).trim().toLowerCase(), start: at, end: next, value: line.slice(colon + 1).trim() }
      folds = [current.value]
      fields.push(current)
    } else {
      finish()
      current = null
      const last = strays.at(-1)
      if (last?.end === at) last.end = next
      else strays.push({ start: at, end: next })
    }
    at = next
  }
  finish()
  return { fields, strays, bodyStart: end }
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

/** The parameters in their order, as they are written: `name="a;b"`, and `name=two words;` too, since senders forget the quotes. */
function parametersOf(value: string): { name: string; value: string }[] {
  const found: { name: string; value: string }[] = []
  for (const [, name = '', quoted, bare] of value.matchAll(/;\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))/gs)) {
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
