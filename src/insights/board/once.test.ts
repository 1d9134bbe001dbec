import { expect, test } from 'vitest'
import { once, onceEach } from './once.ts'

test('a hundred who ask at once are one reading, and so are those of the next second', async () => {
  let [time, reads] = [0, 0]
  const ask = once(1_000, async () => { reads += 1; return reads }, () => time)
  expect(new Set(await Promise.all(Array.from({ length: 100 }, ask)))).toEqual(new Set([1]))
  time = 999
  expect(await ask()).toBe(1)
  time = 1_000
  expect(await Promise.all([ask(), ask()])).toEqual([2, 2])
})

test('a failure is told to those who waited, and kept for nobody', async () => {
  let reads = 0
  const ask = once(1_000, async () => { reads += 1; if (reads === 1) throw new Error('away'); return reads })
  const outcomes = await Promise.allSettled([ask(), ask()])
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await ask()).toBe(2)
})

test('of many keys the ones that nobody asks for are forgotten', async () => {
  const read: string[] = []
  const ask = onceEach(1_000, 2, async (key) => { read.push(key); return key })
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(key)
  expect(read).toEqual(['a', 'b', 'c', 'b'])
})
