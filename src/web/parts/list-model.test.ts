import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { news, rowsInSight, settle, stepFrom } from './list-model.ts'

const keys = (text: string) => [...text]
const settled = (shown: string, incoming: string) => { const { order, fresh, moved } = settle(keys(shown), keys(incoming)); return [order.join(''), fresh, moved] }

describe('what a list shows when its rows come, go and move', () => {
  test.each<[string, string, string, [string, number, number]]>([
    ['the first time, everything', '', 'abc', ['abc', 0, 0]],
    ['nothing changed', 'abc', 'abc', ['abc', 0, 0]],
    ['the next page comes in', 'abc', 'abcde', ['abcde', 0, 0]],
    ['a new row above waits', 'abc', 'xabc', ['abc', 1, 0]],
    ['a new row in between waits', 'abc', 'axbc', ['abc', 1, 0]],
    ['new ones above while the next page comes in', 'abc', 'xyabcd', ['abcd', 2, 0]],
    ['a row that is gone goes', 'abc', 'ac', ['ac', 0, 0]],
    ['the last row goes', 'abc', 'ab', ['ab', 0, 0]],
    ['a row that would stand elsewhere stays, and is counted', 'abc', 'cab', ['abc', 0, 1]],
    ['all are others', 'abc', 'xyz', ['xyz', 0, 0]],
    ['all are gone', 'abc', '', ['', 0, 0]],
    ['turned round', 'abcd', 'dcba', ['abcd', 0, 3]],
  ])('%s', (_name, shown, incoming, expected) => expect(settled(shown, incoming)).toEqual(expected))

  const list = fc.uniqueArray(fc.integer({ min: 0, max: 40 }).map(String), { maxLength: 30 })
  test('whatever happens, rows that stay keep their order, nothing shown is gone, and nothing is lost from the count', () => fc.assert(fc.property(list, list, (shown, incoming) => {
    const { order, fresh } = settle(shown, incoming)
    const stayed = shown.filter((key) => incoming.includes(key))
    expect(order.filter((key) => stayed.includes(key))).toEqual(stayed)
    expect(order.every((key) => incoming.includes(key))).toBe(true)
    expect(order.length + fresh).toBe(incoming.length)
  })))
})

test('what waits, in words', () => {
  expect(news({ order: [], fresh: 3, moved: 0 })).toBe('3 new')
  expect(news({ order: [], fresh: 1, moved: 2 })).toBe('1 new, 2 moved')
  expect(news({ order: [], fresh: 0, moved: 0 })).toBeNull()
})

test('of ten thousand rows only those in sight are drawn, and some around', () => {
  expect(rowsInSight(0, 600, 40, 10_000)).toEqual({ from: 0, to: 23 })
  expect(rowsInSight(200_000, 600, 40, 10_000)).toEqual({ from: 4992, to: 5023 })
  expect(rowsInSight(399_400, 600, 40, 10_000).to).toBe(10_000)
})

describe('where a step leads', () => {
  const order = keys('abcd')
  test.each<[string, string | null, number, number, string | null]>([
    ['from none to the first', null, 0, 1, 'a'], ['down', 'a', 0, 1, 'b'], ['up', 'b', 1, -1, 'a'], ['not beyond the end', 'd', 3, 1, 'd'], ['not before the beginning', 'a', 0, -1, 'a'],
    ['from a row that is gone, to the one in its place', 'x', 2, 1, 'c'], ['and upwards to the one before', 'x', 2, -1, 'b'], ['to the end', 'a', 0, 4, 'd'],
  ])('%s', (_name, selected, lastPlace, step, to) => expect(stepFrom(order, selected, lastPlace, step)).toBe(to))
  test('in an empty list nowhere', () => expect(stepFrom([], 'a', 0, 1)).toBeNull())
})
