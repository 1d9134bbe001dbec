import { expect, test } from 'vitest'
import { entryWords, minutesWords, promiseShort, promiseWords, readMinutes, type Shown } from './words.ts'

const now = new Date('2026-03-02T10:00:00Z')
const shown = (given: Partial<Shown>): Shown => ({ metric: 'firstReply', state: 'running', dueAt: null, breachedAt: null, pausedFor: null, share: 0.5, ...given })

test.each<[Partial<Shown>, string, string]>([
  [{ dueAt: '2026-03-02T10:25:00Z' }, 'First reply due in 25 min', '25 min'],
  [{ dueAt: '2026-03-02T12:10:00Z' }, 'First reply due in 2 h 10 min', '2 h'],
  [{ dueAt: '2026-03-06T10:00:00Z', metric: 'resolution' }, 'Resolution due in 4 d', '4 d'],
  [{ dueAt: '2026-03-02T10:00:00Z' }, 'First reply is due now', 'now'],
  [{ dueAt: null }, 'First reply: no opening hours ahead', ''],
  [{ state: 'breached', breachedAt: '2026-03-02T08:00:00Z', metric: 'nextReply' }, 'Breached 2 h ago: next reply', '2 h late'],
  [{ state: 'breached', breachedAt: '2026-03-02T08:00:00Z', pausedFor: 'pending' }, 'Breached 2 h ago: first reply, waits for the customer', '2 h late'],
  [{ state: 'paused', pausedFor: 'pending' }, 'Paused: waits for the customer', ''],
  [{ state: 'paused', pausedFor: 'on_hold' }, 'Paused: on hold', ''],
  [{ state: 'met' }, 'First reply in time', ''],
  [{ state: 'met', breachedAt: '2026-03-02T08:00:00Z', metric: 'resolution' }, 'Resolution was late', ''],
])('%j: %s', (given, words, short) => {
  expect(promiseWords(shown(given), now)).toBe(words)
  expect(promiseShort(shown(given), now)).toBe(short)
})

test.each<[string, number | 'none' | null]>([
  ['90', 90], ['90m', 90], ['90 min', 90], ['1h', 60], ['1 h 30 min', 90], ['1h30', 90], ['1.5h', 90], ['1,5 h', 90], ['1:30', 90], ['2d', 2_880], ['', 'none'], ['-', 'none'], ['soon', null], ['0', null], ['999999', null],
])('%j minutes', (text, minutes) => expect(readMinutes(text)).toBe(minutes))

test('minutes in words are read as the same minutes', () => { for (const minutes of [1, 59, 60, 90, 480, 2_400, 527_040]) expect(readMinutes(minutesWords(minutes))).toBe(minutes) })

test.each([
  [{ what: 'activated', why: 'opened' }, 'Started: the case was opened'], [{ what: 'paused', why: 'pending' }, 'Paused: waits for the customer'],
  [{ what: 'resumed', why: 'pending' }, 'Went on: no longer waits for the customer'], [{ what: 'breached', why: 'due' }, 'Breached'], [{ what: 'cancelled', why: 'unheard' }, 'Ended'],
] as const)('%j: %s', (entry, words) => expect(entryWords(entry)).toBe(words))
