import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageOf, AGES, boardOf, hoursOf, picks, states, type AtHand, type HourCell } from './model.ts'

const NOW = Date.parse('2026-03-04T12:00:00Z')
const HOUR = 3_600_000
const DAY = 24 * HOUR
const ids = ['a', 'b', 'c']

test.each([[0, 0], [4 * HOUR - 1, 0], [4 * HOUR, 1], [DAY, 2], [3 * DAY, 3], [7 * DAY - 1, 3], [7 * DAY, 4], [400 * DAY, 4], [-HOUR, 0]])('a case of %i ms is of age %i', (ms, age) => expect(ageOf(NOW - ms, NOW)).toBe(age))

const instant = fc.integer({ min: -10 * DAY, max: 2 * HOUR }).map((off) => NOW + off)
const atHand: fc.Arbitrary<AtHand> = fc.record({
  number: fc.nat(100_000), subject: fc.constant('x'), status: fc.constantFrom('new', 'open', 'pending', 'on_hold'), priority: fc.constant('normal'), queueId: fc.constantFrom(...ids), teamId: fc.constantFrom(null, ...ids),
  siteId: fc.constantFrom(null, ...ids), assigneeId: fc.constantFrom(null, ...ids), openedAt: instant, waitingSince: fc.option(instant), dueAt: fc.option(instant), snoozed: fc.boolean(), sideOverdue: fc.boolean(), weight: fc.integer({ min: 1, max: 4 }),
})
const filter = fc.record({ site: fc.constantFrom(undefined, 'a', 'none'), team: fc.constantFrom(undefined, 'a', 'none'), queue: fc.constantFrom(undefined, 'a') })

describe('each number of the board counts exactly the cases that its list shows', () => {
  test('for any work at hand, filter and walls', () => {
    fc.assert(fc.property(fc.array(atHand, { maxLength: 60, size: 'max' }), filter, fc.subarray(ids), (rows, narrowed, walls) => {
      const barred = new Set(walls)
      const board = boardOf(rows, narrowed, barred, NOW)
      const behind = (pick: Omit<Parameters<typeof picks>[0], 'site' | 'team'>) => rows.filter((row) => !barred.has(row.queueId) && picks({ ...narrowed, ...pick }, row, NOW)).length
      for (const state of states) expect([state, board.totals[state]]).toEqual([state, behind({ is: state })])
      for (const { queueId, all, ages, unassigned, atRisk, breached } of board.queues) {
        expect([all, unassigned, atRisk, breached]).toEqual([behind({ is: 'all', queue: queueId }), behind({ is: 'unassigned', queue: queueId }), behind({ is: 'atRisk', queue: queueId }), behind({ is: 'breached', queue: queueId })])
        expect(ages).toEqual(Array.from({ length: AGES }, (_, age) => behind({ is: 'all', queue: queueId, age })))
      }
      expect(board.queues.reduce((sum, queue) => sum + queue.all, 0)).toBe(board.totals.all)
      expect(board.backlog.ages.reduce((sum, count) => sum + count, 0)).toBe(board.totals.all)
      expect(board.due.every(({ dueAt }, index) => dueAt !== null && dueAt >= (board.due[index - 1]?.dueAt ?? -Infinity))).toBe(true)
      for (const { id, open, paused } of board.loads.values()) expect(open + paused).toBe(rows.filter((row) => row.assigneeId === id && !barred.has(row.queueId)).length)
    }))
  })
})

test('a load weighs what waits for its agent, and not what is put off or waits for others', () => {
  const one = (given: Partial<AtHand>): AtHand => ({ number: 1, subject: '', status: 'open', priority: 'normal', queueId: 'a', teamId: null, siteId: null, assigneeId: 'x', openedAt: NOW, waitingSince: null, dueAt: null, snoozed: false, sideOverdue: false, weight: 3, ...given })
  const { loads } = boardOf([one({}), one({ status: 'new', weight: 1 }), one({ status: 'pending' }), one({ snoozed: true }), one({ assigneeId: null })], {}, new Set(), NOW)
  expect([...loads.values()]).toEqual([{ id: 'x', load: 4, open: 2, paused: 2 }])
})

test('the usual day is the mean of four weeks, and each reader has their part of it', () => {
  const cell = (daysAgo: number, count: number, given: Partial<HourCell> = {}): HourCell => ({ moment: 'opened', daysAgo, hour: 9, queueId: 'a', teamId: null, siteId: null, spaceId: 'a', count, ...given })
  const cells = [cell(0, 5), cell(1, 3), cell(7, 8), cell(14, 4), cell(0, 7, { queueId: 'b', spaceId: 'b' }), cell(0, 9, { moment: 'solve' })]
  const at = (given: ReturnType<typeof hoursOf>) => [given.today[9], given.yesterday[9], given.usual[9]]
  expect(at(hoursOf(cells, 'opened', {}, new Set()))).toEqual([12, 3, 3])
  expect(at(hoursOf(cells, 'opened', { queue: 'b' }, new Set()))).toEqual([7, 0, 0])
  expect(at(hoursOf(cells, 'opened', {}, new Set(['b'])))).toEqual([5, 3, 3])
  expect(at(hoursOf(cells, 'solve', {}, new Set()))).toEqual([9, 0, 0])
})
