import { unzipSync } from 'fflate'
import { extractText, getDocumentProxy } from 'unpdf'
import { htmlToText, maskCards } from '#language'

/** The plain text of files that people send along. Runs in a worker thread: what it is given is nobody's friend. */

export type Format = 'text' | 'html' | 'pdf' | 'word' | 'sheet'

/** A text longer than this says nothing more that anybody would look for, in UTF-16 units. */
const TEXT_LENGTH_MAX = 200_000
/** An archive whose parts unpack to more is a bomb or a book, in bytes. */
const PART_BYTES_MAX = 30_000_000
const PAGES_MAX = 300

const ENDINGS: Readonly<Record<string, Format>> = {
  txt: 'text', csv: 'text', tsv: 'text', json: 'text', log: 'text', md: 'text', ics: 'text', xml: 'text', yaml: 'text', yml: 'text', html: 'html', htm: 'html', pdf: 'pdf', docx: 'word', xlsx: 'sheet',
}

/** The form of a file, by its type and its name; null when no text is read out of it. */
export function formatOf(type: string, name: string): Format | null {
  const kind = type.toLowerCase().split(';')[0]?.trim() ?? ''
  if (kind === 'application/pdf') return 'pdf'
  if (kind === 'text/html') return 'html'
  if (kind.endsWith('wordprocessingml.document')) return 'word'
  if (kind.endsWith('spreadsheetml.sheet')) return 'sheet'
  if (kind.startsWith('text/') || kind === 'application/json') return 'text'
  return kind === '' || kind === 'application/octet-stream' ? ENDINGS[/\.([a-z]{2,4})$/i.exec(name)?.[1]?.toLowerCase() ?? ''] ?? null : null
}

/** The text, with card numbers masked. */
export async function textOf(format: Format, content: Uint8Array): Promise<string> {
  const text = (await readers[format](content)).toWellFormed().replaceAll('\u0000', ' ').replace(/[^\S\n]+/g, ' ').replace(/\n{3,}/g, '\n\n').trim()
  return maskCards(text.slice(0, TEXT_LENGTH_MAX)).text
}

const readers: Readonly<Record<Format, (content: Uint8Array) => string | Promise<string>>> = {
  text: decode,
  html: (content) => htmlToText(decode(content)),
  pdf: async (content) => {
    const document = await getDocumentProxy(content)
    if (document.numPages > PAGES_MAX) return ''
    return (await extractText(document, { mergePages: true })).text
  },
  word: (content) => partsOf(content, /^word\/(?:document|header\d*|footer\d*|footnotes)\.xml$/).map((part) => wordsOfXml(part, /<\/w:p>|<w:br\/>|<w:tab\/>/g)).join('\n'),
  sheet: (content) => partsOf(content, /^xl\/(?:sharedStrings|worksheets\/sheet\d+)\.xml$/).map((part) => wordsOfXml(part, /<\/si>|<\/row>|<\/c>/g)).join('\n'),
}

/** UTF-8 when it is that, with or without its mark; else the bytes as Windows wrote them in the west. */
function decode(content: Uint8Array): string {
  if (content[0] === 0xff && content[1] === 0xfe) return new TextDecoder('utf-16le').decode(content)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return new TextDecoder('windows-1252').decode(content)
  }
}

function partsOf(content: Uint8Array, wanted: RegExp): string[] {
  let left = PART_BYTES_MAX
  const parts = unzipSync(content, { filter: ({ name, originalSize }) => wanted.test(name) && (left -= originalSize) >= 0 })
  return Object.entries(parts).sort(([a], [b]) => a.localeCompare(b)).map(([, part]) => new TextDecoder().decode(part))
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const wordsOfXml = (xml: string, breaks: RegExp): string =>
  xml.replace(breaks, '\n').replace(/<[^<>]{0,2000}>/g, '').replace(/&(lt|gt|amp|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? ' ').replace(/&#\d+;/g, ' ')
