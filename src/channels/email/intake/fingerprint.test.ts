import { expect, test } from 'vitest'
import { identify } from './fingerprint.ts'

const mail = (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))
const base = 'From: a@example.com\nSubject: hello\nMessage-ID: <one@example.com>\n\nbody\n'
const same = (a: Buffer, b: Buffer) => identify(a).fingerprint.equals(identify(b).fingerprint)

test.each([
  ['traces of hops', `Received: by x; now\nReturn-Path: <a@example.com>\nDelivered-To: me\nX-Spam-Score: 3\nARC-Seal: i=1\nDKIM-Signature: v=1; b=x\n y\nAuthentication-Results: pass\n${base}`],
  ['folds and spaces', base.replace('Subject: hello', 'Subject:\n  hello')],
  ['empty lines at the end', `${base}\n\n`],
])('the same mail in spite of %s', (_name, other) => expect(same(mail(base), mail(other))).toBe(true))

test('the same mail with other line ends', () => expect(same(mail(base), Buffer.from(base))).toBe(true))

test.each([
  ['another subject', base.replace('hello', 'hallo')],
  ['another body', base.replace('body', 'Body')],
  ['another date', `Date: now\n${base}`],
])('%s is another mail', (_name, other) => expect(same(mail(base), mail(other))).toBe(false))

test('the Message-ID with its brackets, or none', () => {
  expect(identify(mail(base)).internetId).toBe('<one@example.com>')
  expect(identify(mail('Message-Id:\n <two@example.com>\n\nx')).internetId).toBe('<two@example.com>')
  expect(identify(mail('Subject: x\n\nMessage-ID: <body@example.com>')).internetId).toBeNull()
})

test('mails that are hardly mails are still two mails', () => {
  expect(same(mail('just some words\nand more'), mail('quite other words'))).toBe(false)
  expect(same(mail('From: a@example.com\nstray one\n\nx'), mail('From: a@example.com\nstray two\n\nx'))).toBe(false)
  expect(same(mail('just some words\nand more'), mail('just some words\nand more\n'))).toBe(true)
})
