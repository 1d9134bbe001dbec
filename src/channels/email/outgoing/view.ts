import type { Readable } from 'node:stream'
import { simpleParser } from 'mailparser'

export interface ReadMail {
  headers: { name: string; value: string }[]
  text: string
  html: string | null
  attachments: { name: string; type: string; size: number }[]
}

/** Reads a mail back from its bytes, as a mail program would: what is shown is what was sent, not what was meant. */
export async function readMail(stream: Readable): Promise<ReadMail> {
  const parsed = await simpleParser(stream, { skipImageLinks: true, skipTextToHtml: true })
  return {
    headers: parsed.headerLines.map(({ line }) => {
      const colon = line.indexOf(':')
      return { name: line.slice(0, colon), value: line.slice(colon + 1).replace(/\r?\n[ \t]+/g, ' ').trim() }
    }),
    text: parsed.text ?? '', html: parsed.html || null,
    attachments: parsed.attachments.map(({ filename, contentType, size }) => ({ name: filename ?? 'attachment', type: contentType, size })),
  }
}
