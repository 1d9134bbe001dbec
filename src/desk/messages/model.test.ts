import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideBelonging, parseSubjectToken, plainSubject, strongest, type Belonging, type Found, type Pointer } from './model.ts'

// Every cell by hand: status of the case, who writes, who wrote it (a person or a program).
const expected: Record<string, Belonging> = {
  'open participant person': 'reply', 'open participant program': 'reply', 'open stranger person': 'suggestion', 'open stranger program': 'suggestion',
  'closed participant person': 'followUp', 'closed participant program': 'reply', 'closed stranger person': 'case', 'closed stranger program': 'case',
  'trash participant person': 'followUp', 'trash participant program': 'reply', 'trash stranger person': 'case', 'trash stranger program': 'case',
  'spam participant person': 'reply', 'spam participant program': 'reply', 'spam stranger person': 'case', 'spam stranger program': 'case',
}
const statuses: Found['status'][] = ['open', 'closed', 'trash', 'spam']

describe('what becomes of a message', () => {
  test.each(Object.entries(expected))('%s: %s', (cell, outcome) => {
    const [status, who, writer] = cell.split(' ')
    expect(decideBelonging({ status: statuses.find((word) => word === status)!, participant: who === 'participant', automatic: writer === 'program' })).toBe(outcome)
  })

  test('that points nowhere: a case of its own', () => expect(decideBelonging(null)).toBe('case'))
  test('every cell is there', () => expect(Object.keys(expected)).toHaveLength(statuses.length * 4))

  test('a stranger never joins by itself, whatever is found', () => {
    fc.assert(fc.property(fc.constantFrom(...statuses), fc.boolean(), (status, automatic) => {
      expect(['suggestion', 'case']).toContain(decideBelonging({ status, participant: false, automatic }))
    }))
  })
})

test('references win over reply addresses, those over tokens in the subject, in whatever order they were found', () => {
  const pointer = (rule: Pointer['rule']): Pointer => ({ rule, evidence: rule, caseId: rule })
  fc.assert(fc.property(fc.shuffledSubarray(['reference', 'replyAddress', 'subjectToken'] as const), (rules) => {
    const wins = (['reference', 'replyAddress', 'subjectToken'] as const).find((rule) => rules.includes(rule)) ?? null
    expect(strongest(rules.map(pointer))?.rule ?? null).toBe(wins)
  }))
})

test.each([
  ['[#10482-k3f9x7]', { number: 10482, proof: 'k3f9x7' }], ['10482-K3F9X7', { number: 10482, proof: 'k3f9x7' }], ['#10482', null], ['10482', null], ['#10482-k3f', null], ['', null],
])('the token %j is read as %j', (token, parsed) => expect(parseSubjectToken(token)).toEqual(parsed))

test.each([
  ['Re: Payout', 'Payout'], ['AW: Re[2]: Payout', 'Payout'], ['Fwd: FW: Payout [#10482-k3f9x7]', 'Payout'], ['Report: all', 'Report: all'], ['Re:', ''], ['  Payout  ', 'Payout'],
])('of the subject %j %j is kept', (subject, plain) => expect(plainSubject(subject)).toBe(plain))

test('a subject of nothing but prefixes costs no more than its length', () => {
  const began = plainSubject('re: '.repeat(50_000))
  expect(began).toBe('')
})
