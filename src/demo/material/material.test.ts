import { expect, test } from 'vitest'
import { fitting } from './fitting.ts'
import { materials } from './index.ts'

test('every opening has a subject and an answer, every question something to say to it and an answer after it', () => {
  const gaps = materials.flatMap(({ topic, openings, subjects, asks, gives, answers, notes }) => openings.flatMap((_, opening) => [
    ...(fitting(subjects, opening, null).length > 0 ? [] : [`${topic} ${opening}: no subject`]),
    ...(fitting(answers, opening, null).length > 0 ? [] : [`${topic} ${opening}: no answer`]),
    ...(fitting(notes, opening, null).length > 0 ? [] : [`${topic} ${opening}: no note`]),
    ...fitting(asks, opening, null).flatMap((question) => {
      const asked = asks.findIndex((text) => text.endsWith(question))
      return [...(fitting(gives, opening, asked).length > 0 ? [] : [`${topic} ${opening}: nothing to say to "${question.slice(0, 30)}"`]), ...(fitting(answers, opening, asked).length > 0 ? [] : [`${topic} ${opening}: no answer after "${question.slice(0, 30)}"`])]
    }),
  ]))
  expect(gaps).toEqual([])
})

test('a mark says what a piece goes with', () => {
  const pieces = ['anything', '0|first', '1,2|others', '?1|after the second question', '2?-|third, unasked']
  expect(fitting(pieces, 0, null)).toEqual(['anything', 'first'])
  expect(fitting(pieces, 2, null)).toEqual(['anything', 'others', 'third, unasked'])
  expect(fitting(pieces, 2, 0)).toEqual(['anything', 'others'])
  expect(fitting(pieces, 1, 1)).toEqual(['after the second question'])
})
