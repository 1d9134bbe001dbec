import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { guessCharset } from './guess.ts'

/** Charsets and transfer encodings (RFC 2045), there and back. */

const aliases: Readonly<Record<string, string>> = {
  'us-ascii': 'ascii', 'ansi_x3.4-1968': 'ascii', 'unicode-1-1-utf-8': 'utf-8', utf8: 'utf-8', 'utf8mb4': 'utf-8', 'iso-8859-8-i': 'iso-8859-8', 'x-sjis': 'shift_jis', sjis: 'shift_jis',
  'ks_c_5601-1987': 'euc-kr', 'unicode-1-1-utf-7': 'utf-7', unicode: 'utf-16', 'x-gbk': 'gbk', 'x-mac-roman': 'macroman', 'x-unknown': 'ascii', unknown: 'ascii', 'unknown-8bit': 'ascii', '8bit': 'ascii',
  // What says Latin-1 means the superset that browsers read (WHATWG Encoding, 4.2).
  'iso-8859-1': 'windows-1252', latin1: 'windows-1252', 'iso8859-1': 'windows-1252', 'iso_8859-1': 'windows-1252',
}
/** Charsets of which every byte is some character, so that a mistaken name shows nowhere but in the text. */
const lenient = new Set(['ascii', 'windows-1252', 'iso-8859-15', 'macroman'])

