import { expect, test } from 'vitest'
import { allLists, fixedLists, listByKey } from './lists.ts'

const queue = (key: string, archived = false) => ({ id: `id-${key}`, key, name: key.toUpperCase(), description: '', walled: false, standard: false, archived, teams: [], version: 1 })
const counts = { mine: 1, team: 2, unassigned: 3, drafts: 4, mentions: 5, spam: 6, trash: 7, suggestions: 8, troubled: 9, queues: { 'id-payouts': 10, 'id-disputes': 20 } }

test('queues stand between one’s own lists and the others; archived ones are left out', () => {
  const keys = allLists([queue('payouts'), queue('old', true)]).map(({ key }) => key)
  expect(keys).toContain('queue-payouts')
  expect(keys).not.toContain('queue-old')
  expect(keys.indexOf('queue-payouts')).toBeGreaterThan(keys.indexOf('drafts'))
  expect(keys.indexOf('queue-payouts')).toBeLessThan(keys.indexOf('all'))
})

test('a queue takes no other list’s name', () => expect(listByKey('mine', [queue('mine')])?.name).toBe('My cases'))

test('a queue’s address works before its name is known; nonsense is no list', () => {
  expect(listByKey('queue-payouts', [])?.query).toMatchObject({ queue: 'payouts' })
  expect(listByKey('nonsense', [])).toBeNull()
})

test('counts', () => {
  const count = (key: string) => listByKey(key, [queue('payouts')])?.count(counts)
  expect(['mine', 'queue-payouts', 'all', 'solved'].map(count)).toEqual([1, 10, 30, null])
})

test('keys are each for one list', () => {
  const keys = fixedLists.flatMap((list) => list.keys ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})
