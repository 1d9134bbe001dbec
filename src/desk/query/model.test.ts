import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { query, writtenTerm } from '../testing/queries.ts'
import { holds, parseQuery, spanOf, wordsIn, writeQuery, type QueryContext, type QuerySubject } from './model.ts'

const NOW = new Date('2026-03-02T12:00:00Z')
const subject: QuerySubject = {
  number: 10482, subject: 'Payout of 4 Nov not received', status: 'open', priority: 'high', kind: 'question', channel: 'email', queue: { id: 'q1', key: 'payouts', name: 'Payouts' },
  team: { id: 't1', name: 'Money' }, assignee: { id: 'a1', name: 'Ines Sousa', mail: 'ines@desk.test' }, account: { id: 'c1', name: 'Northwind Ltda.', segment: 'smb' },
  customer: { id: 'u1', name: 'Ana Ruiz', language: 'pt-BR', addresses: ['ana@northwind.test'] }, from: ['ana@northwind.test', 'boss@northwind.test'], topic: { key: 'payout-missing', title: 'Payout missing' },
  tags: ['vip', 'escalated'], openedAt: new Date('2026-03-01T09:00:00Z'), updatedAt: new Date('2026-03-02T09:00:00Z'), solvedAt: null, dueAt: new Date('2026-03-02T13:00:00Z'),
  waitingSince: new Date('2026-03-01T09:00:00Z'), snoozedUntil: null, removed: null, merged: false, unread: true, attachments: true, suggestions: false,
  texts: ['Hello, my payout pi_3Nx9 of 4 November has not arrived. Ação!'],
}
const context: QueryContext = { now: NOW, me: { id: 'a1', teamId: 't1' } }
const fits = (text: string, given: Partial<QuerySubject> = {}, seen = context) => holds(parseQuery(text).query, { ...subject, ...given }, seen)

describe('reading', () => {
  test.each<[string, unknown[]]>([
    ['', []],
    ['status:new,open', [{ field: 'status', not: false, values: ['new', 'open'] }]],
    ['-Status:ON-HOLD', [{ field: 'status', not: true, values: ['on_hold'] }]],
    ['account:"Northwind, Ltda."', [{ field: 'account', not: false, values: ['northwind, ltda.'] }]],
    ['tag:"a \\"b\\"",c', [{ field: 'tag', not: false, values: ['a "b"', 'c'] }]],
    ['number:#010482', [{ field: 'number', not: false, values: ['10482'] }]],
    ['after:2026-03-02t10:00z', [{ field: 'after', not: false, values: ['2026-03-02T10:00Z'] }]],
    ['refund -refund* "not arrived" -"card 4"', [
      { form: 'word', not: false, text: 'refund' }, { form: 'prefix', not: true, text: 'refund' }, { form: 'phrase', not: false, text: 'not arrived' }, { form: 'phrase', not: true, text: 'card 4' },
    ]],
    ['https://x.test/a 12:30', [{ form: 'word', not: false, text: 'https://x.test/a' }, { form: 'word', not: false, text: '12:30' }]],
    ['- * -* "" "!" …', []],
  ])('%s', (text, terms) => {
    expect(parseQuery(text)).toEqual({ query: { terms }, problems: [] })
  })

  test.each<[string, unknown[]]>([
    ['status:opn', [{ at: 7, length: 3, code: 'value.unknown' }]],
    ['refund status:open,opn', [{ at: 19, length: 3, code: 'value.unknown' }]],
    ['status:', [{ at: 0, length: 7, code: 'value.missing' }]],
    ['a -tag:"" b', [{ at: 3, length: 6, code: 'value.missing' }]],
    ['before:2026-02-30', [{ at: 7, length: 10, code: 'date.invalid' }]],
    ['due:>soon', [{ at: 4, length: 5, code: 'date.invalid' }]],
    ['number:x', [{ at: 7, length: 1, code: 'number.invalid' }]],
    ['x "open', [{ at: 2, length: 5, code: 'quote.open' }]],
    ['quue:payouts', [{ at: 0, length: 4, code: 'field.unknown' }]],
    ['sort:newest sort:oldest', [{ at: 12, length: 11, code: 'sort.once' }]],
    ['-sort:newest', [{ at: 1, length: 11, code: 'sort.once' }]],
    [`${'a '.repeat(60)}b`, [{ at: 120, length: 1, code: 'query.long' }]],
    ['x'.repeat(2_001), [{ at: 2_000, length: 1, code: 'query.long' }]],
  ])('%s', (text, problems) => {
    expect(parseQuery(text).problems).toEqual(problems)
  })

  test('what is written is read again as the same', () => {
    fc.assert(fc.property(query(), (given) => {
      expect(parseQuery(writeQuery(given))).toEqual({ query: given, problems: [] })
    }), { numRuns: 500 })
  })

  test('never throws, places every problem within the text, and writes down what it read', () => {
    const piece = fc.oneof(fc.string({ unit: 'binary' }), writtenTerm(), fc.constantFrom('"', '\\', '-', ':', ',', '*', ' ', 'status:', '#', '\u0000', '\ud800', 'İ', '\u212Aind:incident'))
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')), (text) => {
      const { query: read, problems } = parseQuery(text)
      for (const { at, length } of problems) {
        expect(at).toBeGreaterThanOrEqual(0)
        expect(length).toBeGreaterThan(0)
        expect(at + length).toBeLessThanOrEqual(text.length)
      }
      const again = parseQuery(writeQuery(read))
      expect(again.query).toEqual(read)
      // Text that looks like a field is said to be none once more; nothing else is wrong with what was written down.
      expect(again.problems.filter(({ code }) => code !== 'field.unknown')).toEqual([])
    }), { numRuns: 1_000 })
  })
})

