import { expect, test } from 'vitest'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'

test('a cursor comes back as it went, and a forged one is refused', () => {
  expect(decodeCursor(encodeCursor(['ü"', 7]), 2)).toEqual(['ü"', 7])
  for (const forged of ['', 'x', encodeCursor(['a']), Buffer.from('{"a":1}').toString('base64url'), Buffer.from('[1,null]').toString('base64url'), Buffer.from('[[1],2]').toString('base64url')]) {
    expect(() => decodeCursor(forged, 2), forged).toThrow(expect.objectContaining({ code: 'cursor.invalid', status: 400 }))
  }
})

test('a page ends with the row before the one too many', () => {
  const rows = [1, 2, 3].map((n) => ({ n }))
  expect(pageOf(rows, 2, ({ n }) => [n])).toEqual({ items: [{ n: 1 }, { n: 2 }], nextCursor: encodeCursor([2]) })
  expect(pageOf(rows, 3, ({ n }) => [n])).toEqual({ items: rows, nextCursor: null })
  expect(pageOf([], 3, () => [])).toEqual({ items: [], nextCursor: null })
})
