import { expect, test } from 'vitest'
import { message } from '../testing/cases.ts'
import { firstUnread } from './unread.ts'

const messages = [
  message({ id: '01' }), message({ id: '02' }), message({ id: '03', direction: 'out', from: { kind: 'agent', id: 'maya', name: 'Maya', address: null } }), message({ id: '04' }), message({ id: '05' }),
]

test('what others wrote after the last one seen', () => expect(firstUnread(messages, '02', 'maya')).toBe('04'))
test('one’s own words are not news', () => expect(firstUnread(messages.slice(0, 3), '02', 'maya')).toBeNull())
test('nothing is new when all is seen, and nothing is marked in a case that was never opened', () => {
  expect([firstUnread(messages, '05', 'maya'), firstUnread(messages, null, 'maya')]).toEqual([null, null])
})
test('a mail that was held up on its way is new although it is older', () => {
  expect(firstUnread([message({ id: '09', at: '2026-11-01T00:00:00.000Z' }), ...messages], '05', 'maya')).toBe('09')
})
