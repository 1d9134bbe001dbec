import { expect, test } from 'vitest'
import type { Macro } from './data.ts'
import { onShelf, reopenedPercent } from './words.ts'

const macro = (title: string, uses: number, given: Partial<Macro> = {}): Macro => ({
  id: title, kind: 'snippet', name: title, title, folder: '', scope: 'everybody', ownerId: null, teamId: null, topics: [], queueIds: [], actions: [], archived: false, mayChange: false, version: 1, updatedAt: '', updatedBy: null,
  usage: { uses, reopened: 0, mine: 0, lastOn: null }, ...given,
})
const all = [macro('b', 2), macro('a', 0), macro('c', 9), macro('d', 4, { archived: true }), macro('e', 0, { folder: 'Refunds' })]

test('the shelves of the library', () => {
  expect((['all', 'often', 'unused', 'archived'] as const).map((shelf) => onShelf(all, shelf).map(({ title }) => title).join(''))).toEqual(['abce', 'cb', 'ae', 'd'])
})

test('a share has its denominator, or is none', () => expect([reopenedPercent({ uses: 0, reopened: 0 }), reopenedPercent({ uses: 3, reopened: 1 })]).toEqual([null, 33]))