const nameOf = (charset: string): string => {
  const name = charset.trim().replace(/^["']|["']$/g, '').toLowerCase()
  return aliases[name] ?? name
}

export interface ReadText {
  text: string
  /** Gives the bytes back, or null when the text cannot be said in this charset. */
  encode(text: string): Buffer | null
}

/**
 * Bytes as text. What claims ASCII or Latin-1 and is UTF-8 beyond ASCII is read as such: that is what senders mean. What claims
 * UTF-8 and is not, or claims something unknown, is guessed.
 */
export function readText(bytes: Buffer, charset: string): ReadText {
  const name = actualName(bytes, nameOf(charset || 'us-ascii'))
  if (iconv.encodingExists(name)) {
    const keepsMark = { stripBOM: false, addBOM: false }
    return { text: iconv.decode(bytes, name, keepsMark), encode: (text) => sayIn(name, text, keepsMark) }
  }
  // ISO-2022-JP and its like: the platform reads them and cannot write them; unknown ones are read byte by byte.
  const decoder = decoderOf(name)
  if (decoder) {
    const text = decoder.decode(bytes)
    // These have seven bits; what has eight lies about its name.
    return { text: text.includes('\ufffd') && !isAscii(bytes) ? iconv.decode(bytes, guessCharset(bytes)) : text, encode: () => null }
  }
  return { text: bytes.toString('latin1'), encode: (text) => Buffer.from(text, 'latin1') }
}

/** A text that begins with UTF-16's mark is in UTF-16, whatever it claims: spreadsheets write such files, and mail programs do not say so. */
const markOf = (bytes: Buffer): string | null => (bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null)

function actualName(bytes: Buffer, named: string): string {
  const marked = markOf(bytes)
  if (marked && !/^utf-?(?:16|32)/.test(named)) return marked
  if (named === 'utf-8') return isUtf8(bytes) ? named : fallbackOf(bytes)
  if (!lenient.has(named) && knows(named)) return named
  if (isUtf8(bytes)) return lenient.has(named) && named !== 'ascii' && isAscii(bytes) ? named : 'utf-8'
  return named === 'ascii' || !knows(named) ? guessCharset(bytes) : named
}

/** A text in UTF-8 with a few broken bytes (cut, or joined from two) stays UTF-8; one in another charset has hardly a sound character. */
function fallbackOf(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  const broken = text.match(/\ufffd/g)?.length ?? 0
  const sound = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0
  return sound >= broken ? 'utf-8' : guessCharset(bytes)
}

const isAscii = (bytes: Buffer): boolean => !/[\x80-\xff]/.test(bytes.toString('latin1'))

const knows = (name: string) => iconv.encodingExists(name) || decoderOf(name) !== null

function decoderOf(name: string): TextDecoder | null {
  try {
    return new TextDecoder(name)
  } catch {
    return null
  }
}

function sayIn(name: string, text: string, options: { stripBOM: boolean; addBOM: boolean }): Buffer | null {
  const bytes = iconv.encode(text, name, options)
  return iconv.decode(bytes, name, options) === text ? bytes : null
}

export type TransferEncoding = 'base64' | 'quoted-printable' | 'uuencode' | 'identity'

/** The encoding that a field names, comments and stray marks aside; what nobody knows is taken as it stands. */
export function transferEncodingOf(value: string): TransferEncoding {
  const word = value.replace(/\([^()]*\)/g, '').split(';', 1)[0]?.replace(/["'\s_-]/g, '').toLowerCase() ?? ''
  if (word === 'base64') return 'base64'
  if (word === 'quotedprintable') return 'quoted-printable'
  return /^(?:x?uuencode|x?uue)$/.test(word) ? 'uuencode' : 'identity'
}

/** The bytes that were meant. */
export function decodeTransfer(bytes: Buffer, encoding: TransferEncoding): Buffer {
  if (encoding === 'base64') return decodeBase64(bytes.toString('latin1'))
  if (encoding === 'uuencode') return readUuencoded(bytes.toString('latin1'))?.content ?? bytes
  return encoding === 'quoted-printable' ? decodeQuoted(bytes) : bytes
}

/** Some programs join several encoded pieces, each with its own padding; each is read on its own. */
function decodeBase64(text: string): Buffer {
  if (!/=[\s=]*[A-Za-z0-9+/]/.test(text)) return Buffer.from(text, 'base64')
  return Buffer.concat(text.split(/=+/).map((piece) => Buffer.from(piece, 'base64')))
}

/** Byte by byte, since a mail may be nothing else; what is no valid code stays as it stands. */
function decodeQuoted(bytes: Buffer): Buffer {
  let at = bytes.indexOf(0x3d)
  if (at === -1) return bytes
  const out = Buffer.allocUnsafe(bytes.length)
  let length = bytes.copy(out, 0, 0, at)
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0
    const soft = byte === 0x3d ? softBreakAt(bytes, at + 1) : 0
    const value = byte === 0x3d && soft === 0 ? (hexOf(bytes[at + 1]) << 4) | hexOf(bytes[at + 2]) : -1
    if (soft > 0) at = soft
    else {
      out[length++] = value >= 0 ? value : byte
      at += value >= 0 ? 3 : 1
    }
  }
  return out.subarray(0, length)
}

/** Where the next line begins when nothing but spaces stands before it; 0 when something does. */
function softBreakAt(bytes: Buffer, from: number): number {
  let at = from
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at++
  if (bytes[at] === 0x0d && bytes[at + 1] === 0x0a) return at + 2
  return bytes[at] === 0x0a ? at + 1 : at >= bytes.length ? at : 0
}

/** The value of a hexadecimal digit; negative, also when it is shifted, when it is none. */
function hexOf(byte: number | undefined): number {
  if (byte === undefined) return -256
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte & 0xdf
  return letter >= 0x41 && letter <= 0x46 ? letter - 0x37 : -256
}

export interface Uuencoded {
  name: string
  content: Buffer
  start: number
  end: number
}

const UU_BEGIN = /^begin(?:-base64)? [0-7]{3,4} (\S[^\r\n]*)\r?\n/m

/** The first uuencoded file (POSIX.1-2017, uuencode) of a text in latin1, from `from` on; null when none is whole. */
export function readUuencoded(text: string, from = 0): Uuencoded | null {
  const found = UU_BEGIN.exec(text.slice(from))
  if (!found) return null
  const start = from + found.index
  const pieces: Buffer[] = []
  for (let at = start + found[0].length; at < text.length;) {
    const newline = text.indexOf('\n', at)
    const next = newline === -1 ? text.length : newline + 1
    const line = text.slice(at, next).replace(/\r?\n$/, '')
    if (line === 'end') return { name: found[1]?.trim() ?? '', content: Buffer.concat(pieces), start, end: next }
    const piece = readUuLine(line)
    if (!piece) return null
    pieces.push(piece)
    at = next
  }
  return null
}

function readUuLine(line: string): Buffer | null {
  if (line === '' || line === '`') return Buffer.alloc(0)
  if (/[^\x20-\x60]/.test(line)) return null
  const length = (line.charCodeAt(0) - 32) & 63
  if (line.length - 1 < Math.ceil((length * 4) / 3) - 4) return null
  const out = Buffer.alloc(Math.ceil(length / 3) * 3)
  for (let index = 0; index * 3 < length; index++) {
    const [a, b, c, d] = [1, 2, 3, 4].map((place) => ((line.charCodeAt(index * 4 + place) || 32) - 32) & 63)
    out.writeUIntBE(((a ?? 0) << 18) | ((b ?? 0) << 12) | ((c ?? 0) << 6) | (d ?? 0), index * 3, 3)
  }
  return out.subarray(0, length)
}

/** The reverse, as the encoding says; what cannot be encoded anew is given as it is. */
export function encodeTransfer(bytes: Buffer, encoding: TransferEncoding): Buffer {
  if (encoding === 'base64') return Buffer.from(`${(bytes.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n')}\r\n`, 'latin1')
  return encoding === 'quoted-printable' ? encodeQuoted(bytes) : bytes
}

const LINE_MAX = 75

function encodeQuoted(bytes: Buffer): Buffer {
  const lines = bytes.toString('latin1').split(/\r?\n/).map((line) => {
    const safe = line.replace(/[^\t\x20-\x3c\x3e-\x7e]/g, hex).replace(/[ \t]$/, hex)
    return foldQuoted(safe)
  })
  return Buffer.from(lines.join('\r\n'), 'latin1')
}

const hex = (char: string) => `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`

function foldQuoted(line: string): string {
  if (line.length <= LINE_MAX) return line
  const pieces: string[] = []
  for (let from = 0; from < line.length;) {
    let to = Math.min(from + LINE_MAX, line.length)
    if (to < line.length) while (line[to - 1] === '=' || line[to - 2] === '=') to--
    pieces.push(line.slice(from, to))
    from = to
  }
  return pieces.join('=\r\n')
}
