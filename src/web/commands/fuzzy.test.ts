import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fit, fuzzy } from './fuzzy.ts'

test.each<[string, string, boolean]>([
  ['Assign to ...', 'as', true], ['Assign to ...', 'ato', true], ['Go to Settings', 'gs', true], ['José Álvarez', 'jose alv', true], ['Switch between light and dark', 'dark', true],
  ['Assign to ...', 'xyz', false], ['Assign to ...', 'sa', false], ['Payouts', 'stuoyap', false],
])('%s is found by %s: %s', (text, search, found) => expect(fit(text, search) > 0).toBe(found))

test('what begins with the letters comes before what contains them, and equal ones keep their order', () => {
  expect(fuzzy(['Go to Queue', 'Queue of the case', 'Requeue', 'Quiet uncle'], 'que', (text) => text)[0]).toBe('Queue of the case')
  expect(fuzzy(['b', 'a', 'c'], '', (text) => text)).toEqual(['b', 'a', 'c'])
})

test('every text is found by itself and by each of its beginnings', () => fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 30 }), fc.nat(30), (text, length) => {
  fc.pre(text.normalize('NFD').replace(/\p{M}/gu, '').slice(0, length + 1).trim() !== '')
  expect(fit(text, text.slice(0, length + 1))).toBeGreaterThan(0)
})))
