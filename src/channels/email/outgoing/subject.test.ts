import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { oneLine, readSubjectTokens, subjectToken, subjectTokenHolds, subjectWithToken } from './subject.ts'

describe('the token in the subject', () => {
  test('survives what mail programs do to subjects, and holds only for its own participant', () => {
    const token = subjectToken(10482, 'k3f9x7m2q8w5')
    for (const subject of [`Re: Payout ${token}`, `AW: ${token} Payout`, `Re: Fwd: ${token.toUpperCase()}`, `${token}${token}`]) {
      const [read] = readSubjectTokens(subject)
      expect(read).toBeDefined()
      expect(read && subjectTokenHolds(read, 'k3f9x7m2q8w5')).toBe(true)
      expect(read && subjectTokenHolds(read, 'k3f9xam2q8w5')).toBe(false)
      expect(read?.caseNumber).toBe(10482)
    }
  })

  test('gives no more of the reply token away than its beginning, and takes neither less nor more as proof', () => {
    expect(subjectToken(1, 'abcdefghijkl')).toBe('[#1-abcdef]')
    expect(subjectTokenHolds({ caseNumber: 1, proof: 'abcdefg' }, 'abcdefghijkl')).toBe(false)
    expect(subjectTokenHolds({ caseNumber: 1, proof: 'abcde' }, 'abcdefghijkl')).toBe(false)
  })

  test('stands there once, whatever stood there before', () => {
    const once = subjectWithToken('Re: Payout', 10482, 'k3f9x7m2q8w5')
    expect(subjectWithToken(`Re: ${once}`, 10482, 'k3f9x7m2q8w5')).toBe(`Re: ${once}`)
    expect(readSubjectTokens(subjectWithToken('x'.repeat(3_000), 7, 'k3f9x7m2q8w5'))).toHaveLength(1)
    expect(subjectWithToken('', 7, 'k3f9x7m2q8w5')).toMatch(/^\[#7-[0-9a-z]{6}\]$/)
  })

  test('is not read out of a bare number', () => {
    expect(['#10482', '[#10482]', '[10482-abcdef]', '[#10482-abc]', '[#99999999999999999999-abcdef]'].flatMap(readSubjectTokens)).toEqual([])
  })
})

test('a line is one line, whatever it was', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
    const line = oneLine(text, 50)
    expect(line.length).toBeLessThanOrEqual(50)
    expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u)
    expect(line.isWellFormed()).toBe(true)
  }))
})
