import fc from 'fast-check'
import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { maskRawMail } from './mail.ts'

const CARD = '4111111111111111'
const SPACED = '4111 1111 1111 1111'
const base64 = (text: string | Buffer) => (Buffer.from(text).toString('base64').match(/.{1,76}/g) ?? []).join('\r\n')
const mail = (fields: string[], body: string) => Buffer.from(`From: Ana <ana@example.com>\r\n${fields.join('\r\n')}${fields.length ? '\r\n' : ''}\r\n${body}`, 'latin1')
/** Every reading of the bytes in which a card number could hide. */
const readings = (raw: Buffer) => {
  const text = raw.toString('latin1')
  const blocks = text.match(/(?:[A-Za-z0-9+/]{20,}={0,2}\r?\n?)+/g) ?? []
  return [text, raw.toString('utf8'), ...blocks.map((block) => Buffer.from(block, 'base64').toString('utf8')), text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))].join('\n')
}

test.each<[string, Buffer]>([
  ['plain text', mail([], `my card is ${CARD}, thanks`)],
  ['spaces', mail(['Content-Type: text/plain; charset=utf-8'], `card ${SPACED}\r\n`)],
  ['base64', mail(['Content-Type: text/plain; charset="UTF-8"', 'Content-Transfer-Encoding: base64'], base64(`Grüße, ${SPACED}`))],
  ['base64 with its card across lines', mail(['Content-Transfer-Encoding: BASE64'], base64(`${'x'.repeat(50)} ${SPACED} ${'y'.repeat(50)}`))],
  ['quoted-printable', mail(['Content-Type: text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding: quoted-printable'], `Gr=FC=DFe 4111=201111=201111=201111`)],
  ['quoted-printable, soft break inside', mail(['Content-Transfer-Encoding: quoted-printable'], `card 41111111=\r\n11111111 ok`)],
  ['HTML with tags inside the number', mail(['Content-Type: text/html'], '<p>4111<b>1111</b><span>1111</span>1111</p>')],
  ['HTML with references', mail(['Content-Type: text/html'], '<p>&#x34;1&#49;1&nbsp;1111&#32;1111 1111</p>')],
  ['subject', mail([`Subject: card ${SPACED}`], 'hello')],
  ['subject, folded', mail([`Subject: card 4111 1111\r\n 1111 1111`], 'hello')],
  ['subject in encoded words', mail([`Subject: =?utf-8?B?${Buffer.from('Karte für 4111 1111').toString('base64')}?=\r\n =?utf-8?Q?_1111_1111?=`], 'hello')],
  ['display name', mail([`To: "${CARD}" <help@example.com>`], 'hello')],
  ['text attachment', mail(['Content-Type: multipart/mixed; boundary=b1'], `--b1\r\n\r\nhello\r\n--b1\r\nContent-Type: text/csv; name=cards.csv\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(`name,card\nAna,${CARD}\n`)}\r\n--b1--\r\n`)],
  ['text attachment that says it is binary', mail(['Content-Type: multipart/mixed; boundary=b1'], `--b1\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="cards.txt"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(CARD)}\r\n--b1--`)],
  ['file name', mail(['Content-Type: multipart/mixed; boundary=b1'], `--b1\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename="${SPACED}.png"\r\n\r\nx\r\n--b1--`)],
  ['file name with percent signs', mail(['Content-Type: multipart/mixed; boundary=b1'], `--b1\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename*=utf-8''4111%201111%201111%201111.png\r\n\r\nx\r\n--b1--`)],
  ['nested mail', mail(['Content-Type: multipart/mixed; boundary="a b"'], `--a b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner ${CARD}\r\nContent-Type: text/plain\r\n\r\ninner ${SPACED}\r\n--a b--`)],
  ['nested mail in base64', mail(['Content-Type: message/rfc822', 'Content-Transfer-Encoding: base64'], base64(`Subject: x\r\n\r\ninner ${CARD}\r\n`))],
  ['before and after the parts', mail(['Content-Type: multipart/mixed; boundary=b1'], `preamble ${CARD}\r\n--b1\r\n\r\nhello\r\n--b1--\r\nepilogue ${CARD}\r\n`)],
  ['a boundary that never comes', mail(['Content-Type: multipart/mixed; boundary=b1'], `no part, ${CARD}`)],
  ['no boundary at all', mail(['Content-Type: multipart/mixed'], `no part, ${CARD}`)],
  ['bare line feeds', Buffer.from(`From: a@example.com\nSubject: ${CARD}\nContent-Type: text/plain\n\n${CARD}\n`)],
  ['no fields', Buffer.from(`\r\n${CARD}`)],
  ['a field of somebody\'s own', mail([`X-Note: card ${SPACED}`], 'hello')],
  ['a mail that is no mail', Buffer.from(`just text with ${CARD}\nand another line`)],
  ['lines between the fields', Buffer.from(`From: a@example.com\r\nwhat is this ${SPACED}\r\nSubject: x\r\n\r\nhello`)],
  ['delivery report', mail(['Content-Type: multipart/report; boundary=b1'], `--b1\r\nContent-Type: text/rfc822-headers\r\n\r\nSubject: ${CARD}\r\n--b1--`)],
])('no card number rests: %s', (_name, raw) => {
  const found = maskRawMail(raw)
  expect(found.masked).toBeGreaterThan(0)
  expect(readings(found.raw).replace(/<[^>]*>|&nbsp;|%20/g, '').replace(/[ \r\n]/g, '')).not.toContain(CARD)
  expect(readings(found.raw)).toContain('1111')
  expect(maskRawMail(found.raw)).toEqual({ raw: found.raw, masked: 0 })
})

