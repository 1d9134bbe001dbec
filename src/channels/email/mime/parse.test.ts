import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseMail } from './index.ts'

const crlf = (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1')
const parse = (text: string) => parseMail(crlf(text))
const base64 = (content: string | Buffer) => (Buffer.from(content).toString('base64').match(/.{1,76}/g) ?? []).join('\n')
const utf8 = (text: string) => Buffer.from(text).toString('latin1')
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='
const filesOf = async (text: string) => (await parse(text)).attachments.map(({ name, type, content, inline }) => ({ name, type, text: Buffer.from(content).toString('latin1'), inline }))

describe('heads', () => {
  test.each([
    ['=?utf-8?B?R3LDvMOfZQ==?=', 'Grüße'], ['=?iso-8859-1?q?Gr=FC=DFe_=3D?=', 'Grüße ='], ['=?utf-8?B?w7w=?= =?utf-8?B?w58=?=', 'üß'], ['=?utf-8?B?ww==?= =?utf-8?B?vA==?=', 'ü'],
    ['a =?utf-8?Q?b?= c', 'a b c'], ['=?nowhere?Q?plain?=', 'plain'], ['=?utf-8?Q?two words?=', 'two words'], ['=?utf-8?X?a?=', '=?utf-8?X?a?='], [utf8('Grüße'), 'Grüße'], ['Gr\xfc\xdfe', 'Grüße'], ['\xd4\xc5\xd3\xd4', 'тест'], ['\xf2\xe5\xf1\xf2', 'тест'],
    ['=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?= =?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=', 'テストテスト'], ['a\tb\x07c', 'a b c'], ['', ''],
  ])('the subject %j', async (written, read) => { expect((await parse(`Subject: ${written}\n\nx`)).subject).toBe(read) })

  test.each([
    ['Lee <lee@x.example>', 'lee@x.example', 'Lee'], ['"Park, Lee" <lee@x.example>', 'lee@x.example', 'Park, Lee'], ['lee@x.example (Lee Park)', 'lee@x.example', 'Lee Park'], ['Lee lee@x.example', 'lee@x.example', 'Lee'],
    ['=?utf-8?Q?Park=2C_L=C3=A9?= <lee@x.example>', 'lee@x.example', 'Park, Lé'], ['"=?utf-8?Q?L=C3=A9?=" <lee@x.example>', 'lee@x.example', 'Lé'], ['"ceo@bank.example" <lee@x.example>', 'lee@x.example', 'ceo@bank.example'],
    ['Lee(a \\) b) <lee(c)@x.example(d)>', 'lee@x.example', 'Lee'], ['<lee@x.example>', 'lee@x.example', ''], ['"\u202Eeel" <lee@x.example>', 'lee@x.example', 'eel'],
  ])('the sender %j', async (written, address, name) => { expect((await parse(`From: ${utf8(written)}\n\nx`)).from).toEqual({ address, name }) })

  test('groups, repeated and folded fields', async () => {
    const mail = await parse('To: Team: a@x.example, B <b@x.example>;\nTo: c@x.example\nCc: undisclosed-recipients:;\nReferences: <1@x>\n <2@x> <2@x>\nIn-Reply-To: Your mail <1@\n x>\nMessage-ID: bare@x\nSubject: first\nSubject: second\nDelivered-To: a@x.example\nX-Original-To: d@x.example\nReturn-Path: <e@x.example>\n\nx')
    expect(mail).toMatchObject({ to: [{ address: 'a@x.example' }, { address: 'b@x.example', name: 'B' }, { address: 'c@x.example' }], cc: [], references: ['<1@x>', '<2@x>'], inReplyTo: ['<1@x>'], messageId: '<bare@x>', subject: 'first', deliveredTo: ['a@x.example', 'd@x.example'], returnPath: 'e@x.example' })
  })

  test.each([['no empty line', 'Subject: x\nHello there', 'Hello there'], ['no head at all', 'just words\nand more', 'just words\nand more'], ['nothing', '', ''], ['carriage returns alone', 'Subject: x\r\rHello'.replaceAll('\r', '\x0d'), 'Hello']])('a mail with %s', async (_name, raw, text) => {
    expect((await parseMail(Buffer.from(raw))).newText).toBe(text)
  })
})

describe('text', () => {
  const body = async (head: string, text: string) => (await parse(`${head}\n\n${text}`)).newText
  test.each([
    ['UTF-8', 'Content-Type: text/plain; charset=utf-8', utf8('Grüße'), 'Grüße'], ['Latin-1 with the quotes of Windows', 'Content-Type: text/plain; charset=iso-8859-1', '\x93Gr\xfc\xdfe\x94', '“Grüße”'],
    ['UTF-8 that says Latin-1', 'Content-Type: text/plain; charset=iso-8859-1', utf8('Grüße'), 'Grüße'], ['Latin-1 that says UTF-8', 'Content-Type: text/plain; charset=utf-8', 'Gr\xfc\xdfe', 'Grüße'], ['UTF-8 with one broken byte', 'Content-Type: text/plain; charset=utf-8', `${utf8('Grüße')} \xff`, 'Grüße \ufffd'],
    ['nothing said', '', utf8('Grüße'), 'Grüße'], ['an unknown charset', 'Content-Type: text/plain; charset=x-martian', 'Gr\xfc\xdfe', 'Grüße'], ['an empty one', 'Content-Type: text/plain; charset=', 'abc', 'abc'], ['KOI8-R, not said', '', '\xd0\xd2\xc9\xd7\xc5\xd4', 'привет'],
    ['Shift_JIS, not said', '', '\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd', 'こんにちは'], ['UTF-16', 'Content-Type: text/plain; charset=utf-16\nContent-Transfer-Encoding: base64', base64(Buffer.from('\ufeffGrüße', 'utf16le')), 'Grüße'],
    ['quoted-printable, broken', 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable', 'Gr=C3=BC=C3=9Fe =ZZ 100=\n% a=3', 'Grüße =ZZ 100% a=3'], ['an encoding with a comment', 'Content-Transfer-Encoding: (x) "quoted_printable";', 'a=3Db', 'a=b'],
    ['base64 that is none', 'Content-Transfer-Encoding: base64', 'This is plain, of course.', 'This is plain, of course.'], ['base64 with a footer', 'Content-Transfer-Encoding: base64', `${base64('Hello')}\n-- a list, added later`, 'Hello\n-- a list, added later'],
    ['flowed', 'Content-Type: text/plain; format=flowed', 'one \ntwo\n> three \n> four\n> > x\n-- \nLee', 'one two'], ['flowed, spaces deleted', 'Content-Type: text/plain; format=flowed; delsp=yes', 'one \ntwo', 'onetwo'],
    ['HTML only', 'Content-Type: text/html; charset=utf-8', `<p>${utf8('Grüße')}</p><p>b</p>`, 'Grüße\n\nb'], ['HTML that names its charset itself', 'Content-Type: text/html', '<meta charset=koi8-r><p>\xd0\xd2\xc9\xd7\xc5\xd4</p>', 'привет'], ['a type in quotes', 'Content-Type: "text/html"', '<p>a</p>', 'a'],
  ])('%s', async (_name, head, text, read) => { expect(await body(head, text)).toBe(read) })

  const parts = (type: string, ...given: string[]) => `Content-Type: multipart/${type}; boundary="b=1"\n\n${given.map((part) => `--b=1\n${part}\n`).join('')}--b=1--\n`
  const html = 'Content-Type: text/html\n\n<p>rich</p>'
  test('of renditions the plain one is the text, the rich one is shown', async () => {
    expect(await parse(parts('alternative', '\nplain', html, 'Content-Type: text/watch-html\n\n<b>w</b>'))).toMatchObject({ newText: 'plain', html: '<p>rich</p>', attachments: [] })
    expect(await parse(parts('alternative', '\n  ', html))).toMatchObject({ newText: 'rich', html: '<p>rich</p>' })
    expect(await parse(parts('alternative', '\nYour email client does not support HTML messages.', html))).toMatchObject({ newText: 'rich' })
  })

  test('what stands side by side is all shown', async () => {
    expect(await parse(parts('mixed', '\nfirst', html, '\nlast < 1'))).toMatchObject({ newText: 'first\n\nrich\n\nlast < 1', html: '<div style="white-space:pre-wrap">first</div>\n<p>rich</p>\n<div style="white-space:pre-wrap">last &lt; 1</div>' })
    expect(await parse(parts('mixed', '\nthe same', 'Content-Type: text/html\n\n<p>the same</p>'))).toMatchObject({ newText: 'the same', html: '<p>the same</p>' })
  })

  test('what stands outside of the parts is kept, notices to old programs are not', async () => {
    expect((await parse(`Content-Type: multipart/mixed; boundary=b\n\nThis is a multi-part message in MIME format.\n\nby hand\n--b\n\npart\n--b--\nfooter`)).newText).toBe('by hand\n\npart\n\nfooter')
  })

  test.each([
    ['a boundary that never comes', 'Content-Type: multipart/mixed; boundary=b\n\nwords', 'words'], ['no boundary named', 'Content-Type: multipart/mixed\n\n--zz\n\nwords\n--zz--', 'words'], ['no last boundary', 'Content-Type: multipart/mixed; boundary=b\n\n--b\n\nwords', 'words'],
    ['an outer boundary that begins like the inner one', 'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\none\n--bb--\n--b\n\ntwo\n--b--', 'one\n\ntwo'],
  ])('%s', async (_name, raw, text) => { expect((await parse(raw)).newText).toBe(text) })

  test('an appointment is text and a file', async () => {
    const mail = await parse('Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:Call about\\, the\n  parcel\nDTSTART;TZID=Europe/Dublin:20261124T150000\nDTEND;TZID=Europe/Dublin:20261124T153000\nLOCATION:Room 1\nORGANIZER;CN="Lee Park":mailto:lee@x.example\nEND:VEVENT\nEND:VCALENDAR')
    expect(mail.newText).toBe('Invitation: Call about, the parcel\nWhen: 2026-11-24 15:00 to 15:30 Europe/Dublin\nWhere: Room 1\nFrom: Lee Park (lee@x.example)')
    expect(mail.attachments).toMatchObject([{ name: 'invite.ics', type: 'text/calendar' }])
  })

  test('a mail in a mail is history and a file; alone it is the text', async () => {
    const inner = 'Content-Type: message/rfc822\n\nFrom: Lee <lee@x.example>\nSubject: inner: =?utf-8?Q?=C3=BC?=\n\ninner words'
    expect(await parse(parts('mixed', '\nsee below', inner))).toMatchObject({ newText: 'see below', quotedText: 'From: Lee <lee@x.example>\nSubject: inner: ü\n\ninner words', attachments: [{ name: 'inner ü.eml', type: 'message/rfc822' }] })
    expect((await parse(inner)).newText).toContain('inner words')
  })
})

describe('files', () => {
  const file = (head: string, content = 'x') => `Content-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n--b\n${head}\n\n${content}\n--b--`
  test.each([
    ['plain', 'Content-Disposition: attachment; filename=a.txt', 'a.txt'], ['quoted', 'Content-Disposition: attachment; filename="a \\"b\\"; c.txt"', 'a "b"; c.txt'], ['with spaces and no quotes', 'Content-Disposition: attachment; filename=This is a test.txt', 'This is a test.txt'],
    ['RFC 2231', `Content-Disposition: attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe.txt`, 'Grüße.txt'], ['RFC 2231 in pieces, out of order', `Content-Disposition: attachment; filename*1=" b.txt"; filename*0*=iso-8859-1'de'Gr%FC`, 'Grü b.txt'], ['both ways', `Content-Disposition: attachment; filename="plain.txt"; filename*=utf-8''r%C3%ADch.txt`, 'rích.txt'],
    ['encoded words', 'Content-Disposition: attachment; filename="=?utf-8?B?R3LDvMOfZQ==?=\n =?utf-8?Q?.txt?="', 'Grüße.txt'], ['raw bytes', `Content-Disposition: attachment; filename="${utf8('Grüße.txt')}"`, 'Grüße.txt'], ['only in the type', 'Content-Type: application/pdf; name=a.pdf', 'a.pdf'],
    ['a path', 'Content-Disposition: attachment; filename="..\\\\..\\\\C:\\\\x\\\\a.txt"', 'a.txt'], ['another path', 'Content-Disposition: attachment; filename="/etc/passwd"', 'passwd'], ['dots', 'Content-Disposition: attachment; filename=".."', 'attachment.txt'], ['turned around', `Content-Disposition: attachment; filename="${utf8('a\u202Etxt.exe')}"`, 'atxt.exe'], ['control characters', 'Content-Disposition: attachment; filename="a\x01\tb.txt"', 'a b.txt'],
    ['none', 'Content-Type: image/png', 'image.png'], ['none, of a type that nobody knows', 'Content-Type: application/x-strange', 'attachment.bin'], ['very long', `Content-Disposition: attachment; filename="${'a'.repeat(400)}.txt"`, `${'a'.repeat(176)}.txt`],
  ])('named %s', async (_name, head, name) => { expect((await filesOf(file(head)))[0]?.name).toBe(name) })

  test.each([
    ['a picture that says it is text', 'Content-Type: text/plain; name=a.txt\nContent-Transfer-Encoding: base64', PNG, 'image/png'], ['a program that says it is a picture', 'Content-Type: image/png; name=a.png', '<html><script>alert(1)</script>', 'text/html'], ['bytes that say nothing', 'Content-Type: image/jpeg; name=a.jpg', 'no picture', 'image/jpeg'],
    ['a general type and a name', 'Content-Type: application/octet-stream; name=list.csv', 'a,b', 'text/csv'], ['a document in an archive', 'Content-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document; name=a.docx', 'PK\x03\x04\x14\x00', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'], ['a text that begins with BM', 'Content-Type: text/plain; name=a.txt', 'BM is a brand', 'text/plain'], ['no type', 'Content-Type: nonsense\nContent-Disposition: attachment; filename=x', 'x', 'text/plain'], ['winmail.dat', 'Content-Type: application/ms-tnef; name=winmail.dat', '\x78\x9f\x3e\x22', 'application/ms-tnef'],
  ])('%s', async (_name, head, content, type) => { expect((await filesOf(file(head, content)))[0]?.type).toBe(type) })

  test('bytes are what they were, to the last line end', async () => {
    expect(await filesOf(file('Content-Disposition: attachment; filename=a.csv', 'a,b\n'))).toMatchObject([{ text: 'a,b\r\n' }])
    expect(await filesOf(file('Content-Disposition: attachment; filename=a.csv', 'a,b'))).toMatchObject([{ text: 'a,b' }])
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index))
    expect(await filesOf(file('Content-Type: application/x-y\nContent-Transfer-Encoding: base64', base64(bytes)))).toMatchObject([{ text: bytes.toString('latin1') }])
    expect(await filesOf('Subject: x\n\nsee\nbegin 644 a.txt\n#86)C\n`\nend\nbye')).toMatchObject([{ name: 'a.txt', text: 'abc', type: 'text/plain' }])
  })

  test('a picture is inline where the text shows it, and a file where it does not', async () => {
    const related = (html: string) => `Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n${html}\n--b\nContent-Type: image/png\nContent-ID: <a@x>\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n${PNG}\n--b--`
    expect((await parse(related('<img src="cid:a@x">'))).attachments).toMatchObject([{ contentId: 'a@x', inline: true, name: 'image.png' }])
    expect((await parse(related('<p>no picture</p>'))).attachments).toMatchObject([{ contentId: 'a@x', inline: false }])
  })

  test('two of one name are told apart', async () => {
    expect((await filesOf('Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Disposition: attachment; filename=a.txt\n\n1\n--b\nContent-Disposition: attachment; filename=A.txt\n\n2\n--b--')).map(({ name }) => name)).toEqual(['a.txt', 'A (2).txt'])
  })
})

test('whatever bytes come: a mail comes out', async () => {
  const piece = fc.constantFrom('Content-Type: multipart/mixed; boundary=b\r\n', 'Content-Type: multipart/alternative; boundary=b\r\n', 'Content-Type: text/html; charset=utf-8\r\n', 'Content-Type: message/rfc822\r\n', 'Content-Type: message/delivery-status\r\n', 'Content-Transfer-Encoding: base64\r\n', 'Content-Disposition: attachment; filename*0*=', "utf-8''%", 'From: ', 'a@b.c', 'Subject: =?utf-8?Q?', '?=', '\r\n', '\n', '\r', '\r\n\r\n', '--b\r\n', '--b--\r\n', '=\r\n', 'begin 644 x\n', 'end\n', '>', '"', '(', '<p>', 'BEGIN:VEVENT\n', '\0', '\xff')
  await fc.assert(fc.asyncProperty(fc.array(fc.oneof({ weight: 3, arbitrary: piece }, fc.string({ unit: 'binary', maxLength: 6 })), { maxLength: 40 }), async (pieces) => {
    const mail = await parseMail(Buffer.from(pieces.join(''), 'latin1'))
    expect(typeof mail.newText).toBe('string')
    for (const { name, type } of mail.attachments) expect([name, type]).toEqual([expect.stringMatching(/^[^/\\\p{Cc}\u202a-\u202e]+$/u), expect.stringMatching(/^[\w.+-]+\/[\w.+-]+$/)])
  }), { numRuns: 1_000 })
})

test('of a mail made of HTML the first part is read, and what would hold everybody up stays as files, in mails within the mail too', async () => {
  const html = `<p>hello ${'x'.repeat(800_000)}</p>`
  const part = (type: string, content: string) => `--b\nContent-Type: ${type}\n\n${content}\n`
  const mail = await parse(`Content-Type: multipart/mixed; boundary=b\n\n${part('text/html', html)}${part('text/html', html)}${part('text/html', '<p>last</p>')}${part('message/rfc822', `Subject: inner\nContent-Type: text/html\n\n<p>deep</p>`)}--b--`)
  expect(mail.html).toContain('hello')
  expect(mail.attachments.map(({ type }) => type)).toEqual(['text/html', 'text/html', 'message/rfc822'])
  expect(mail.attachments.map(({ content }) => Buffer.from(content).toString().includes('last'))).toEqual([false, true, false])
  expect(mail.quotedText).not.toContain('deep')
})
