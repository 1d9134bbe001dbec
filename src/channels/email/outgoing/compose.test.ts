import { createHash, generateKeyPairSync, verify } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesOnDisk, type Files } from '#platform'
import { bytesOf, compose } from './compose.ts'
import type { Letter } from './model.ts'
import { readMail } from './view.ts'

const base: Letter = {
  internetId: '<01900000-0000-7000-8000-00000000a9e7@mail.example.com>', caseNumber: 10482, date: '2026-11-04T09:00:00.000Z', subject: 'Re: Payout [#10482-abcdef]', text: 'Grüße,\nAna',
  from: { address: 'help@example.com', name: 'Ana Ruiz' }, to: [{ address: 'lee@customer.example', name: 'Lee "L" Chen, Ltd.' }], cc: [{ address: 'bo@customer.example', name: '陈波' }],
  replyTo: 'help+c.k3f9x7m2q8w5@example.com', copies: [], inReplyTo: '<second@customer.example>', references: ['<first@customer.example>', '<second@customer.example>'], attachments: [],
  automatic: null, quoted: null,
}

let folder = ''
let files: Files
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meridian-compose-'))
  files = filesOnDisk(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const made = async (change: Partial<Letter> = {}) => bytesOf(await compose({ ...base, ...change }, { files, dkim: null }))
const headOf = (bytes: Buffer) => bytes.toString('latin1').split('\r\n\r\n', 1)[0]!
const headers = async (change: Partial<Letter> = {}) => new Map((await readMail(Readable.from([await made(change)]))).headers.map(({ name, value }) => [name.toLowerCase(), value]))

describe('a mail on the wire', () => {
  test('carries what makes it exactly once, answerable and threaded', async () => {
    const found = await headers()
    expect(Object.fromEntries(found)).toMatchObject({
      'message-id': base.internetId, from: 'Ana Ruiz <help@example.com>', 'reply-to': 'help+c.k3f9x7m2q8w5@example.com', 'in-reply-to': '<second@customer.example>',
      references: '<first@customer.example> <second@customer.example>', subject: 'Re: Payout [#10482-abcdef]', 'x-meridian-case': '10482', 'mime-version': '1.0',
    })
    expect(new Date(found.get('date') ?? '').toISOString()).toBe(base.date)
    expect(found.has('auto-submitted')).toBe(false)
    expect((await headers({ automatic: 'auto-replied' })).get('auto-submitted')).toBe('auto-replied')
  })

  test('reads the same as text and as HTML', async () => {
    const mail = await readMail(Readable.from([await made({ text: 'Grüße\n\nhttps://x.example/ü' })]))
    expect(mail.text.trim()).toBe('Grüße\n\nhttps://x.example/ü')
    expect(mail.html).toContain('<p>Grüße</p>')
  })

  test('is made of the same bytes however often it is made', async () => {
    const { sha256 } = await files.put(Buffer.from('statement'))
    const change = { attachments: [{ sha256, name: 'statement.csv', type: 'text/csv', size: 9 }] }
    expect((await made(change)).equals(await made(change))).toBe(true)
  })

  test('has its attachments whole, under their names', async () => {
    const content = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 31) % 256))
    const { sha256 } = await files.put(content)
    const bytes = await made({ attachments: [{ sha256, name: 'Auszug für Lee.pdf', type: 'application/pdf', size: content.length }, { sha256, name: 'mail.bin', type: 'message/rfc822', size: content.length }] })
    expect((await readMail(Readable.from([bytes]))).attachments).toEqual([
      { name: 'Auszug für Lee.pdf', type: 'application/pdf', size: content.length }, { name: 'mail.bin', type: 'application/octet-stream', size: content.length },
    ])
    expect(bytes.toString('latin1').replace(/\r\n/g, '')).toContain(content.subarray(0, 3_000).toString('base64'))
  })

  test('is not begun when an attachment is gone', async () => {
    await expect(made({ attachments: [{ sha256: 'f'.repeat(64), name: 'gone', type: 'text/plain', size: 1 }] })).rejects.toMatchObject({ code: 'file.notFound' })
  })

  test('keeps to the line lengths of RFC 5322, with a long thread, a long subject and one word without end', async () => {
    const change = { references: Array.from({ length: 20 }, (_, index) => `<${'r'.repeat(200)}${index}@x.example>`), subject: 'ü'.repeat(400), text: 'x'.repeat(20_000) }
    const lengths = (await made(change)).toString('latin1').split('\r\n').map((line) => line.length)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(998)
  })
})