test('full-width digits are found and masked in their own charset', () => {
  const wide = [...CARD].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('')
  for (const charset of ['utf-8', 'shift_jis', 'euc-jp', 'gb18030', 'utf-16le']) {
    const raw = mail([`Content-Type: text/plain; charset=${charset}`, 'Content-Transfer-Encoding: base64'], base64(iconv.encode(`カード ${wide} です`, charset)))
    const found = maskRawMail(raw)
    const body = Buffer.from(found.raw.toString('latin1').split('\r\n\r\n')[1] ?? '', 'base64')
    expect([charset, found.masked, iconv.decode(body, charset)]).toEqual([charset, 1, `カード ************${wide.slice(-4)} です`])
  }
})

test('a charset that can be read but not written becomes UTF-8, and the part says so', () => {
  const body = Buffer.concat([Buffer.from('1b2442', 'hex'), Buffer.from('%+!<%I', 'latin1'), Buffer.from('1b2842', 'hex'), Buffer.from(` ${CARD}`)])
  const found = maskRawMail(Buffer.concat([mail(['Content-Type: text/plain; charset=iso-2022-jp', 'Content-Transfer-Encoding: 7bit'], ''), body]))
  const text = found.raw.toString('latin1')
  expect(found.masked).toBe(1)
  expect(text).toContain('Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n')
  expect(Buffer.from(text.split('\r\n\r\n')[1] ?? '', 'base64').toString()).toBe('カード ************1111')
})

test.each<[string, Buffer]>([
  ['nothing that looks like one', mail(['Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?='], 'hello\r\n')],
  ['a number that fails its check', mail([], 'order 4111111111111112')],
  ['ids and traces', mail([`Message-ID: <${CARD}@example.com>`, `References: <${CARD}@example.com>`, `Received: from x by y id ${CARD}`, `DKIM-Signature: ${CARD}`], 'hello')],
  ['an address that is answered to', mail([`Reply-To: ${CARD}@sms.example.com`], 'hello')],
  ['a boundary', mail([`Content-Type: multipart/mixed; boundary="${CARD}"`], `--${CARD}\r\n\r\nhello\r\n--${CARD}--`)],
  ['an image', mail(['Content-Type: image/png', 'Content-Transfer-Encoding: base64'], base64(CARD))],
  ['broken on purpose', Buffer.from([0, 255, 10, 13, 58, 10, 32, 61, 63])],
  ['empty', Buffer.alloc(0)],
])('the very same bytes come back: %s', (_name, raw) => {
  const found = maskRawMail(raw)
  expect(found.masked).toBe(0)
  expect(found.raw).toBe(raw)
})

test('what stands around the number stays as it was', () => {
  const raw = mail(['Content-Type: multipart/alternative; boundary=b1', 'Subject: about my order'], `--b1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nna=C3=AFve 100% =3D ${SPACED} end \r\nsecond line\r\n--b1\r\nContent-Type: image/gif\r\n\r\nGIF89a\r\n--b1--\r\n`)
  const { raw: masked } = maskRawMail(raw)
  expect(masked.toString('latin1')).toBe(raw.toString('latin1').replace(SPACED, '**** **** **** 1111').replace('end \r\n', 'end=20\r\n'))
})

test('a nest of parts without end is not followed without end', () => {
  let body = `card ${CARD}`
  for (let depth = 0; depth < 200; depth++) body = `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n${body}\r\n--b${depth}--\r\n`
  expect(maskRawMail(Buffer.from(body)).raw.toString()).not.toContain(CARD)
})

test('a mail made of boundaries and half tags is read to its end, and what hides behind them is found', () => {
  const parts = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nhi\r\n'.repeat(30_000)}--b\r\n\r\n${CARD}\r\n--b--`
  expect(maskRawMail(Buffer.from(parts)).raw.toString()).not.toContain(CARD)
  const tags = `Content-Type: text/html\r\n\r\n${'<a <!-- '.repeat(30_000)}${CARD}`
  expect(maskRawMail(Buffer.from(tags)).raw.toString()).not.toContain(CARD)
})

