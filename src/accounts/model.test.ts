import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideMerge, decideUndo, isTimeZone, normaliseAddress, normaliseLanguage, normaliseName, readMany, segments, type Customer, type Merge } from './model.ts'
import { decodePunycode } from './punycode.ts'

const label63 = 'l'.repeat(63)

describe('addresses', () => {
  test.each([
    ['ana@example.com', 'ana@example.com'],
    ['  Ana.Ruiz@Example.COM ', 'ana.ruiz@example.com'],
    ["o'brien+tag=1/2!#$%&*?^_`{|}~@example.com", "o'brien+tag=1/2!#$%&*?^_`{|}~@example.com"],
    // Japanese telephone companies gave these out; RFC 5321 would have them quoted.
    ['a..b.@docomo.example', 'a..b.@docomo.example'],
    ['"a..b."@docomo.example', 'a..b.@docomo.example'],
    ['"ana"@example.com', 'ana@example.com'],
    ['"an\\a"@example.com', 'ana@example.com'],
    ['"a@b"@example.com', '"a@b"@example.com'],
    ['"a\\"b\\\\c"@example.com', '"a\\"b\\\\c"@example.com'],
    ['jörg@bücher.example', 'jörg@bücher.example'],
    ['jo\u0308rg@bu\u0308cher.example', 'jörg@bücher.example'],
    ['jörg@xn--bcher-kva.example', 'jörg@bücher.example'],
    ['ИВАН@ПРИМЕР.РФ', 'иван@пример.рф'],
    ['用户@例子。测试', '用户@例子.测试'],
    ['उपयोगकर्ता@उदाहरण.भारत', 'उपयोगकर्ता@उदाहरण.भारत'],
    ['info@straße.example', 'info@straße.example'],
    ['ana@[192.0.2.1]', 'ana@[192.0.2.1]'],
    ['ana@[IPv6:2001:DB8:0:0::1]', 'ana@[ipv6:2001:db8::1]'],
    ['root@localhost', 'root@localhost'],
    ['_dmarc@_mail.example.com', '_dmarc@_mail.example.com'],
    ['😀@example.com', '😀@example.com'],
    [`${'x'.repeat(64)}@example.com`, `${'x'.repeat(64)}@example.com`],
    [`a@${label63}.example`, `a@${label63}.example`],
  ])('%j is kept as %j', (text, address) => {
    expect(normaliseAddress(text)).toBe(address)
    expect(normaliseAddress(address)).toBe(address)
  })

  test.each([
    '', '@', 'ana', '@example.com', 'ana@', 'a b@example.com', 'a\u200bb@example.com', 'a\u0000@example.com', 'a\r\nBcc: x@example.com', 'ana@exa mple.com', 'ana@example..com',
    'ana@.example.com', 'ana@-example.com', 'ana@example-.com', 'ana@example.com:25', 'ana@user:secret@example.com', 'ana@example.com/path', 'ana@example.com?x', 'ana@%65xample.com',
    'ana@127.0.0.1', 'ana@0x7f000001', 'ana@[300.0.0.1]', 'ana@[01.2.3.4]', 'ana@[IPv6:zz]', 'Ana <ana@example.com>', '"unclosed@example.com', '""@example.com', 'a,b@example.com',
    `${'x'.repeat(65)}@example.com`, `a@${'l'.repeat(64)}.example`, `a@${Array.from({ length: 5 }, () => label63).join('.')}`, `${'ü'.repeat(33)}@example.com`, 'ana@xn--a', 'ana@xn--0.example', '\ud800@example.com',
    'x'.repeat(100_000), `${'@'.repeat(5_000)}a.example`,
  ])('%j is no address', (text) => expect(normaliseAddress(text)).toBeNull())

  const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string())
  const nearlyAddress = fc.oneof(fc.emailAddress(), fc.tuple(anyText, fc.oneof(fc.domain(), anyText)).map(([local, domain]) => `${local}@${domain}`),
    fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.domain()).map(([local, domain]) => `"${local}"@${domain}`))

  test('have one form: what is kept is kept as it is, in lower case and NFC, without an invisible character, and short enough', () => {
    fc.assert(fc.property(nearlyAddress, (text) => {
      const address = normaliseAddress(text)
      if (address === null) return
      expect(normaliseAddress(address)).toBe(address)
      expect(address).toBe(address.toLowerCase())
      expect(address).toBe(address.normalize('NFC'))
      expect(address).not.toMatch(/[\p{C}\p{Z}]/u)
      expect(address.isWellFormed()).toBe(true)
    }), { numRuns: 3_000 })
  })

  test('of one mailbox are one, in whatever case, decomposition or quotes they come', () => {
    const local = fc.string({ unit: fc.constantFrom(...'abcxyzäöüßéñ0123456789._+-'), minLength: 1, maxLength: 20 })
    fc.assert(fc.property(local, fc.domain(), (name, domain) => {
      const address = normaliseAddress(`${name}@${domain}`)
      expect(address).not.toBeNull()
      for (const variant of [`${name.toLowerCase()}@${domain.toUpperCase()}`, `${name.normalize('NFD')}@${domain}`, `"${name}"@${domain}`, `\t${name}@${domain}\n`]) expect(normaliseAddress(variant)).toBe(address)
    }), { numRuns: 500 })
  })

  test('of ordinary people are all addresses', () => {
    fc.assert(fc.property(fc.emailAddress(), (text) => { expect(normaliseAddress(text)).not.toBeNull() }), { numRuns: 500 })
  })

  test('punycode says what the platform encoded', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abcdefgüöäéñçщжבגअकम中文字한국ไทย'), minLength: 1, maxLength: 15 })
    fc.assert(fc.property(letters, (text) => {
      if (!URL.canParse(`http://${text}/`)) return
      const host = new URL(`http://${text}/`).hostname
      expect(host.startsWith('xn--') ? decodePunycode(host.slice(4)) : host).toBe(text.normalize('NFC'))
    }), { numRuns: 1_000 })
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'abcz0189-') }), (text) => void decodePunycode(text)))
  })
})

