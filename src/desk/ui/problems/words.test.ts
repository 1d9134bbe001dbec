import { describe, expect, test } from 'vitest'
import { numbersIn } from './incidents-dialog.tsx'
import { fateOf, gistOf } from './words.ts'

describe('updates in words', () => {
  test.each([
    [{ state: 'waiting', code: null, delivery: null }, 'Waits for its turn'], [{ state: 'sent', code: null, delivery: 'sent' }, 'Sent'], [{ state: 'sent', code: null, delivery: 'waiting' }, 'Leaves in a moment'],
    [{ state: 'sent', code: null, delivery: 'bounced' }, 'Came back'], [{ state: 'sent', code: 'reply.gone', delivery: 'sent' }, 'Sent before it could be taken back'], [{ state: 'recalled', code: null, delivery: 'recalled' }, 'Taken back'],
    [{ state: 'refused', code: 'update.missing', delivery: null }, 'Not sent: a name is not known here'], [{ state: 'refused', code: 'whatever', delivery: null }, 'Not sent'],
  ] as const)('%o: %s', (item, word) => expect(fateOf(item).word).toBe(word))

  test('what a text says', () => expect([gistOf('Hello {{customer.firstName|there}},\n\nwebhooks were late today and are caught up.\n\nMaya'), gistOf('Short.'), gistOf('')]).toEqual(['webhooks were late today and are caught up.', 'Short.', '']))
  test('numbers as they are pasted', () => expect([numbersIn('#10482, 10490\n10491'), numbersIn('webhook 10482'), numbersIn('')]).toEqual([[10_482, 10_490, 10_491], [], []]))
})
