import { decodeTransfer, readText, transferEncodingOf } from './encodings.ts'
import { fieldOf, type Entity } from './entity.ts'
import { parameterOf } from './fields.ts'
import { unflow } from './flowed.ts'

/** The text of a leaf, in its charset, with its lines as `\n`. */
export function textOf(entity: Entity): string {
  const bytes = entity.shape.type === 'text/html' ? entity.content : meant(entity)
  const text = unbroken(readText(bytes, charsetOf(entity, bytes)).text)
  const contentType = fieldOf(entity, 'content-type') ?? ''
  if (text.length > FLOWED_LENGTH_MAX) return text
  return entity.shape.type === 'text/plain' && /^flowed$/i.test(parameterOf(contentType, 'format')) ? unflow(text, /^yes$/i.test(parameterOf(contentType, 'delsp'))) : text
}

/** A longer one is a listing, and its lines stay. */
const FLOWED_LENGTH_MAX = 2_000_000

const unbroken = (text: string): string => text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')

/** HTML says its charset within itself when the part does not; most browsers and mail programs listen. */
function charsetOf({ shape }: Entity, bytes: Buffer): string {
  if (shape.charset || shape.type !== 'text/html') return shape.charset
  const head = bytes.toString('latin1', 0, HTML_HEAD_BYTES)
  return /<meta\s[^>]*charset\s*=\s*["']?\s*([\w.:-]{2,40})/i.exec(head)?.[1] ?? ''
}

const HTML_HEAD_BYTES = 4_096

/** Text that claims to be in base64 and is not stands as it is; so do lines that a server added below what is. */
function meant(entity: Entity): Buffer {
  if (transferEncodingOf(entity.shape.encoding) !== 'base64') return entity.content
  const lines = entity.source.toString('latin1').split('\n')
  const foreign = lines.findIndex((line) => !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(line) || /[A-Za-z0-9+/] +[A-Za-z0-9+/]/.test(line))
  if (foreign === -1) return entity.content
  const [encoded, added] = [lines.slice(0, foreign).join('\n'), lines.slice(foreign).join('\n')]
  return Buffer.concat([decodeTransfer(Buffer.from(encoded, 'latin1'), 'base64'), Buffer.from(`${encoded.trim() ? '\n' : ''}${added}`, 'latin1')])
}