describe('whether a case fits', () => {
  test.each<[string, boolean]>([
    ['', true], ['status:open,new', true], ['-status:open', false], ['priority:low', false], ['queue:payouts', true], ['queue:Pay*', true], ['queue:q1', true], ['queue:pay', false],
    ['team:mine', true], ['team:none', false], ['assignee:me', true], ['assignee:"Ines Sousa"', true], ['assignee:ines@desk.test', true], ['-assignee:none', true],
    ['account:"northwind ltda."', true], ['account:north*', true], ['account:north', false], ['segment:smb,enterprise', true], ['customer:ana*', true], ['customer:ana@northwind.test', true],
    ['from:@northwind.test', true], ['from:boss@northwind.test', true], ['from:boss', false], ['from:boss*', true], ['topic:payout-missing', true], ['topic:none', false], ['tag:vip', true], ['-tag:vip', false],
    ['tag:none', false], ['language:pt', true], ['language:p', false], ['subject:payout', true], ['subject:"4 nov"', true], ['subject:rec*', true], ['subject:rec', false],
    ['number:10482,1', true], ['before:2026-03-02', true], ['before:2026-03-01', false], ['after:2026-03-01', true], ['after:2026-03-02', false], ['after:2d', true], ['before:2d', false],
    ['solved:<7d', false], ['-solved:<7d', true], ['updated:today', true], ['updated:yesterday', false], ['updated:2026-03', true], ['updated:2026-02-01..2026-03-02', true],
    ['due:overdue', false], ['due:<2h', true], ['due:>2h', false], ['due:none', false], ['due:today,none', true], ['waiting:>1d', true], ['waiting:<1d', false], ['waiting:none', false],
    ['is:unsolved', true], ['is:unassigned', false], ['is:unread', true], ['is:overdue', false], ['is:snoozed', false], ['is:spam', false], ['has:attachment', true], ['has:suggestion', false],
    ['"not arrived"', true], ['"arrived not"', false], ['"has not arrived"', true], ['"received hello"', false], ['payout nov', true], ['arriv', false], ['arriv*', true], ['-arriv*', false], ['acao', true], ['AÇÃO', true],
    ['pi_3Nx9', true], ['sort:oldest', true],
  ])('%s: %s', (text, expected) => {
    expect(fits(text)).toBe(expected)
  })

  test('what is removed or merged is there only when it is asked for', () => {
    expect([fits('', { removed: 'spam' }), fits('is:spam', { removed: 'spam' }), fits('is:trash', { removed: 'spam' }), fits('-is:spam', { removed: 'spam' })]).toEqual([false, true, false, false])
    expect([fits('', { merged: true }), fits('is:merged', { merged: true }), fits('is:merged')]).toEqual([false, true, false])
  })

  test('without a reader nothing is mine', () => {
    expect(['assignee:me', 'team:mine'].map((text) => fits(text, {}, { now: NOW }))).toEqual([false, false])
  })

  test('is total, and a term turned round holds when it does not', () => {
    fc.assert(fc.property(query(), (given) => {
      expect(typeof holds(given, subject, context)).toBe('boolean')
      const [only] = given.terms
      if (!only || ('field' in only && ['sort', 'is'].includes(only.field)) || ('form' in only && wordsIn(only.text).length === 0)) return
      expect(holds({ terms: [{ ...only, not: !only.not }] }, subject, context)).toBe(!holds({ terms: [only] }, subject, context))
    }), { numRuns: 500 })
  })
})

describe('days', () => {
  const iso = (span: ReturnType<typeof spanOf>) => span && [span.from, span.until].map((at) => (at === null ? null : new Date(at).toISOString()))
  test.each<[string, string, (string | null)[] | null]>([
    ['2026-03-29', 'Europe/Berlin', ['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']],
    ['2026-10-25', 'Europe/Berlin', ['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z']],
    ['2026-09-06', 'America/Santiago', ['2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z']],
    ['2026-12', 'Asia/Kolkata', ['2026-11-30T18:30:00.000Z', '2026-12-31T18:30:00.000Z']],
    ['today', 'Pacific/Auckland', ['2026-03-02T11:00:00.000Z', '2026-03-03T11:00:00.000Z']],
    ['2026-02-29', 'UTC', null], ['2026-13', 'UTC', null], ['x', 'UTC', null], ['2026-01-01..', 'UTC', null],
  ])('%s in %s', (text, zone, expected) => {
    expect(iso(spanOf('updated', text, NOW.getTime(), zone))).toEqual(expected)
  })
})
