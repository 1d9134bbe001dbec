import fc from 'fast-check'
import { expect, test } from 'vitest'
import { before, dayAfter, daysIn, daysOf, eachOf, isDay, ranges, rangeWords, today } from './ranges.ts'

test.each([
  ['7d', '2026-11-24', '2026-11-18', '2026-11-25'], ['4w', '2026-11-24', '2026-11-02', '2026-11-25'], ['4w', '2026-11-29', '2026-11-02', '2026-11-30'], ['13w', '2026-11-24', '2026-08-31', '2026-11-25'],
  ['month', '2026-11-24', '2026-11-01', '2026-11-25'], ['lastMonth', '2026-03-01', '2026-02-01', '2026-03-01'], ['lastMonth', '2026-01-31', '2025-12-01', '2026-01-01'],
] as const)('%s on %s is from %s until before %s', (name, day, from, to) => expect(daysOf(name, day, {})).toEqual({ from, to }))

test('a range of one\'s own is one that can be', () => {
  expect(daysOf('custom', '2026-11-24', { from: '2026-11-03', to: '2026-11-05' })).toEqual({ from: '2026-11-03', to: '2026-11-05' })
  expect(daysOf('custom', '2026-11-24', { from: '2026-02-31', to: 'soon' })).toEqual({ from: '2026-11-18', to: '2026-11-19' })
  expect(daysOf('custom', '2026-11-24', { from: '2026-11-03', to: '2026-11-01' })).toEqual({ from: '2026-11-03', to: '2026-11-04' })
  expect([isDay('2026-02-29'), isDay('2028-02-29'), isDay('x')]).toEqual([false, true, false])
})

test('what it is compared with is as long, ends before it, and begins on the same weekday when it is longer than a week', () => {
  const day = fc.integer({ min: 0, max: 4_000 }).map((days) => dayAfter('2020-01-01', days))
  fc.assert(fc.property(fc.constantFrom(...ranges), day, (name, now) => {
    const days = daysOf(name, now, {})
    const earlier = before(days)
    expect([daysIn(earlier), earlier.to <= days.from]).toEqual([daysIn(days), true])
    if (daysIn(days) > 7) expect((Date.parse(days.from) - Date.parse(earlier.from)) / 86_400_000 % 7).toBe(0)
  }))
})

test('words and steps', () => {
  expect(rangeWords({ from: '2025-12-29', to: '2026-01-05' }, '2026')).toBe('29 Dec 2025 to 4 Jan')
  expect([eachOf({ from: '2026-01-01', to: '2026-02-01' }), eachOf({ from: '2026-01-01', to: '2026-02-02' }), eachOf({ from: '2025-01-01', to: '2026-02-02' })]).toEqual(['day', 'week', 'month'])
  expect([today(new Date('2026-03-02T23:30:00Z'), 'Asia/Kolkata'), today(new Date('2026-03-02T23:30:00Z'), 'UTC')]).toEqual(['2026-03-03', '2026-03-02'])
})
