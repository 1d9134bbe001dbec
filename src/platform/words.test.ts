import { expect, test } from 'vitest'
import { refusals, refusalCodes } from './refusal.ts'
import { oneOf } from './words.ts'

test('a room\'s refusals are known to the documentation, and carry what the reader needs', () => {
  const refuse = refusals({ 'thing.gone': [410, 'The thing is gone'] })
  expect(refuse('thing.gone', { since: 3 })).toMatchObject({ code: 'thing.gone', status: 410, message: 'The thing is gone', detail: { since: 3 } })
  expect(refusalCodes().get('thing.gone')).toBe(410)
})

test('a word of a closed list is read, another is a bug', () => {
  expect(oneOf(['new', 'open'], 'open')).toBe('open')
  expect(() => oneOf(['new', 'open'], 'shut')).toThrow('"shut" is none of new, open')
})
