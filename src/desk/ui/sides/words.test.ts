import { describe, expect, test } from 'vitest'
import { addressesIn, choiceFor, dueAt, standingWords } from './words.ts'

const now = new Date('2026-11-24T12:00:00Z')
const hours = (n: number) => new Date(now.getTime() + n * 3_600_000).toISOString()

describe('side conversations in words', () => {
  test.each([
    [{ status: 'waiting', askedAt: hours(-3), dueAt: hours(2) }, 'Asked 3 h ago, due in 2 h', 'soon'],
    [{ status: 'waiting', askedAt: hours(-3), dueAt: hours(9) }, 'Asked 3 h ago, due in 9 h', 'quiet'],
    [{ status: 'waiting', askedAt: hours(-3), dueAt: hours(-1) }, 'Asked 3 h ago, overdue by 1 h', 'late'],
    [{ status: 'waiting', askedAt: now.toISOString(), dueAt: null }, 'Asked just now', 'quiet'],
    [{ status: 'open', askedAt: null, dueAt: null }, 'Answered: it is our turn', 'soon'],
    [{ status: 'done', askedAt: null, dueAt: null }, 'Done', 'done'],
  ] as const)('%#: %s', (side, word, tone) => expect(standingWords(side, now)).toEqual({ word, tone }))

  test('addresses as they are written', () => expect(addressesIn('a@x.test, Bank Desk <b@y.test>;\n"C" <c@z.test>')).toEqual([{ address: 'a@x.test' }, { address: 'b@y.test', name: 'Bank Desk' }, { address: 'c@z.test', name: 'C' }]))

  test('by when', () => expect([dueAt('', now), dueAt('4', now), choiceFor(null), choiceFor(30), choiceFor(999)]).toEqual([null, hours(4), '48', '48', '240']))
})
