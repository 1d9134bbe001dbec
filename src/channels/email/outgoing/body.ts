import type { Letter } from './model.ts'
import { oneLine } from './subject.ts'

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)

const LINK = /https?:\/\/[^\s<>"'\p{Cc}]+/giu

/** Text as HTML: everything is escaped, and web addresses can be followed. Punctuation that ends a sentence is not part of an address. */
function withLinks(text: string): string {
  let html = ''
  let from = 0
  for (const found of text.matchAll(LINK)) {
    const address = trimmed(found[0])
    html += `${escape(text.slice(from, found.index))}<a href="${escape(address)}">${escape(address)}</a>`
    from = found.index + address.length
  }
  return html + escape(text.slice(from))
}

const CLOSING = '.,;:!?*_'

/** From its end, once, however long the address is. */
function trimmed(address: string): string {
  const closing = address.includes('(') ? CLOSING : `${CLOSING})`
  let end = address.length
  while (end > 0 && closing.includes(address.charAt(end - 1))) end--
  return address.slice(0, end)
}

const paragraphs = (text: string): string =>
  text.split(/\n[ \t]*\n+/).filter((part) => part.trim() !== '').map((part) => `<p>${part.split('\n').map(withLinks).join('<br>\n')}</p>`).join('\n')

const lines = (text: string): string => text.toWellFormed().replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '').trimEnd()

const attribution = (quoted: NonNullable<Letter['quoted']>): string => `${oneLine(quoted.from, 120)} wrote on ${new Date(quoted.at).toUTCString()}:`

/** The plain text of a mail, with what it answers quoted below (RFC 3676's mark). */
export function plainText({ text, quoted }: Pick<Letter, 'text' | 'quoted'>): string {
  const own = lines(text)
  return quoted ? `${own}\n\n${attribution(quoted)}\n${lines(quoted.text).split('\n').map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`)).join('\n')}\n` : `${own}\n`
}

/** The same as HTML, with no styles but the reader's own. */
export function richText({ text, quoted }: Pick<Letter, 'text' | 'quoted'>): string {
  const below = quoted ? `\n<p>${escape(attribution(quoted))}</p>\n<blockquote type="cite">\n${paragraphs(lines(quoted.text))}\n</blockquote>` : ''
  return `<!doctype html>\n<html>\n<head><meta charset="utf-8"></head>\n<body>\n${paragraphs(lines(text))}${below}\n</body>\n</html>\n`
}
