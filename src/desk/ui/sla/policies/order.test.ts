import { expect, test } from 'vitest'
import { reordered } from './order.ts'

test.each([['a', 2, 'bca'], ['c', 0, 'cab'], ['b', 1, 'abc'], ['b', -5, 'bac'], ['b', 9, 'acb']])('%s to %i', (id, place, expected) => expect(reordered(['a', 'b', 'c'], id, place).join('')).toBe(expected))