describe('nobody writes a header by writing a name, a subject or an id', () => {
  const evil = ['x\r\nBcc: victim@example.org', 'x\nBcc: victim@example.org', 'x\rBcc: victim@example.org', 'x\r\n\r\n<b>body</b>', 'x\u2028Bcc: victim@example.org', '"\r\nBcc: victim@example.org', 'x\u0000\u000bBcc: a@b', '=?utf-8?Q?x=0D=0ABcc:_victim@example.org?=', 'a@b.example>, <victim@example.org']
  const names = ['from', 'to', 'cc', 'reply-to', 'in-reply-to', 'references', 'subject', 'message-id', 'date', 'x-meridian-case', 'content-type', 'mime-version']

  const check = async (text: string) => {
    const { sha256 } = await files.put(Buffer.from('x'))
    const bytes = await made({
      subject: `${text} [#1-abcdef]`, from: { ...base.from, name: text }, to: [{ ...base.to[0]!, name: text }], cc: [{ ...base.cc[0]!, name: text }], text,
      attachments: [{ sha256, name: text, type: text, size: 1 }], quoted: { from: text, at: base.date, text },
    })
    const found = headOf(bytes).split('\r\n').filter((line) => !/^[ \t]/.test(line)).map((line) => line.split(':', 1)[0]!.toLowerCase())
    expect(found.toSorted()).toEqual(names.toSorted())
    expect(bytes.toString('latin1')).not.toMatch(/[^\r]\n|\r[^\n]/)
    const { simpleParser } = await import('mailparser')
    const parsed = await simpleParser(bytes)
    const addresses = [parsed.to, parsed.cc].flat().flatMap((list) => list?.value.map(({ address }) => address))
    expect(addresses).toEqual(['lee@customer.example', 'bo@customer.example'])
  }

  test.each(evil)('%j', check)
  test('any text', async () => { await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), check), { numRuns: 60 }) })
})

describe('a DKIM signature (RFC 6376)', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const dkim = { domain: 'example.com', selector: 'meridian', privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
  const relaxed = (line: string) => {
    const colon = line.indexOf(':')
    return `${line.slice(0, colon).toLowerCase().trim()}:${line.slice(colon + 1).replace(/\r\n/g, '').replace(/[ \t]+/g, ' ').trim()}`
  }

  /** Verifies as a receiver does, from the bytes and the public key alone. */
  function verified(bytes: Buffer): boolean {
    const text = bytes.toString('latin1')
    const split = text.indexOf('\r\n\r\n')
    const fields = text.slice(0, split).split(/\r\n(?![ \t])/)
    const signature = fields.find((field) => /^dkim-signature:/i.test(field)) ?? ''
    const tags = new Map(signature.slice(signature.indexOf(':') + 1).replace(/\s+/g, '').split(';').filter(Boolean).map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]))
    const body = text.slice(split + 4).split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, '')).join('\r\n').replace(/(\r\n)*$/, '\r\n')
    if (createHash('sha256').update(body, 'latin1').digest('base64') !== tags.get('bh')) return false
    const signed = (tags.get('h') ?? '').split(':').map((name) => fields.findLast((field) => field.toLowerCase().startsWith(`${name}:`)) ?? '').filter(Boolean).map(relaxed)
    const own = relaxed(signature.replace(/([;\s]b=)[^;]*$/, '$1'))
    return verify('rsa-sha256', Buffer.from([...signed, own].join('\r\n'), 'latin1'), publicKey, Buffer.from(tags.get('b') ?? '', 'base64'))
  }

  test('holds over the mail, and over no changed one', async () => {
    const bytes = await bytesOf(await compose(base, { files, dkim }))
    expect(headOf(bytes)).toMatch(/^DKIM-Signature: v=1; a=rsa-sha256; c=relaxed\/relaxed; d=example\.com;\s+q=dns\/txt;\s+s=meridian;\s+bh=/)
    expect(verified(bytes)).toBe(true)
    expect(verified(Buffer.from(bytes.toString('latin1').replace('Subject: Re:', 'Subject: Fw:'), 'latin1'))).toBe(false)
    expect(verified(Buffer.from(bytes.toString('latin1').replace('Ana</p>', 'Eve</p>'), 'latin1'))).toBe(false)
  })

  test('is the same for the same mail', async () => {
    const [one, two] = await Promise.all([0, 1].map(async () => bytesOf(await compose(base, { files, dkim }))))
    expect(one && two && one.equals(two)).toBe(true)
  })
})
