import { cleanHtml, escapeHtml, htmlToText, tooMuchHtml } from '#language'
import { describeCalendar } from './calendar.ts'
import { readUuencoded } from './encodings.ts'
import { fieldOf, readEntity, type Entity } from './entity.ts'
import { readWords } from './words.ts'
import { textOf } from './leaves.ts'

/** What a mail says and what it brings along. */

export interface Piece {
  text: string
  /** Null where only text was sent. */
  html: string | null
}

/** A leaf that is kept as a file. */
export interface Enclosed {
  entity: Entity
  /** The name that was found when the entity itself bears none. */
  name: string | null
  content: Buffer
  type: string
}

export interface Content {
  pieces: Piece[]
  enclosed: Enclosed[]
  /** Mails within the mail, as text. */
  nested: string[]
}

const MAILS_MAX = 20
const NESTING_MAX = 5

const none = (): Content => ({ pieces: [], enclosed: [], nested: [] })
const joined = (contents: readonly Content[]): Content => ({ pieces: contents.flatMap(({ pieces }) => pieces), enclosed: contents.flatMap(({ enclosed }) => enclosed), nested: contents.flatMap(({ nested }) => nested) })

/** Walks the tree. Every leaf becomes text, HTML or a file; only other renditions of the same words (RFC 2046, 5.1.4) are left out. */
export function contentOf(entity: Entity, depth = 0): Content {
  if (entity.parts.length === 0) return leafContent(entity, depth, true)
  if (entity.shape.type === 'multipart/alternative') return alternativeContent(entity, depth)
  const content = joined(entity.parts.map((part, index) => (part.parts.length === 0 ? leafContent(part, depth, index === 0) : contentOf(part, depth))))
  return { ...content, pieces: withoutTwins(content.pieces) }
}

/** Some programs send the same words as text and as HTML without saying that one stands for the other. */
const withoutTwins = (pieces: readonly Piece[]): Piece[] => pieces.flatMap((piece, index) => {
  const [before, next] = [pieces[index - 1], pieces[index + 1]]
  if (piece.html === null && next && next.html !== null && sameWords(piece.text, next.text)) return [{ text: piece.text, html: next.html }]
  return piece.html !== null && before?.html === null && sameWords(before.text, piece.text) ? [] : [piece]
})

const sameWords = (one: string, other: string): boolean => one.replace(/\s+/g, '') === other.replace(/\s+/g, '')

const isNamed = (entity: Entity): boolean => entity.shape.name !== '' || entity.disposition === 'attachment'
const isBody = (entity: Entity, first: boolean): boolean =>
  (entity.shape.type === 'text/plain' || entity.shape.type === 'text/html') && entity.disposition !== 'attachment' && (entity.shape.name === '' || (first && entity.disposition !== 'inline'))

function leafContent(entity: Entity, depth: number, first: boolean): Content {
  const { type } = entity.shape
  if (isBody(entity, first)) return type === 'text/html' ? htmlContent(entity) : plainContent(entity)
  if (entity.content.length === 0 && !isNamed(entity)) return none()
  const file: Enclosed = { entity, name: null, content: entity.content, type }
  if (type === 'text/calendar') return { pieces: [pieceOf(describeCalendar(textOf(entity)))].filter(({ text }) => text !== ''), enclosed: [file], nested: [] }
  if (/^message\/(?:rfc822|global|news)$/.test(type)) return { pieces: [], enclosed: [{ ...file, name: subjectIn(entity.content) }], nested: depth < NESTING_MAX ? [nestedText(entity, depth)] : [] }
  return { pieces: [], enclosed: [file], nested: [] }
}

const pieceOf = (text: string): Piece => ({ text, html: null })

/** Files that old programs wrote into the text are taken out of it. */
function plainContent(entity: Entity): Content {
  const text = textOf(entity)
  const files: Enclosed[] = []
  let rest = ''
  let from = 0
  for (let found = readUuencoded(text); found && files.length < FILES_IN_TEXT_MAX; found = readUuencoded(text, from)) {
    files.push({ entity, name: found.name, content: found.content, type: 'application/octet-stream' })
    rest += text.slice(from, found.start)
    from = found.end
  }
  return { pieces: [pieceOf(rest + text.slice(from))], enclosed: files, nested: [] }
}

