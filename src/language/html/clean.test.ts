import fc from 'fast-check'
import sanitize from 'sanitize-html'
import { describe, expect, test } from 'vitest'
import { cleanHtml, contentIdsIn } from './clean.ts'
import { safeStyle } from './styles.ts'
import { htmlToText } from './text.ts'

const clean = (html: string) => cleanHtml(html, { images: 'blocked' })

/** What a parser finds in HTML that could run, fetch, or stand over what is ours. */
function dangersIn(html: string): string[] {
  const found: string[] = []
  sanitize(html, { allowedTags: false, allowedAttributes: false, allowVulnerableTags: true, parseStyleAttributes: false, transformTags: { '*': (tagName, attribs) => {
    if (/^(?:script|style|iframe|frame|object|embed|form|input|button|textarea|select|link|meta|base|svg|math|template|noscript|audio|video|source|title|body|html)$/.test(tagName)) found.push(`<${tagName}>`)
    for (const [name, value] of Object.entries(attribs)) {
      if (/^on|^(?:srcset|srcdoc|background|ping|formaction|action|xlink:href|id|name|class)$/.test(name)) found.push(name)
      if ((name === 'href' && !/^(?:https?|mailto|tel):/i.test(value)) || (name === 'src' && !/^(?:cid:|data:image\/(?!svg))/i.test(value))) found.push(`${name}=${value}`)
      if (name === 'style' && /url|expression|@|\\|position|behavior|<|:.*:/i.test(value.replaceAll(/;[^:]*:/g, ';'))) found.push(`style=${value}`)
    }
    return { tagName, attribs }
  } } })
  return found
}

test('the search for dangers finds them', () => {
  expect(dangersIn('<p onclick="x" style="background:url(//x)"><script>1</script><a href="javascript:1">x</a><img src="http://x/"></p>')).toHaveLength(5)
})

describe('what goes', () => {
  test.each([
    ['scripts with their text', 'a<script>alert(1)</script>b', 'ab'],
    ['styles with their text', 'a<style>p{color:red}</style>b', 'ab'],
    ['handlers', '<p onclick="alert(1)" ONMOUSEOVER=x>a</p>', '<p>a</p>'],
    ['frames and objects', '<iframe src="//x"></iframe><object data="x"></object><embed src="x">a', 'a'],
    ['forms, not their words', '<form action="//x"><label>Password <input name=p></label></form>', 'Password '],
    ['addresses that run', '<a href="javascript:alert(1)">a</a><a href=" java\nscript:alert(1)">b</a><a href="data:text/html,x">c</a><a href="vbscript:x">d</a>', '<a>a</a><a>b</a><a>c</a><a>d</a>'],
    ['names that would hide ours', '<p id="app" class="shell" name="x">a</p>', '<p>a</p>'],
    ['pictures that are programs', '<img src="data:image/svg+xml;base64,PHN2Zz4=" alt="a">', '<img alt="a" />'],
    ['files of the reader', '<img src="file:///etc/passwd"><a href="file:///etc/passwd">a</a>', '<img /><a>a</a>'],
    ['comments for Outlook', 'a<!--[if gte mso 9]><xml><o:x>y</o:x></xml><![endif]-->b', 'ab'],
    ['what fetches in other ways', '<table background="http://x/"><tr><td background="http://x/">a</td></tr></table><img srcset="http://x/ 2x">', '<table><tr><td>a</td></tr></table><img />'],
  ])('%s', (_name, html, expected) => { expect(clean(html)).toBe(expected) })
})

describe('what stays', () => {
  test('links open elsewhere and tell nobody', () => {
    expect(clean('<a href="https://x.example/?a=1&b=2" target="_top" onclick="x">a</a>')).toBe('<a href="https://x.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">a</a>')
    expect(clean('<a href="mailto:a@b.c">m</a><a href="tel:+123">t</a>')).toMatch(/href="mailto:a@b\.c".*href="tel:\+123"/)
  })

  test('remote pictures wait until they are asked for', () => {
    const html = '<img src="https://x.example/p.gif?a=1&amp;b=2" width="1"><img src="//y.example/q.png">'
    const blocked = clean(html)
    expect(blocked).toBe('<img width="1" data-remote-src="https://x.example/p.gif?a=1&amp;b=2" /><img data-remote-src="https://y.example/q.png" />')
    expect(cleanHtml(blocked, { images: 'shown' })).toBe('<img width="1" src="https://x.example/p.gif?a=1&amp;b=2" referrerpolicy="no-referrer" /><img src="https://y.example/q.png" referrerpolicy="no-referrer" />')
    expect(cleanHtml('<img data-remote-src="javascript:alert(1)">', { images: 'shown' })).toBe('<img />')
  })

  test('pictures of the mail itself', () => {
    const html = clean('<img src="cid:logo%40x.example" alt="Logo"><img src="data:image/png;base64,iVBORw0KGgo=">')
    expect(html).toBe('<img src="cid:logo%40x.example" alt="Logo" /><img src="data:image/png;base64,iVBORw0KGgo=" />')
    expect(contentIdsIn(html)).toEqual(new Set(['logo@x.example']))
    expect(cleanHtml(html, { images: 'blocked', inline: (id) => (id === 'logo@x.example' ? '/inline/1' : null) })).toContain('src="/inline/1"')
  })

  test('what mail programs mark as history', () => {
    expect(clean('<blockquote type="cite">a</blockquote><div class="gmail_quote">b</div><div id="divRplyFwdMsg">c</div>')).toBe('<blockquote type="cite" data-quote>a</blockquote><div data-quote>b</div><div data-quote>c</div>')
  })
})

