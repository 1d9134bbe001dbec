import { expect, test } from 'vitest'
import { roundUp } from './board/day.tsx'
import { runs } from './figures/spark.tsx'
import { inPlace } from './held.ts'
import { change, countedIn, groupName, moment, shown, tone, valueOf } from './words.ts'

const of = (count: number, part = 0, p50: number | null = null) => ({ count, part, p50, p90: p50 })

test('the value of a measure with its unit, and nothing where nothing was counted', () => {
  expect([shown({ kind: 'time' }, valueOf({ kind: 'time' }, of(3, 0, 5_400_000))), shown({ kind: 'time' }, 0), shown({ kind: 'time' }, valueOf({ kind: 'time' }, of(0)))]).toEqual(['1 h 30 min', '0 s', '–'])
  expect([shown({ kind: 'share' }, valueOf({ kind: 'share' }, of(8, 4))), shown({ kind: 'share' }, 0.051), shown({ kind: 'share' }, valueOf({ kind: 'share' }, of(0)))]).toEqual(['50 %', '5.1 %', '–'])
  expect([shown({ kind: 'count' }, 1_234), countedIn({ counted: 'reply' }, 2), countedIn({ counted: 'case' }, 1)]).toEqual(['1,234', '2 replies', '1 case'])
})

test.each([
  ['time', 90, 100, '10 % less'], ['time', 100, 100, 'as before'], ['count', 5, 0, null], ['count', 0, 0, 'as before'], ['time', null, 4, null], ['share', 0.5, 0.48, '+2 points'], ['share', 0.5, 0.51, '−1 point'],
] as const)('%s: %s after %s is %s', (kind, now, before, words) => expect(change({ kind }, now, before)).toBe(words))

test('a change is good or bad only where a direction is', () => expect([tone('less', 1, 2), tone('more', 1, 2), tone('neither', 1, 2), tone('less', 2, 2), tone('less', null, 1)]).toEqual(['good', 'bad', 'same', 'same', 'same']))

test('a group without a name is none, gone, or behind a wall', () => {
  expect([groupName('topic', { id: null, name: null }), groupName('queue', { id: 'x', name: null }), groupName('team', { id: 'x', name: null }), groupName('segment', { id: 'smb', name: 'smb' })]).toEqual(['No topic yet', 'A queue that you may not look into', 'One that is no more', 'SMB'])
})

test('an instant is a date where it is a midnight of the zone', () => {
  expect([moment('2026-11-02', 'UTC', 'en-GB'), moment('2026-11-01T18:30:00.000Z', 'Asia/Kolkata', 'en-GB'), moment('2026-11-24T19:20:00Z', 'Europe/Dublin', 'en-GB')]).toEqual(['2 Nov 2026', '2 Nov 2026', '24 Nov 2026, 19:20 (Europe/Dublin)'])
})

test('rows that somebody looks at keep their places', () => expect(inPlace(['b', 'a', 'gone'], [{ id: 'a', n: 2 }, { id: 'b', n: 1 }, { id: 'new', n: 0 }], ({ id }) => id)).toEqual([{ id: 'b', n: 1 }, { id: 'a', n: 2 }]))

test('a line has a gap where there is no value', () => expect(runs([1, 2, null, 3]).map((run) => run.map(({ value }) => value))).toEqual([[1, 2], [3]]))

test.each([[0, 1], [1, 1], [3, 5], [6, 10], [11, 20], [42, 50], [100, 100], [101, 200]])('a scale for %i ends at %i', (value, top) => expect(roundUp(value)).toBe(top))