const FILES_IN_TEXT_MAX = 50

function htmlContent(entity: Entity): Content {
  const html = textOf(entity)
  const file: Enclosed = { entity, name: 'message.html', content: entity.content, type: 'text/html' }
  return { pieces: [{ text: htmlToText(html), html: cleanHtml(html, { images: 'blocked' }) }], enclosed: tooMuchHtml(html) ? [file] : [], nested: [] }
}

/** The plain rendition is the text, the last HTML the picture of it; what is neither stays as a file unless it is the same words once more. */
function alternativeContent(entity: Entity, depth: number): Content {
  const contents = entity.parts.map((part) => ({ part, content: part.parts.length === 0 ? leafContent(part, depth, true) : contentOf(part, depth) }))
  const plain = contents.find(({ content }) => content.pieces.some(({ text, html }) => html === null && isSaid(text)))
  const rich = contents.findLast(({ content }) => content.pieces.some(({ html }) => html !== null))
  const chosen = new Set([plain ?? rich, rich ?? plain])
  const further = contents.filter((one) => one !== plain && one !== rich && one.part.shape.type === 'text/plain').flatMap(({ content }) => content.pieces).filter(({ text }) => isSaid(text))
  const texts = [...(plain ?? rich)?.content.pieces ?? [], ...further].map(({ text }) => text).join('\n\n')
  const html = rich ? htmlOf(rich.content.pieces) : null
  const files = contents.flatMap(({ part, content }) => (chosen.size > 0 && isRendition(part) ? [] : content.enclosed))
  const appointments = contents.filter(({ part }) => part.shape.type === 'text/calendar').flatMap(({ content }) => content.pieces)
  return { pieces: [...(texts === '' && html === null ? [] : [{ text: texts, html }]), ...appointments], enclosed: files, nested: contents.flatMap(({ content }) => content.nested) }
}

/** Text for readers of another kind: enriched text, a watch, AMP. */
const isRendition = ({ shape, disposition }: Entity): boolean => /^text\/(?:enriched|richtext|watch-html|x-amp-html|x-markdown|markdown)$/.test(shape.type) && shape.name === '' && disposition !== 'attachment'

/** Programs that send HTML write a word of regret, or nothing, for those who cannot read it. */
const isSaid = (text: string): boolean => text.trim() !== '' && !/^(?:\s*(?:this (?:is an|message is in|message contains|e-?mail is in) html\b[^\n]*|your (?:e-?mail|mail) (?:client|program|reader)[^\n]*html[^\n]*|please (?:view|use|enable)[^\n]*html[^\n]*|html e-?mail)\s*)$/i.test(text)

/** All pieces as one HTML, when any of them is HTML. */
export function htmlOf(pieces: readonly Piece[]): string | null {
  if (!pieces.some(({ html }) => html !== null)) return null
  return pieces.filter(({ text, html }) => html !== null || text.trim() !== '').map(({ text, html }) => html ?? `<div style="white-space:pre-wrap">${escapeHtml(text.trim())}</div>`).join('\n')
}

function subjectIn(mail: Buffer): string | null {
  const subject = readWords(fieldOf(readEntity(mail.subarray(0, HEAD_BYTES)), 'subject') ?? '').trim()
  return subject ? `${subject.replaceAll(/[\\/:]/g, ' ')}.eml` : null
}

const HEAD_BYTES = 16_384

/** A mail within the mail as one reads it: who, when, about what, and its text. */
function nestedText({ content, spent }: Entity, depth: number): string {
  const mail = readEntity(content, spent)
  const said = (name: string, label: string) => {
    const value = readWords(fieldOf(mail, name) ?? '').trim()
    return value ? [`${label}: ${value}`] : []
  }
  const inner = contentOf(mail, depth + 1)
  return [[...said('from', 'From'), ...said('date', 'Date'), ...said('to', 'To'), ...said('subject', 'Subject')].join('\n'), ...inner.pieces.map(({ text }) => text.trim()), ...inner.nested.slice(0, MAILS_MAX)].filter((text) => text !== '').join('\n\n')
}
