import fc from 'fast-check'
import { expect, test } from 'vitest'
import { atLeast, atMost, figure, percentile, render } from './table.ts'

test.each([[[5], 0.95, 5], [[1, 2, 3, 4], 0.5, 2], [[4, 3, 2, 1], 0.95, 4], [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9, 9], [[3, 1], 0, 1]])(
  'of %j the share %d lies at or below %d', (values, share, expected) => expect(percentile(values, share)).toBe(expected))

test('a percentile is one of the values, and grows with the share', () => {
  fc.assert(fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
    const found = percentile(values, share)
    expect(values).toContain(found)
    expect(found).toBeLessThanOrEqual(percentile(values, 1))
  }))
  expect(percentile([], 0.5)).toBeNaN()
})

test.each([[1234.56, '1235'], [12.345, '12.3'], [0.01234, '0.0123'], [Number.NaN, '-'], [100, '100']])('%d reads %s', (value, text) => expect(figure(value)).toBe(text))

test('a promise says what was found, and a broken one says so', () => {
  expect(atMost('p95', 16, 15, 'ms')).toEqual({ words: 'p95: at most 15 ms', holds: false, found: '16 ms' })
  expect(atLeast('rate', 300, 300, 'req/s').holds).toBe(true)
  const text = render({ title: 'T', columns: ['what', 'req/s'], rows: [['create', 312.4], ['get', 9]], promises: [atMost('p95', 16, 15, 'ms')] })
  expect(text).toBe('\nT\nwhat    req/s\n------  -----\ncreate    312\nget         9\nFALLS SHORT  p95: at most 15 ms (found 16 ms)')
})
