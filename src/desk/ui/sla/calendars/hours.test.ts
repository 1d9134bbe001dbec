import { expect, test } from 'vitest'
import { copyDay, drawn, hoursWords, moved, readHours, withDay } from './hours.ts'

test.each<[string, string | null]>([
  ['9-12, 13-17', '09:00–12:00, 13:00–17:00'], ['09:00–17:30', '09:00–17:30'], ['0-24', '00:00–24:00'], ['8.30 to 12', '08:30–12:00'], ['', ''], ['closed', ''], ['17-9', null], ['9', null], ['9-25', null], ['abc', null], ['9-12,', null],
])('%j', (text, words) => { const hours = readHours(text); expect(hours && hoursWords(hours)).toBe(words) })

const slot = { day: 1, from: 540, to: 720 }
test.each([
  ['whole', 60, { day: 1, from: 600, to: 780 }], ['whole', -900, { day: 1, from: 0, to: 180 }], ['whole', 9_000, { day: 1, from: 1_260, to: 1_440 }], ['from', 300, { day: 1, from: 705, to: 720 }], ['to', -300, { day: 1, from: 540, to: 555 }], ['to', 15, { day: 1, from: 540, to: 735 }],
] as const)('%s by %i', (what, by, expected) => expect(moved(slot, what, by)).toEqual(expected))

test('what is drawn snaps, backwards too, and is never nothing', () => {
  expect(drawn(2, 547, 611)).toEqual({ day: 2, from: 540, to: 615 })
  expect(drawn(2, 611, 547)).toEqual({ day: 2, from: 540, to: 615 })
  expect(drawn(2, 600, 601)).toEqual({ day: 2, from: 600, to: 615 })
  expect(drawn(2, 1_440, 1_440)).toEqual({ day: 2, from: 1_425, to: 1_440 })
})
test('what touches becomes one, and a day is copied to others', () => {
  const week = withDay(withDay([], 1, [{ from: 540, to: 720 }, { from: 720, to: 800 }]), 6, [{ from: 0, to: 10 }])
  expect(week).toEqual([{ day: 1, from: 540, to: 800 }, { day: 6, from: 0, to: 10 }])
  expect(copyDay(week, 1, [2, 6])).toEqual([{ day: 1, from: 540, to: 800 }, { day: 2, from: 540, to: 800 }, { day: 6, from: 540, to: 800 }])
})
