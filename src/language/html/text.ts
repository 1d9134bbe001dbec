import { compile, type FormatCallback } from 'html-to-text'
import { cleanHtml } from './clean.ts'
import { plainFallback, tooMuch } from './limits.ts'

const alt: FormatCallback = (element, _walk, builder) => {
  if (element.attribs['alt']) builder.addInline(String(element.attribs['alt']))
}
const cell: FormatCallback = (element, walk, builder) => {
  walk(element.children, builder)
  builder.addInline(' ')
}
const link: FormatCallback = (element, walk, builder) => {
  let said = ''
  builder.pushWordTransform((text) => {
    said += text
    return text
  })
  walk(element.children, builder)
  builder.popWordTransform()
  const href = String(element.attribs['href'] ?? '')
  if (!/^https?:/i.test(href) || href.length > LINK_LENGTH_MAX || said === '' || samePlace(said, href)) return
  builder.addInline(` (${href})`, { noWordTransform: true })
}

const LINK_LENGTH_MAX = 400
const samePlace = (text: string, href: string): boolean => bare(text) === bare(href)
const bare = (address: string): string => address.trim().toLowerCase().replace(/^https?:\/\/|\/$/g, '')

const heading = { leadingLineBreaks: 2, trailingLineBreaks: 2, uppercase: false }
const convert = compile({
  wordwrap: false, limits: { maxInputLength: 40_000_000 }, formatters: { alt, cell, link },
  selectors: [
    { selector: 'img', format: 'alt' }, { selector: 'a', format: 'link' }, { selector: 'td', format: 'cell' }, { selector: 'th', format: 'cell' },
    { selector: 'table', format: 'block' }, { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'div', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'blockquote', format: 'blockquote', options: { leadingLineBreaks: 1, trailingLineBreaks: 1, trimEmptyLines: true } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, format: 'heading', options: heading })),
    { selector: 'hr', format: 'horizontalLine', options: { length: 20 } }, { selector: 'ul', options: { itemPrefix: '- ' } },
  ],
})

/** The text of a mail's HTML as one reads it: paragraphs, lists, quotations marked by `>`, links with where they lead. */
export function htmlToText(html: string): string {
  if (tooMuch(html)) return plainFallback(html)
  // Cleaned first: it bounds the depth, which the converter follows by recursion, and takes away what is no text.
  const text = convert(cleanHtml(html, { images: 'blocked' }))
  // Where the page is empty its title is all that was said.
  return (text.trim() === '' ? plainFallback(html) : text).replace(/\u00a0/g, ' ').replace(/[ \t]+$/gm, '').replace(/\n{3,}/g, '\n\n').replace(/^\n+|\s+$/g, '')
}
