import fc from 'fast-check'
import sanitize from 'sanitize-html'
import { expect, test } from 'vitest'
import { plainText, richText } from './body.ts'

const html = (text: string) => richText({ text, quoted: null })

test('paragraphs, lines and web addresses', () => {
  expect(html('Hello Lee,\n\nsee https://pay.example/a?b=1&c=2.\nBye')).toContain(
    '<p>Hello Lee,</p>\n<p>see <a href="https://pay.example/a?b=1&amp;c=2">https://pay.example/a?b=1&amp;c=2</a>.<br>\nBye</p>')
  expect(html('(https://pay.example/a)')).toContain('(<a href="https://pay.example/a">https://pay.example/a</a>)')
  expect(html('https://x.example/a_(b)')).toContain('href="https://x.example/a_(b)"')
})

test('what is quoted stands below, marked', () => {
  const letter = { text: 'Yes.', quoted: { from: 'Lee', at: '2026-11-04T09:00:00.000Z', text: 'Is it?\n> older' } }
  expect(plainText(letter)).toBe('Yes.\n\nLee wrote on Wed, 04 Nov 2026 09:00:00 GMT:\n> Is it?\n>> older\n')
  expect(richText(letter)).toContain('<blockquote type="cite">\n<p>Is it?<br>\n&gt; older</p>')
})

test('no text becomes markup', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('<script>alert(1)</script>', 'https://x.example/"onmouseover="alert(1)', "javascript:alert(1) https://a'b<c>", '&lt;b&gt;')), (text) => {
    const tags = [...html(text).matchAll(/<\/?([a-z!]+)/g)].map(([, name]) => name)
    expect(tags.every((name) => ['!doctype', 'html', 'head', 'meta', 'body', 'p', 'br', 'a'].includes(String(name)))).toBe(true)
    sanitize(html(text), { allowedTags: ['a'], allowedAttributes: false, transformTags: { a: (name, attributes) => {
      expect(Object.keys(attributes)).toEqual(['href'])
      expect(attributes['href']).toMatch(/^https?:\/\//i)
      return { tagName: name, attribs: attributes }
    } } })
  }))
})

test('an address that is nothing but signs is read in one go, however long it is', () => {
  expect(html(`https://x.example/${')'.repeat(190_000)}`)).toContain('<a href="https://x.example/">')
  expect(html(`https://x.example/${'.'.repeat(400_000)}x`)).toContain('.x</a>')
})
