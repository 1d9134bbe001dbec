import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import { fileTypeFromBuffer } from 'file-type'
import { maskCards } from '#language'
import { refuse, type Files } from '#platform'
import { cleanName } from './model.ts'

export interface StoredUpload {
  sha256: string
  size: number
  name: string
  type: string
  maskedCards: number
}

/** What the kinds of files say of themselves stands in their first bytes. */
const HEAD_BYTES = 4_100

/**
 * Puts an upload away as it streams in, at most `bytesMax` of it. Text is held back until its card numbers are masked: they never rest on disk.
 * @throws request.tooLarge
 */
export async function storeUpload(files: Files, content: Readable, fileName: string | undefined, bytesMax: number): Promise<StoredUpload> {
  const chunks = content[Symbol.asyncIterator]()
  const head = await readHead(chunks)
  const named = maskCards(cleanName(fileName ?? ''))
  const encoding = textEncodingOf(head)
  const known = encoding === 'utf16le' ? undefined : (await fileTypeFromBuffer(head))?.mime
  if (!encoding || known === 'application/pdf') {
    return { ...(await files.put(Readable.from(following(head, chunks)), bytesMax)), name: named.text, type: known ?? 'application/octet-stream', maskedCards: named.masked }
  }
  const text = await readText(following(head, chunks), encoding, bytesMax)
  return { ...(await files.put(text.bytes, bytesMax)), name: named.text, type: known ?? 'text/plain', maskedCards: named.masked + text.masked }
}

async function readHead(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for (let size = 0; size < HEAD_BYTES;) {
    const { value, done } = await chunks.next()
    if (done) break
    parts.push(value)
    size += value.length
  }
  return Buffer.concat(parts)
}

async function* following(head: Buffer, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
}

type TextEncoding = 'bytes' | 'utf16le'

/** How a text is written, when it is one: no control characters but those of lines and tabs. UTF-16, as spreadsheets write it, bears its mark. */
function textEncodingOf(head: Buffer): TextEncoding | null {
  if (head[0] === 0xff && head[1] === 0xfe) {
    const text = head.toString('utf16le', 0, head.length - (head.length % 2) - (head.length >= HEAD_BYTES ? 2 : 0))
    return text.isWellFormed() && !isControlled(text) ? 'utf16le' : null
  }
  return isControlled(head.toString('latin1')) ? null : 'bytes'
}

const isControlled = (text: string): boolean => /[^\P{Cc}\s\u007f-\u009f]/u.test(text.replaceAll('\u001b', ''))

async function readText(chunks: AsyncIterable<Buffer>, how: TextEncoding, bytesMax: number): Promise<{ bytes: Buffer; masked: number }> {
  const parts: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > bytesMax) throw refuse('request.tooLarge', { bytesMax })
    parts.push(chunk)
  }
  const bytes = Buffer.concat(parts)
  const encoding = how === 'utf16le' ? how : isUtf8(bytes) ? 'utf8' : 'latin1'
  const found = maskCards(bytes.toString(encoding))
  return found.masked > 0 ? { bytes: Buffer.from(found.text, encoding), masked: found.masked } : { bytes, masked: 0 }
}
