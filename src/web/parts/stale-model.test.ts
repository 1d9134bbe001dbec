import { describe, expect, it } from 'vitest'
import { changesBetween, mineOver, staleWords } from './stale-model.ts'

describe('what somebody else changed', () => {
  const names = { name: 'name', segment: 'segment', country: 'country' }
  const seen = { name: 'Northwind', segment: 'SMB', country: null }

  it.each([
    [{ ...seen, segment: 'Enterprise' }, ['the segment from SMB to Enterprise']],
    [{ ...seen, country: 'Mexico' }, ['the country to Mexico']],
    [{ ...seen, segment: null }, ['the segment, which was SMB and is empty now']],
    [seen, []],
  ])('%o', (now, phrases) => expect(changesBetween(seen, now, names)).toEqual(phrases))

  it('becomes one sentence', () => {
    expect(staleWords(['the segment from SMB to Enterprise', 'the country to Mexico'])).toBe('While you were editing, somebody changed the segment from SMB to Enterprise and the country to Mexico.')
    expect(staleWords([])).toContain('without changing what you see')
  })
})

it('keeps of the writer\'s form what the writer touched, and takes the rest as it is now', () => {
  const seen = { name: 'Lee', capacity: '20', roles: ['agent'] }
  expect(mineOver(seen, { ...seen, name: 'Lee Chen', roles: ['lead'] }, { ...seen, capacity: '25' })).toEqual({ name: 'Lee Chen', capacity: '25', roles: ['lead'] })
  expect(mineOver(seen, { ...seen, capacity: '30' }, { ...seen, capacity: '25' }).capacity).toBe('25')
})
