import { expect, test } from 'vitest'
import { countWords, moved } from './data.ts'

test('a pinned view moves by steps and stays within the list', () => {
  expect([moved(['a', 'b', 'c'], 'b', -1), moved(['a', 'b', 'c'], 'b', 1), moved(['a', 'b', 'c'], 'a', -1), moved(['a', 'b', 'c'], 'c', 5), moved(['a'], 'x', 1)])
    .toEqual([['b', 'a', 'c'], ['a', 'c', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c'], ['a']])
})
test('counts in words', () => expect([countWords({ count: 1234, more: false }), countWords({ count: 1000, more: true })]).toEqual(['1,234', '1,000+']))
