import { readText } from './encodings.ts'

/** Encoded words in headers (RFC 2047). */

export interface Segment {
  /** As it stands in the header. */
  source: string
  /** As it reads. */
  text: string
  encoded: boolean
}

const WORD = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([bq])\?([^?]*)\?=/gi
const RUN = /=\?[^?\s]+\?[bq]\?[^?]*\?=(?:\s*=\?[^?\s]+\?[bq]\?[^?]*\?=)*/gi

/** A header's value as plain stretches and runs of neighbouring encoded words, which read as one. */
export function segmentsOf(value: string): Segment[] {
  const segments: Segment[] = []
  let from = 0
  for (const match of value.matchAll(RUN)) {
    if (match.index > from) segments.push(plain(value.slice(from, match.index)))
    segments.push({ source: match[0], text: readRun(match[0]), encoded: true })
    from = match.index + match[0].length
  }
  if (from < value.length) segments.push(plain(value.slice(from)))
  return segments
}

/** A header's value (byte for byte) as it reads. */
export const readWords = (value: string): string => segmentsOf(value).map(({ text }) => text).join('')

const plain = (source: string): Segment => ({ source, text: readText(Buffer.from(source, 'latin1'), 'us-ascii').text, encoded: false })

/** Words of one charset are joined before they are read: some programs cut in the middle of a character. */
function readRun(run: string): string {
  const pieces: { charset: string; bytes: Buffer[] }[] = []
  for (const [, charset = '', how = '', content = ''] of run.matchAll(WORD)) {
    const bytes = how.toLowerCase() === 'b' ? Buffer.from(content, 'base64') : readQ(content)
    const last = pieces.at(-1)
    // Charsets with shifts begin every word anew (RFC 2047, section 3).
    if (last && last.charset === charset.toLowerCase() && !/^(?:iso-2022|hz|utf-7)/.test(last.charset)) last.bytes.push(bytes)
    else pieces.push({ charset: charset.toLowerCase(), bytes: [bytes] })
  }
  return pieces.map(({ charset, bytes }) => readText(Buffer.concat(bytes), charset).text).join('')
}

const readQ = (content: string) =>
  Buffer.from(content.replace(/_/g, ' ').replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1')

/** Percent signs (RFC 2231) as bytes. */
export const readPercent = (value: string): Buffer =>
  Buffer.from(value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1')

const BYTES_A_WORD = 42

/** Text as it may stand in a header: as it is when it is plain ASCII, else as UTF-8 encoded words, folded. */
export function sayInHeader(text: string): string {
  if (/^[\x20-\x7e\t]*$/.test(text) && !text.includes('=?')) return text
  const words: string[] = []
  let piece = ''
  for (const char of text.replace(/[\r\n]+/g, ' ')) {
    if (Buffer.byteLength(piece + char) > BYTES_A_WORD) {
      words.push(piece)
      piece = ''
    }
    piece += char
  }
  words.push(piece)
  return words.map((word) => `=?utf-8?B?${Buffer.from(word).toString('base64')}?=`).join('\r\n ')
}
