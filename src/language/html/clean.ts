import sanitize from 'sanitize-html'
import { escapeHtml, plainFallback, tooMuch } from './limits.ts'
import { safeStyle } from './styles.ts'

export interface CleanOptions {
  /** Whether pictures that lie elsewhere are fetched. A blocked one keeps its address in `data-remote-src`, and `shown` makes a picture of it again. */
  images: 'blocked' | 'shown'
  /** Where the picture of a Content-ID is served; without it, or when it gives null, it stays as `cid:`. */
  inline?: (contentId: string) => string | null
}

const formatting = ['align', 'valign', 'bgcolor', 'color', 'face', 'size', 'width', 'height', 'border', 'cellpadding', 'cellspacing', 'colspan', 'rowspan', 'nowrap', 'dir', 'lang', 'title', 'style', 'type', 'start', 'value']

const tags = [
  'a', 'abbr', 'address', 'article', 'aside', 'b', 'bdi', 'big', 'blockquote', 'br', 'caption', 'center', 'cite', 'code', 'col', 'colgroup', 'dd', 'del', 'details', 'dfn', 'div', 'dl', 'dt', 'em', 'figcaption', 'figure',
  'font', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'main', 'mark', 'ol', 'p', 'pre', 'q', 'rp', 'rt', 'ruby', 's', 'samp', 'section', 'small', 'span', 'strike', 'strong', 'sub',
  'summary', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'time', 'tr', 'tt', 'u', 'ul', 'var', 'wbr',
]

const DEPTH_MAX = 120

/**
 * HTML of a mail as it may be shown: what formats text stays; scripts, forms, frames, styles that reach beyond their element and
 * everything that fetches go. It is shown in a sandboxed frame all the same. Cleaning again takes nothing more away.
 */
export function cleanHtml(html: string, options: CleanOptions): string {
  if (tooMuch(html)) return `<div>${plainFallback(html).split('\n').map(escapeHtml).join('<br />\n')}</div>`
  return sanitize(html, {
    allowedTags: tags,
    allowedAttributes: { '*': formatting, a: ['href', 'target', 'rel'], img: ['src', 'alt', 'data-remote-src', 'referrerpolicy'], time: ['datetime'], blockquote: ['data-quote'], div: ['data-quote'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel', 'cid', 'data'], allowProtocolRelative: false, nonTextTags: ['script', 'style', 'title', 'xml'], nestingLimit: DEPTH_MAX,
    parseStyleAttributes: false, disallowedTagsMode: 'discard', enforceHtmlBoundary: false,
    transformTags: { '*': (name, attributes) => transform(name, attributes, options) },
  })
}

/** Each attribute is built anew from what it says; nothing of it passes unread. */
function transform(name: string, attributes: Record<string, string>, options: CleanOptions): { tagName: string; attribs: Record<string, string> } {
  const attribs: Record<string, string> = {}
  for (const [key, content] of Object.entries(attributes)) {
    if (key === 'style') {
      const style = safeStyle(content)
      if (style) attribs['style'] = style
    } else if (formatting.includes(key) && content.length <= ATTRIBUTE_LENGTH_MAX) attribs[key] = content
  }
  if (name === 'a') return { tagName: name, attribs: { ...attribs, ...linkOf(attributes['href'] ?? '') } }
  if (name === 'img') return { tagName: name, attribs: { ...attribs, ...pictureOf(attributes, options), ...(attributes['alt'] === undefined ? {} : { alt: attributes['alt'].slice(0, ATTRIBUTE_LENGTH_MAX) }) } }
  if (isQuote(name, attributes)) attribs['data-quote'] = ''
  return { tagName: name === 'body' ? 'div' : name, attribs }
}

const ATTRIBUTE_LENGTH_MAX = 1_000

/** What mail programs mark as the history: Gmail, Apple Mail, Thunderbird, Outlook. */
const isQuote = (name: string, attributes: Record<string, string>): boolean =>
  attributes['data-quote'] !== undefined || (name === 'blockquote' && attributes['type'] === 'cite')
  || /(?:^|\s)(?:gmail_quote|gmail_quote_container|moz-cite-prefix|yahoo_quoted|protonmail_quote)(?:\s|$)/.test(attributes['class'] ?? '') || /^(?:divRplyFwdMsg|appendonsend|mail-editor-reference-message-container)$/.test(attributes['id'] ?? '')

/** A link opens elsewhere and tells nobody where from. */
function linkOf(href: string): Record<string, string> {
  const address = addressOf(href)
  return address && /^(?:https?|mailto|tel):/i.test(address) ? { href: address, target: '_blank', rel: 'noopener noreferrer nofollow' } : {}
}

function pictureOf(attributes: Record<string, string>, { images, inline }: CleanOptions): Record<string, string> {
  const source = addressOf(attributes['src'] || attributes['data-remote-src'] || '')
  if (!source) return {}
  if (/^cid:/i.test(source)) {
    const place = inline?.(contentIdOf(source)) ?? source
    return { src: place }
  }
  if (/^data:image\/(?:png|gif|jpe?g|webp|bmp|avif);base64,[A-Za-z0-9+/=\s]*$/i.test(source)) return { src: source }
  if (!/^https?:/i.test(source)) return {}
  return images === 'shown' ? { src: source, referrerpolicy: 'no-referrer' } : { 'data-remote-src': source }
}

/** An address without the control characters and spaces that browsers drop from it; `//host` is https. */
function addressOf(text: string): string {
  const plain = text.replace(/[\p{Cc} ]+/gu, (found) => (found === ' ' ? ' ' : '')).trim()
  return plain.startsWith('//') ? `https:${plain}` : plain
}

/** The Content-ID that `cid:` names (RFC 2392). */
function contentIdOf(source: string): string {
  const id = source.slice('cid:'.length)
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

/** Every Content-ID that a cleaned text shows. */
export const contentIdsIn = (html: string): Set<string> => new Set([...html.matchAll(/\ssrc="(cid:[^"]*)"/gi)].map(([, source = '']) => contentIdOf(source.replaceAll('&amp;', '&'))))
