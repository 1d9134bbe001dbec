import fc from 'fast-check'
import { expect, test } from 'vitest'
import { momentIn } from './when.ts'

// A Wednesday, 10:07 in Berlin.
const now = new Date('2026-03-04T09:07:00Z')

test.each([
  ['fri 9am', '2026-03-06T08:00:00.000Z'], ['friday', '2026-03-06T08:00:00.000Z'], ['tomorrow', '2026-03-05T08:00:00.000Z'], ['tomorrow 14:30', '2026-03-05T13:30:00.000Z'], ['monday', '2026-03-09T08:00:00.000Z'],
  ['in 2 hours', '2026-03-04T11:07:00.000Z'], ['2h', '2026-03-04T11:07:00.000Z'], ['90 min', '2026-03-04T10:37:00.000Z'], ['3d', '2026-03-07T08:00:00.000Z'], ['5pm', '2026-03-04T16:00:00.000Z'], ['until 17:00', '2026-03-04T16:00:00.000Z'],
  ['24 dec', '2026-12-24T08:00:00.000Z'], ['2026-03-30 08:15', '2026-03-30T06:15:00.000Z'], ['eod', '2026-03-04T17:00:00.000Z'], ['next week', '2026-03-09T08:00:00.000Z'], ['end of week', '2026-03-06T16:00:00.000Z'], ['workday', '2026-03-05T08:00:00.000Z'],
])('%s is %s in Berlin', (words, moment) => expect(momentIn(words, now, 'Europe/Berlin')?.toISOString()).toBe(moment))

test.each(['', 'bank trace', 'yesterday', '0h', 'x'.repeat(400), '99:99'])('%j is no moment ahead', (words) => expect(momentIn(words, now, 'Europe/Berlin')).toBe(null))

test('nine stays nine over the night in which clocks change', () => expect(momentIn('monday 9am', new Date('2026-03-27T12:00:00Z'), 'Europe/Berlin')?.toISOString()).toBe('2026-03-30T07:00:00.000Z'))

test('whatever is written, it lies ahead or is nothing', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 30 }), fc.tuple(fc.constantFrom('mon', 'in 3', 'next', '12', 'tomorrow'), fc.constantFrom('9am', 'days', 'friday', 'mar', ':30')).map((parts) => parts.join(' '))), (words) => {
    const moment = momentIn(words, now, 'America/New_York')
    expect(moment === null || moment > now).toBe(true)
  }))
})
