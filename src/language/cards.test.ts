import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { passesLuhn } from './card-ranges.ts'
import { findCards, hiddenDigits, maskCards } from './cards.ts'

const wide = (digits: string) => [...digits].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('')

describe('numbers of every brand', () => {
  // Test numbers that the brands and their processors publish.
  test.each([
    ['visa', '4111111111111111'], ['visa', '4242424242424242'], ['visa', '4222222222222'], ['mastercard', '5555555555554444'], ['mastercard', '2223003122003222'], ['mastercard', '2720999999999996'], ['amex', '378282246310005'], ['amex', '343434343434343'],
    ['discover', '6011111111111117'], ['discover', '6445644564456445'], ['discover', '6510000000001248'], ['jcb', '3530111333300000'], ['jcb', '3566002020360505'], ['diners', '30569309025904'], ['diners', '38520000023237'], ['diners', '36227206271667'],
    ['unionpay', '6200000000000005'], ['unionpay', '6205500000000000004'], ['maestro', '6759649826438453'], ['maestro', '5018000000007'], ['maestro', '6304000000000000'], ['mir', '2200000000000004'], ['rupay', '6076090000000007'],
  ])('%s %s', (brand, digits) => {
    expect(findCards(`card ${digits}.`)).toMatchObject([{ start: 5, end: 5 + digits.length, brand, last4: digits.slice(-4) }])
    expect(maskCards(digits)).toEqual({ text: `${'*'.repeat(digits.length - 4)}${digits.slice(-4)}`, masked: 1 })
  })
})

describe('however it is written', () => {
  test.each([
    ['4111 1111 1111 1111', '**** **** **** 1111'],
    ['4111-1111-1111-1111', '****-****-****-1111'],
    ['4111.1111.1111.1111', '****.****.****.1111'],
    ['3782 822463 10005', '**** ****** *0005'],
    ['4111  1111  1111  1111', '****  ****  ****  1111'],
    ['4111\u00a01111\u202f1111\u20091111', '****\u00a0****\u202f****\u20091111'],
    ['4111–1111—1111‑1111', '****–****—****‑1111'],
    ['4111\u200b1111\u200d1111\ufeff1111', '****\u200b****\u200d****\ufeff1111'],
    ['41\u00ad11111111111111', '**\u00ad**********1111'],
    [wide('4111111111111111'), `${'*'.repeat(12)}${wide('1111')}`],
    [`${wide('4111')}　${wide('1111')}　${wide('1111')}　${wide('1111')}`, `****　****　****　${wide('1111')}`],
    ['٤١١١١١١١١١١١١١١١', '************١١١١'],
    ['४१११ ११११ ११११ ११११', '**** **** **** ११११'],
    ['𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏', '************𝟏𝟏𝟏𝟏'],
    ['4️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣', `${'*️⃣'.repeat(12)}${'1️⃣'.repeat(4)}`],
    ['4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1', '* * * * * * * * * * * * 1 1 1 1'],
    ['41-11-11-11-11-11-11-11', '**-**-**-**-**-**-11-11'],
    ['> 4111 1111\n> 1111 1111', '> **** ****\n> **** 1111'],
    ['4111 1111 1111 1111 12/28 123', '**** **** **** 1111 12/28 123'],
    ['4111 1111 1111 1111 1228 123', '**** **** **** 1111 1228 123'],
    ['4111111111111111,12,28,123', '************1111,12,28,123'],
    ['カード番号4111111111111111です', 'カード番号************1111です'],
    ['카드4111111111111111입니다', '카드************1111입니다'],
    ['card4111111111111111', 'card************1111'],
    ['Nº4111111111111111', 'Nº************1111'],
    ['(4111111111111111)', '(************1111)'],
    ['<td>4111</td> 5555555555554444', '<td>4111</td> ************4444'],
  ])('%j', (written, masked) => { expect(maskCards(written)).toEqual({ text: masked, masked: 1 }) })

  test('several in a row are several', () => {
    expect(maskCards('4111 1111 1111 1111 5555 5555 5555 4444, 378282246310005').masked).toBe(3)
  })
})

