import { expect, test } from 'vitest'
import { asked, matching, mentionAt, mentionedIn, outsideWords } from './mentions.ts'

const people = [['1', 'Maya Lin'], ['2', 'Maya Lindqvist'], ['3', 'José Álvarez'], ['4', 'Lee Chen']].map(([id = '', name = '']) => ({ id, name, email: `${id}@desk.example` }))

test.each([
  ['@ma', 3, 'ma'], ['ask @Maya L', 11, 'Maya L'], ['@', 1, ''], ['(@le', 4, 'le'], ['mail ana@example', 16, null], ['@Maya Lin please', 16, null], ['no', 2, null], ['@ma and', 3, 'ma'],
])('%s at %i is %s', (text, caret, typed) => expect(mentionAt(text, caret)?.typed ?? null).toBe(typed))

test('by any part of the name, without accents', () => {
  expect(matching(people, 'lin').map(({ id }) => id)).toEqual(['1', '2'])
  expect(matching(people, 'alv').map(({ id }) => id)).toEqual(['3'])
  expect(matching(people, 'zz')).toEqual([])
})

test('the longer of two names that begin alike', () => {
  expect(mentionedIn('@Maya Lindqvist, look', people).map(({ id }) => id)).toEqual(['2'])
  expect(mentionedIn('@Maya Lin and @Maya Lindqvist', people).map(({ id }) => id).sort()).toEqual(['1', '2'])
  expect(mentionedIn('write to x@Lee Chen', people)).toEqual([])
})

test('teams beside people, and in words whom a note would not reach', () => {
  const all = [...people, { id: 't', name: 'Risk', email: '', team: true as const }]
  expect(asked('@Risk and @Lee Chen, look', all)).toEqual({ mentions: ['4'], teams: ['t'] })
  expect(outsideWords(['4', 't'], all)).toBe('Lee Chen and anybody in Risk may not see this case: take the name out, or ask somebody else')
  expect(outsideWords(['gone'], all)).toBe('Somebody whom the note names may not see this case')
})
