import { describe, expect, it } from 'vitest'
import { changesBetween, staleWords } from './stale-model.ts'

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
