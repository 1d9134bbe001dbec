import { describe, expect, test } from 'vitest'
import { absolute, clock, day, duration, relative } from './time-model.ts'

const now = new Date('2026-11-24T15:00:00Z')
const dublin = { zone: 'Europe/Dublin', locale: 'en-GB' }
const mexico = { zone: 'America/Mexico_City', locale: 'en-GB' }
const bengaluru = { zone: 'Asia/Kolkata', locale: 'en-GB' }
const at = (text: string) => new Date(text)

describe('moments in words', () => {
  test.each<[string, string]>([
    ['2026-11-24T14:59:40Z', 'just now'], ['2026-11-24T14:55:00Z', '5 min ago'], ['2026-11-24T14:01:00Z', '59 min ago'], ['2026-11-24T12:50:00Z', '2 h ago'], ['2026-11-22T15:00:00Z', '2 d ago'],
    ['2026-11-04T15:00:00Z', '4 Nov'], ['2024-11-04T15:00:00Z', '4 Nov 2024'], ['2026-11-24T15:25:00Z', 'in 25 min'], ['2026-11-26T15:00:00Z', 'in 2 d'],
  ])('%s is %s', (moment, words) => expect(relative(at(moment), now, dublin)).toBe(words))
  test('short, for rows', () => {
    expect(relative(at('2026-11-24T14:55:00Z'), now, dublin, true)).toBe('5 min')
    expect(relative(at('2026-11-24T14:59:50Z'), now, dublin, true)).toBe('now')
  })
  test('in the reader\'s zone: one moment lies on different days', () => {
    const moment = at('2026-11-24T02:30:00Z')
    expect(clock(moment, now, dublin)).toBe('02:30')
    expect(clock(moment, now, bengaluru)).toBe('08:00')
    expect(clock(moment, now, mexico)).toBe('23 Nov')
    expect([day(moment, now, dublin), day(moment, now, mexico)]).toEqual(['Today', 'Yesterday'])
  })
  test('days', () => {
    expect(day(at('2026-11-20T12:00:00Z'), now, dublin)).toBe('Friday')
    expect(day(at('2026-11-04T12:00:00Z'), now, dublin)).toBe('4 November')
    expect(day(at('2025-11-04T12:00:00Z'), now, dublin)).toBe('4 November 2025')
    expect(day(at('2026-11-25T12:00:00Z'), now, dublin)).toBe('Tomorrow')
  })
  test('in full, with the zone', () => expect(absolute(at('2026-11-24T09:12:03Z'), dublin)).toBe('Tue, 24 Nov 2026, 09:12:03 GMT'))
})

test.each<[number, string]>([
  [0, '0 ms'], [950, '950 ms'], [42_000, '42 s'], [1_500_000, '25 min'], [7_200_000, '2 h'], [7_800_000, '2 h 10 min'], [86_400_000, '1 d'], [273_600_000, '3 d 4 h'], [-1_500_000, '−25 min'],
])('%d ms is %s', (ms, words) => expect(duration(ms)).toBe(words))
