import { expect, test } from 'vitest'
import { joinedAt, offer, slashAt } from './slash.ts'

test.each([
  ['/', 1, { from: 0, typed: '' }], ['Hello /ref', 10, { from: 6, typed: 'ref' }], ['a\n/refund ti', 12, { from: 2, typed: 'refund ti' }], ['https://x', 9, null], ['and/or', 6, null], ['/a b c', 6, null], ['/ref more', 4, { from: 0, typed: 'ref' }], ['no', 2, null],
])('%j at %i', (text, caret, found) => expect(slashAt(text, caret)).toEqual(found))

const macro = (name: string, title: string, given: { topics?: string[]; queueIds?: string[]; mine?: number } = {}) => ({ name, title, topics: given.topics ?? [], queueIds: given.queueIds ?? [], usage: { mine: given.mine ?? 0 } })
const all = [macro('greet', 'Greeting'), macro('payout-late', 'Payout is late', { topics: ['payouts'] }), macro('refund-time', 'How long a refund takes', { topics: ['refunds'] }), macro('refund-done', 'Refund is done', { topics: ['refunds'], mine: 4 })]
const names = (typed: string, topic: string | null = null) => offer(all, typed, { topic, queueId: 'q' }).map(({ name }) => name)

test('what fits the case stands first, what fits another topic last', () => {
  expect(names('', 'refunds')).toEqual(['refund-done', 'refund-time', 'greet', 'payout-late'])
  expect(names('', null)[0]).toBe('greet')
})

test('letters find by name and by title', () => {
  expect(names('reftime')).toEqual(['refund-time'])
  expect(names('late')[0]).toBe('payout-late')
  expect(names('pay', 'refunds')[0]).toBe('payout-late')
  expect(names('xyz')).toEqual([])
})

test('a text comes below what is there', () => expect([joinedAt('', 'x'), joinedAt('a', 'x'), joinedAt('a\n', 'x'), joinedAt('a\n\n', 'x')]).toEqual(['x', '\n\nx', '\nx', 'x']))
