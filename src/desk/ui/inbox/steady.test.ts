import { describe, expect, test } from 'vitest'
import { row } from '../testing/cases.ts'
import { around, arrivedWords, bringIn, emptySteady, neighbour, step, takeIn } from './steady.ts'

const none = new Set<number>()
const rows = (...numbers: number[]) => numbers.map((number) => row(number))
const shown = (...numbers: number[]) => takeIn(emptySteady('mine'), 'mine', rows(...numbers), none)

describe('a list under the reader’s eye', () => {
  test('shows at once what comes into an empty one', () => {
    expect(takeIn(emptySteady('mine'), 'mine', rows(1, 2), none)).toMatchObject({ order: [1, 2], arrived: [] })
  })

  test('counts what is new and moves nothing', () => {
    const after = takeIn(shown(1, 2), 'mine', rows(3, 2, 1), none)
    expect(after).toMatchObject({ order: [1, 2], arrived: [3] })
    expect(arrivedWords(after)).toBe('1 new')
    expect(bringIn(after, rows(3, 2, 1))).toMatchObject({ order: [3, 2, 1], arrived: [] })
  })

  test('brings what a row says up to date where it stands', () => {
    expect(takeIn(shown(1, 2), 'mine', [row(2, { status: 'solved' }), row(1)], none).rows.get(2)?.status).toBe('solved')
  })

  test('keeps a row that others took away as a faint line; what the reader sent away goes at once', () => {
    const after = takeIn(shown(1, 2, 3), 'mine', rows(1), new Set([3]))
    expect([after.order, [...after.gone]]).toEqual([[1, 2], [2]])
    expect(after.rows.get(2)?.number).toBe(2)
    expect(arrivedWords(after)).toBe('1 moved on')
  })

  test('appends a further page without a word', () => {
    expect(takeIn(shown(1, 2), 'mine', rows(1, 2, 3, 4), none)).toMatchObject({ order: [1, 2, 3, 4], arrived: [] })
  })

  test('begins afresh with another list', () => {
    expect(takeIn(shown(1, 2), 'team', rows(9), none)).toMatchObject({ of: 'team', order: [9], arrived: [] })
  })

  test('announces when everything shown is gone and others came', () => {
    expect(takeIn(shown(1), 'mine', rows(2), none)).toMatchObject({ order: [1], arrived: [2] })
    expect(takeIn(shown(1), 'mine', rows(2), new Set([1]))).toMatchObject({ order: [2], arrived: [] })
  })
})

test('keys step through the rows and stay at the ends', () => {
  expect([step([1, 2, 3], 2, 1), step([1, 2, 3], 3, 1), step([1, 2, 3], 1, -1), step([1, 2, 3], null, 1), step([], null, 1)]).toEqual([3, 3, 1, 1, null])
})

test('when a row leaves, the next one is there, else the one before', () => {
  expect([neighbour([1, 2, 3], 2), neighbour([1, 2, 3], 3), neighbour([1], 1), neighbour([1], 7)]).toEqual([3, 2, null, null])
})

test('what stands beside the selected row is read ahead', () => {
  expect(around([1, 2, 3, 4, 5, 6], 3)).toEqual([2, 4, 5])
  expect(around([1, 2, 3], null)).toEqual([1, 2, 3])
})
