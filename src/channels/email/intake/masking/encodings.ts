import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

/** Charsets and transfer encodings (RFC 2045), there and back. */

const aliases: Readonly<Record<string, string>> = { 'us-ascii': 'latin1', ascii: 'latin1', 'ansi_x3.4-1968': 'latin1', 'iso-8859-8-i': 'iso-8859-8', 'x-sjis': 'shift_jis', 'ks_c_5601-1987': 'euc-kr', unicode: 'utf-16' }

const nameOf = (charset: string): string => aliases[charset.toLowerCase()] ?? charset.toLowerCase()

/**
 * Bytes as text. What claims ASCII and is UTF-8 is read as such: that is what senders mean.
 * `encode` gives the bytes back, or null when the text cannot be said in this charset.
 */
export function readText(bytes: Buffer, charset: string): { text: string; encode(text: string): Buffer | null } {
  const named = nameOf(charset || 'us-ascii')
  const name = (named === 'latin1' || !knows(named)) && isUtf8(bytes) ? 'utf-8' : named
  if (iconv.encodingExists(name)) {
    const keepsMark = { stripBOM: false, addBOM: false }
    return { text: iconv.decode(bytes, name, keepsMark), encode: (text) => sayIn(name, text, keepsMark) }
  }
  // ISO-2022-JP and its like: the platform reads them and cannot write them; unknown ones are read byte by byte.
  const decoder = decoderOf(name)
  if (decoder) return { text: decoder.decode(bytes), encode: () => null }
  return { text: bytes.toString('latin1'), encode: (text) => Buffer.from(text, 'latin1') }
}

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

export type TransferEncoding = 'base64' | 'quoted-printable' | 'identity'

export function transferEncodingOf(value: string): TransferEncoding {
  const word = value.trim().toLowerCase()
  return word === 'base64' || word === 'quoted-printable' ? word : 'identity'
}

export function decodeTransfer(bytes: Buffer, encoding: TransferEncoding): Buffer {
  if (encoding === 'base64') return decodeBase64(bytes.toString('latin1'))
  return encoding === 'quoted-printable' ? decodeQuoted(bytes) : bytes
}

/** Some programs join several encoded pieces, each with its own padding; each is read on its own. */
function decodeBase64(text: string): Buffer {
  if (!/=[\s=]*[A-Za-z0-9+/]/.test(text)) return Buffer.from(text, 'base64')
  return Buffer.concat(text.split(/=+/).map((piece) => Buffer.from(piece, 'base64')))
}

function decodeQuoted(bytes: Buffer): Buffer {
  if (!bytes.includes(0x3d)) return bytes
  const text = bytes.toString('latin1').replace(/=[ \t]*\r?\n/g, '').replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(text, 'latin1')
}

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