test.each([
  ['color:red;font-weight: bold', 'color:red;font-weight:bold'],
  ['COLOR : rgb(1, 2, 3) !important', 'color:rgb(1, 2, 3) !important'],
  ['position:fixed;top:0;z-index:9;color:red', 'color:red'],
  ['background:url(http://x/)', ''], ['background:u\\72l(http://x/)', ''], ['background-image:url(x)', ''], ['width:expression(alert(1))', ''], ['-moz-binding:url(x)', ''], ['font-family:"a;color:red', 'color:red'],
  ['display:none;color:red', 'color:red'], ['font-size:0px', ''], ['color:red}body{display:none', ''], ['color:red/*', ''], ['background:#fff url("x")', ''], ['margin:0 auto -3px', 'margin:0 auto -3px'],
])('of the style %j stays %j', (style, expected) => { expect(safeStyle(style)).toBe(expected) })

const piece = fc.constantFrom('<p>', '</p>', '<div style="', 'color:red', '">', '<a href="', 'javascript:alert(1)', 'https://x.example/', '<img src=', 'cid:a', 'data:image/png;base64,AA', "'", '"', '>', '<', '<script>', '</script>', '<style>', '<svg><style>', '<math><mi>', '<!--', '-->', '<![CDATA[', '<table><tr><td>', '<blockquote>', '&lt;', '&#x3c;', '&', '\0', '<title>', '<noscript>', '<template>', '<xmp>', '<plaintext>', ' onerror=alert(1) ', 'text', '<br/>', 'data-remote-src=')

const words = (html: string) => html.replace(/<\/?p>|<\/?(?:div|blockquote|table|tr|td|tbody)[^<>]*>/g, '')

test('whatever comes: no danger passes, and cleaning again takes nothing more away', () => {
  fc.assert(fc.property(fc.array(fc.oneof({ weight: 4, arbitrary: piece }, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 25 }).map((pieces) => pieces.join('')), (html) => {
    for (const images of ['blocked', 'shown'] as const) {
      const once = cleanHtml(html, { images })
      if (images === 'blocked') expect([html, dangersIn(once)]).toEqual([html, []])
      const twice = cleanHtml(once, { images })
      expect(words(twice)).toBe(words(once))
      if (images === 'blocked') expect(dangersIn(twice)).toEqual([])
    }
    expect(typeof htmlToText(html)).toBe('string')
  }), { numRuns: 1_500 })
})

test('a nest without end and a page too large to clean are read to their end', () => {
  expect(clean(`${'<div>'.repeat(19_000)}deep`)).toContain('deep')
  expect(htmlToText(`${'<blockquote>'.repeat(19_000)}deep`)).toContain('deep')
  const large = clean(`<p onclick="x">${'<b>word</b>'.repeat(50_000)}</p>`)
  expect(large).toMatch(/^<div>word/)
  expect(dangersIn(large.slice(0, 2_000))).toEqual([])
  expect(clean(`${'<p>'.repeat(50_000)}<script>alert(1)</script>&lt;img src=x onerror=alert(1)&gt;`)).not.toMatch(/<(?:script|img)/)
})

describe('HTML as text', () => {
  test.each([
    ['paragraphs and breaks', '<p>a<br>b</p><p>c</p>', 'a\nb\n\nc'],
    ['lines of Outlook and Gmail', '<div>a</div><div><br></div><div>b</div>', 'a\n\nb'],
    ['lists', '<ul><li>a</li><li>b</li></ul><ol><li>c</li></ol>', '- a\n- b\n\n 1. c'],
    ['tables', '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
    ['quotations', '<p>a</p><blockquote>b<blockquote>c</blockquote></blockquote>', 'a\n\n> b\n> > c'],
    ['links', '<a href="https://x.example/a">here</a> <a href="https://x.example/">https://x.example</a> <a href="mailto:a@b.c">a@b.c</a>', 'here (https://x.example/a) https://x.example a@b.c'],
    ['pictures', '<img src="http://x/" alt="Logo"> a <img src="cid:b">', 'Logo a'],
    ['references', 'caf&eacute; &amp; &lt;b&gt; &nbsp;&#x1F600;', 'café & <b>  😀'],
    ['spaces', '  a\n\n   b   <b> c </b>d', 'a b c d'],
    ['headings', '<h1>Title</h1>a', 'Title\n\na'],
    ['a title where nothing else is said', '<title>Kept</title>', 'Kept'],
  ])('%s', (_name, html, text) => { expect(htmlToText(html)).toBe(text) })
})