describe('names', () => {
  test.each([
    ['  Ana \t Ruiz ', 'Ana Ruiz'], ['"Ruiz, Ana"', 'Ruiz, Ana'], ["'Ana'", 'Ana'], ['Ana\r\nBcc: x@y', 'Ana Bcc: x@y'], ['A\u202egnp.exe', 'A gnp.exe'], ['"', '"'], ['""', ''], ['', ''],
    ['O\'Brien', 'O\'Brien'], ['"Ana" Ruiz', '"Ana" Ruiz'], ['Zoe\u0308', 'Zoë'], ['\ud800x', '\ufffdx'], ['नेहा शर्मा', 'नेहा शर्मा'],
  ])('%j is kept as %j', (text, name) => expect(normaliseName(text)).toBe(name))

  test('that only repeat the address say nothing', () => {
    expect(normaliseName('ANA@example.com', 'ana@example.com')).toBe('')
    expect(normaliseName('"ana@example.com"', 'ana@example.com')).toBe('')
    expect(normaliseName('ben@example.com', 'ana@example.com')).toBe('ben@example.com')
  })

  test('are one line of at most 200 characters, whatever comes, and stay as they are', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const name = normaliseName(text)
      expect(name).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
      expect([...name].length).toBeLessThanOrEqual(200)
      expect(name.isWellFormed()).toBe(true)
    }), { numRuns: 1_000 })
  })
})

test.each([['PT-br', 'pt-BR'], ['en', 'en'], ['zh-hans-cn', 'zh-Hans-CN'], ['not a tag', null], ['', null], ['x', null]])('the language %j is kept as %j', (tag, kept) => expect(normaliseLanguage(tag)).toBe(kept))
test.each([['Europe/Dublin', true], ['America/Mexico_City', true], ['Mars/Olympus', false], ['+02:00', false], ['', false]])('the time zone %j: %j', (name, there) => expect(isTimeZone(name)).toBe(there))
test.each([['smb', ['smb']], ['smb,startup', ['smb', 'startup']], ['smb,giant', null], ['', null]])('the segments %j: %j', (text, read) => expect(readMany(segments, text)).toEqual(read))

describe('merging', () => {
  const customer = (id: string, mergedInto: string | null = null): Customer => ({
    id, accountId: null, name: id, language: null, timeZone: null, addresses: [`${id}@example.com`, `${id}@example.net`], mergedInto, createdAt: new Date(0), version: 1, demo: false,
  })
  const merge: Merge = { id: 'm', kept: 'a', merged: 'b', addresses: ['b@example.com', 'b@example.net'], at: new Date(0), by: 'agent:x', undoneAt: null }

  test('moves all addresses of the merged one, and only of two who stand for themselves', () => {
    expect(decideMerge(customer('a'), customer('b'))).toEqual({ addresses: ['b@example.com', 'b@example.net'] })
    expect(decideMerge(customer('a'), customer('a'))).toEqual({ refused: 'merge.self' })
    expect(decideMerge(customer('a', 'c'), customer('b'))).toEqual({ refused: 'customer.merged' })
    expect(decideMerge(customer('a'), customer('b', 'c'))).toEqual({ refused: 'customer.merged' })
  })

  test('is taken back once, newest first, with what is still there', () => {
    const kept = { ...customer('a'), addresses: ['a@example.com', 'b@example.net'] }
    expect(decideUndo(merge, kept)).toEqual({ addresses: ['b@example.net'] })
    expect(decideUndo({ ...merge, undoneAt: new Date(1) }, kept)).toEqual({ refused: 'merge.undone' })
    expect(decideUndo(merge, { ...kept, mergedInto: 'c' })).toEqual({ refused: 'merge.covered' })
  })
})
