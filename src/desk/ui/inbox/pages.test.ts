import { expect, test } from 'vitest'
import { row } from '../testing/cases.ts'
import { around, withHead, withPage, withRow } from './pages.ts'

const at = (number: number, minute: number) => row(number, { lastMessageAt: `2026-11-04T09:${String(minute).padStart(2, '0')}:00.000Z` })
const numbers = (pages: { items: { number: number }[] }) => pages.items.map(({ number }) => number)

test('a new head keeps what was read below it', () => {
  const before = { items: [at(1, 50), at(2, 40), at(3, 30), at(4, 20)], nextCursor: 'after 4' }
  const after = withHead(before, { items: [at(5, 59), at(1, 50), at(2, 40)], nextCursor: 'after 2' }, 'active')
  expect([numbers(after), after.nextCursor]).toEqual([[5, 1, 2, 3, 4], 'after 4'])
})

test('what should be in the head and is not has left the list', () => {
  const before = { items: [at(1, 50), at(2, 40), at(3, 30)], nextCursor: 'after 3' }
  expect(numbers(withHead(before, { items: [at(1, 50), at(4, 35)], nextCursor: 'more' }, 'active'))).toEqual([1, 4, 3])
})

test('a head without more behind it is the whole list', () => {
  expect(numbers(withHead({ items: [at(1, 50), at(2, 40)], nextCursor: 'x' }, { items: [at(1, 50)], nextCursor: null }, 'active'))).toEqual([1])
})

test('a row that moved up between two readings is not there twice', () => {
  expect(numbers(withPage({ items: [at(1, 50), at(2, 40)], nextCursor: 'x' }, { items: [at(2, 40), at(3, 30)], nextCursor: null }))).toEqual([1, 2, 3])
})

test('a change to one row; none when it is not there', () => {
  const pages = { items: [at(1, 50)], nextCursor: null }
  expect(withRow(pages, 1, (found) => ({ ...found, status: 'solved' }))?.items[0]?.status).toBe('solved')
  expect(withRow(pages, 9, (found) => found)).toBeUndefined()
})

test('what stands beside the selected row is read ahead', () => {
  const items = [1, 2, 3, 4, 5, 6].map((number) => row(number))
  expect([around(items, 3), around(items, null), around(items, 9)]).toEqual([[2, 4, 5], [1, 2, 3], []])
})