test('whatever bytes come: no fault, the same bytes where nothing was found, and nothing more to find where something was', () => {
  const piece = fc.constantFrom('Content-Type: multipart/mixed; boundary=b\r\n', 'Content-Type: text/html; charset=utf-8\r\n', 'Content-Transfer-Encoding: base64\r\n', 'Content-Transfer-Encoding: quoted-printable\r\n',
    'Subject: =?utf-8?Q?', '?=', '\r\n', '\n', '\r\n\r\n', '--b\r\n', '--b--\r\n', '=\r\n', CARD, SPACED, '<b>', '&#52;', '%34', '\0', '\u00ff', base64(CARD))
  fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 40 }), (pieces) => {
    const raw = Buffer.from(pieces.join(''), 'latin1')
    const found = maskRawMail(raw)
    if (found.masked === 0) expect(found.raw).toBe(raw)
    else expect(maskRawMail(found.raw).masked).toBe(0)
  }), { numRuns: 2_000 })
})

// Each of these kept the whole program from everything else for a minute and more, while its time grew with the square of its size.
test.each<[string, () => string, number]>([
  ['a field of addresses that is nothing but numbers', () => `To: ${`${CARD}:`.repeat(25_000)}\r\n\r\nhi`, 25_000],
  ['parameters that are nothing but numbers', () => `Content-Type: text/plain; ${`${CARD}:`.repeat(25_000)}\r\n\r\nhi`, 25_000],
  ['many multiparts without their boundary before a long rest', () => `Content-Type: multipart/mixed; boundary=b\r\n\r\n${Array.from({ length: 2_000 }, (_, part) => `--b\r\nContent-Type: multipart/mixed; boundary=c${part}\r\n\r\n\r\n`).join('')}--b\r\n\r\n${'-'.repeat(2_000_000)} ${CARD}\r\n`, 1],
  ['many parts in a charset that is written anew', () => `Content-Type: multipart/mixed; boundary=b\r\n\r\n${`--b\r\nContent-Type: text/plain; charset=iso-2022-jp\r\n\r\n${CARD}\r\n`.repeat(12_000)}`, 12_000],
])('%s', (_, made, cards) => {
  const { raw, masked } = maskRawMail(Buffer.from(made(), 'latin1'))
  expect(masked).toBe(cards)
  expect(readings(raw)).not.toContain(CARD)
})

test('a number in an address stays, and one that no address follows within its length does not', () => {
  expect(maskRawMail(mail([`To: ${CARD}@example.com`], 'hi')).masked).toBe(0)
  expect(maskRawMail(mail([`To: ${CARD}:${'y'.repeat(400)}@example.com`], 'hi')).masked).toBe(1)
})

test.each([
  ['Content-Type: text/plain; name=cards.txt', Buffer.from(`\ufeffcard ${SPACED}`, 'utf16le')], ['Content-Type: application/vnd.ms-excel; name=cards.csv', Buffer.from(`\ufeffcard ${SPACED}`, 'utf16le').swap16()],
  ['Content-Type: application/octet-stream; name=export', Buffer.from(`id\tcard\n1\t${CARD}\n`)], ['Content-Type: application/x-sql; name=dump.sql', Buffer.from(`insert into card values ('${CARD}');`)],
  ['Content-Type: image/svg+xml; name=card.svg', Buffer.from(`<svg><text>${CARD}</text></svg>`)],
])('a file of text is masked whatever it claims to be: %s', (field, content) => {
  const masked = maskRawMail(mail([field, 'Content-Transfer-Encoding: base64'], base64(content)))
  expect(masked.masked).toBe(1)
  const kept = Buffer.from(masked.raw.toString('latin1').split('\r\n\r\n')[1] ?? '', 'base64').toString('latin1').replaceAll('\0', '')
  expect(kept).not.toMatch(/4111 ?1111/)
  expect(kept).toContain('1111')
})

test('what is no text stays as it is, and so does what is signed', () => {
  for (const [field, content] of [['Content-Type: application/octet-stream', `PK\u0003\u0004 ${CARD}`], ['Content-Type: application/pdf', `%PDF-1.4\n(${CARD})`], ['Content-Type: application/pgp-signature', CARD]] as const) {
    const raw = mail([field, 'Content-Transfer-Encoding: base64'], base64(Buffer.from(content, 'latin1')))
    expect(maskRawMail(raw).raw).toBe(raw)
  }
})

test('a number lies nowhere deeper than the reader of parts goes', async () => {
  let body = `Content-Transfer-Encoding: base64\r\n\r\n${base64(`card ${CARD}`)}\r\n`
  for (let depth = 0; depth < 32; depth++) body = `Content-Type: multipart/mixed; boundary=b${depth}b\r\n\r\n--b${depth}b\r\n${body}\r\n--b${depth}b--\r\n`
  const { raw } = maskRawMail(Buffer.from(`From: a@b.example\r\n${body}`))
  expect(readings(raw)).not.toContain(CARD)
})
