import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupings } from '../../lists/model.ts'
import { row } from '../testing/cases.ts'
import { dueBucket, grouped, pastHeading } from './groups.ts'

const now = new Date('2026-03-02T12:00:00')
const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString()

test.each([[-1, 'Overdue'], [0.5, 'Within the hour'], [6, 'Later today'], [30, 'Within a week'], [400, 'Later']])('due in %d hours: %s', (hours, name) => expect(dueBucket(at(hours), now).name).toBe(name))
test('nothing promised', () => expect(dueBucket(null, now).name).toBe('No time promised'))

test('groups keep every row once and in order, whatever the grouping', () => {
  const rows = fc.uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 500 }), priority: fc.constantFrom('low' as const, 'urgent' as const), hours: fc.integer({ min: -9, max: 900 }) }), { selector: ({ number }) => number })
    .map((all) => all.map(({ number, priority, hours }) => row(number, { priority, dueAt: hours % 5 === 0 ? null : at(hours) })))
  fc.assert(fc.property(rows, fc.constantFrom(...groupings, null), (given, grouping) => {
    const entries = grouped(given, grouping, now)
    expect(entries.flatMap((one) => (one.kind === 'case' ? one.row.number : [])).sort()).toEqual(given.map(({ number }) => number).sort())
    expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length)
  }))
})

test('the most urgent group is the first', () => expect(grouped([row(1), row(2, { priority: 'urgent' })], 'priority', now).map(({ key }) => key)).toEqual(['group:urgent', '2', 'group:normal', '1']))

test('the selection passes over headings, both ways', () => {
  const entries = grouped([row(1), row(2, { priority: 'urgent' })], 'priority', now)
  expect([pastHeading(entries, 'group:normal', 2), pastHeading(entries, 'group:normal', 1), pastHeading(entries, 'group:urgent', 2), pastHeading(entries, 'group:urgent', null)]).toEqual([1, 2, 2, 2])
})
