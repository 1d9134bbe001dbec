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
  for (let at = start; at < end;) {
    const newline = bytes.indexOf(LF, at)
    const next = newline === -1 || newline >= end ? end : newline + 1
    const line = bytes.toString('latin1', at, next).replace(/\r?\n$/, '')
    if (line === '') return { fields, strays, bodyStart: next }
    const colon = line.indexOf(':')
    if (current && (line[0] === ' ' || line[0] === '\t')) {
      current.value += line
      current.end = next
    } else if (colon > 0) {
      current = { name: line.slice(0, colon).trim().toLowerCase(), start: at, end: next, value: line.slice(colon + 1).trim() }
      fields.push(current)
    } else {
      current = null
      const last = strays.at(-1)
      if (last?.end === at) last.end = next
      else strays.push({ start: at, end: next })
    }
    at = next
  }
  return { fields, strays, bodyStart: end }
}

/** A parameter of a structured value: `charset` of `text/plain; charset="utf-8"`. */
export function parameterOf(value: string, name: string): string {
  const match = new RegExp(`;\\s*${name}(?:\\*0?\\*?)?\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;]+))`, 'i').exec(value)
  return (match?.[1]?.replace(/\\(.)/g, '$1') ?? match?.[2] ?? '').trim()
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
  const type = /^\s*([^\s;/]+\/[^\s;]+)/.exec(contentType)?.[1]?.toLowerCase()
  return {
    type: type ?? standardType, charset: parameterOf(contentType, 'charset').replace(/^[^']*'[^']*'/, ''), boundary: parameterOf(contentType, 'boundary'),
    name: parameterOf(valueOf('content-disposition'), 'filename') || parameterOf(contentType, 'name'), encoding: valueOf('content-transfer-encoding'),
  }
}