describe('what is no card', () => {
  test.each([
    ['a check digit that does not hold', '4111111111111112'],
    ['a brand that does not exist', '9111111111111111'],
    ['too short', '411111111116'],
    ['too long', '41111111111111111111'],
    ['part of a payment id', 'pi_3Nv4242424242424242'],
    ['part of a longer id', 'txn_4242424242424242 ab4242424242424242 4242424242424242xyz'],
    ['a telephone number', '+4222 222 222 222, +378282246310005'],
    ['an IBAN that begins like one', 'GB18 MIDL 4005 1512 3456 78, NO93 8601 1117 947, SK31 1200 0000 1987 4263 7541'],
    ['a UUID', '42424242-4242-4242-4242-424242424242'],
    ['dates', '4.11.2026 - 10.11.2026, 2026-11-24 15:12:33'],
    ['a time in milliseconds', '1732461153000 1732461153000123'],
    ['a row of a table', '4242\t42\t4242\t42\t4242'],
    ['a row of numbers', '12 41 11 11 11 11 11 11 11 45 80 77 12'],
    ['an address', '192.168.100.200 10.0.0.1'],
    ['nothing', ''],
  ])('%s', (_name, text) => { expect(maskCards(text)).toEqual({ text, masked: 0 }) })
})

const prefixes = ['4', '51', '55', '2221', '2720', '34', '37', '6011', '65', '3528', '3589', '62', '36', '6759']
const lengthOf = (prefix: string) => (prefix === '34' || prefix === '37' ? 15 : prefix === '36' ? 14 : 16)
/** Any number of a brand's range, its check digit right. */
const number = fc.constantFrom(...prefixes).chain((prefix) => fc.stringMatching(new RegExp(`^[0-9]{${lengthOf(prefix) - prefix.length - 1}}$`)).map((rest) => {
  const body = `${prefix}${rest}`
  return body + ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'].find((digit) => passesLuhn(body + digit))
}))
const script = fc.constantFrom((digit: string) => digit, wide, (digit: string) => String.fromCharCode(0x660 + Number(digit)), (digit: string) => String.fromCodePoint(0x1d7ce + Number(digit)))
const separator = fc.constantFrom('', ' ', '-', '\u00a0', '\u200b', '–', ' - ', '.', '\u3000')
const around = fc.constantFrom('', ' ', '\n', 'Karte: ', '"', 'カード', '(', ', ', 'pan=')
const behind = fc.constantFrom('', ' ', '\n', '"', 'です', ')', ', 12/28', ' 123', '.')

test('any number of a brand, in any script, with any separator, is masked and leaves at most four of its digits', () => {
  fc.assert(fc.property(number, script, separator, around, behind, fc.constantFrom(1, 2, 4), (digits, write, between, before, after, size) => {
    const groups = digits.match(new RegExp(`.{1,${size}}`, 'g')) ?? []
    const text = `${before}${groups.map((group) => [...group].map(write).join('')).join(between)}${after}`
    const found = maskCards(text)
    expect([text, found.masked]).toEqual([text, 1])
    expect(found.text.slice(before.length, found.text.length - after.length).match(/\p{Nd}/gu)?.length ?? 0).toBeLessThanOrEqual(4)
    expect(maskCards(found.text)).toEqual({ text: found.text, masked: 0 })
  }), { numRuns: 1_500 })
})

test('any text keeps all but the digits of its cards, and a second time finds nothing', () => {
  const piece = fc.oneof(number, fc.stringMatching(/^[0-9 \-.]{1,20}$/), fc.string({ unit: 'binary', maxLength: 10 }), fc.constantFrom(' ', '\n', '+', '.', '_'))
  fc.assert(fc.property(fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')), (text) => {
    const found = maskCards(text)
    expect(found.text.replace(/\*/g, '')).toHaveLength(found.text.length - (found.text.match(/\*/g)?.length ?? 0))
    const cards = findCards(text)
    expect(cards).toHaveLength(found.masked)
    for (const card of cards) {
      expect(card.last4).toMatch(/^\d{4}$/)
      expect(hiddenDigits(text, card).every((place) => place.start >= card.start && place.end <= card.end)).toBe(true)
    }
    if (found.masked === 0) expect(found.text).toBe(text)
    expect(maskCards(found.text).masked).toBe(0)
  }), { numRuns: 1_000 })
})

test('a text made of digits and separators without end is read to its end', () => {
  for (const unit of ['4', '4 ', '4-', '4111 1111 ', '4\u200b', '+4 ', 'AB12 3456 ']) expect(maskCards(unit.repeat(50_000)).text.length).toBeGreaterThan(0)
})
