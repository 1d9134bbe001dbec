import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterCustomerWrote, afterReply, choicesFrom, decideStatus, normaliseTag, statuses, transitions, type Life } from './model.ts'

const at = new Date('2026-03-02T10:00:00Z')
const life = (status: Life['status']): Life => ({ status, statusAt: new Date(0), solvedAt: status === 'solved' || status === 'closed' ? new Date(1) : null, closedAt: null, reopens: 0 })

// The table once more, by hand and in another form: every cell is a promise to process analysis.
const expected: Record<string, string> = {
  'new new': 'same', 'new open': 'case.begun', 'new pending': 'case.pended', 'new on_hold': 'case.held', 'new solved': 'case.solved', 'new closed': 'never',
  'open new': 'never', 'open open': 'same', 'open pending': 'case.pended', 'open on_hold': 'case.held', 'open solved': 'case.solved', 'open closed': 'never',
  'pending new': 'never', 'pending open': 'case.resumed', 'pending pending': 'same', 'pending on_hold': 'case.held', 'pending solved': 'case.solved', 'pending closed': 'never',
  'on_hold new': 'never', 'on_hold open': 'case.resumed', 'on_hold pending': 'case.pended', 'on_hold on_hold': 'same', 'on_hold solved': 'case.solved', 'on_hold closed': 'never',
  'solved new': 'never', 'solved open': 'case.reopened', 'solved pending': 'never', 'solved on_hold': 'never', 'solved solved': 'same', 'solved closed': 'case.closed',
  'closed new': 'never', 'closed open': 'never', 'closed pending': 'never', 'closed on_hold': 'never', 'closed solved': 'never', 'closed closed': 'same',
}

describe('the transition table', () => {
  test.each(Object.entries(expected))('%s is %s', (cell, outcome) => {
    const [from, to] = cell.split(' ')
    const [a, b] = [statuses.find((s) => s === from)!, statuses.find((s) => s === to)!]
    expect(transitions[a][b]).toBe(outcome)
    const decision = decideStatus(life(a), b, at)
    if (outcome === 'never') expect(decision).toEqual({ refused: 'status.never' })
    else if (outcome === 'same') expect(decision).toEqual({ life: life(a), fact: null })
    else expect(decision).toMatchObject({ fact: outcome, life: { status: b, statusAt: at } })
  })

  test('has a cell for every pair', () => expect(Object.keys(expected)).toHaveLength(statuses.length ** 2))
})

test('a customer who writes reopens what waited or was solved, and follows up what is closed', () => {
  expect(afterCustomerWrote).toEqual({ new: 'new', open: 'open', pending: 'open', on_hold: 'open', solved: 'open', closed: 'followUp' })
})

test('a reply begins a new case, keeps the others where they are and is refused on a closed one', () => {
  expect(afterReply).toEqual({ new: 'open', open: 'open', pending: 'pending', on_hold: 'on_hold', solved: 'solved', closed: 'refused' })
})

test('solving notes the instant, reopening forgets it and counts, closing keeps it', () => {
  const solved = decideStatus(life('open'), 'solved', at)
  expect(solved).toMatchObject({ life: { solvedAt: at, closedAt: null } })
  expect(decideStatus(life('solved'), 'open', at)).toMatchObject({ life: { solvedAt: null, reopens: 1 } })
  expect(decideStatus(life('solved'), 'closed', at)).toMatchObject({ life: { solvedAt: new Date(1), closedAt: at } })
})

test('through any history, solvedAt is set exactly while solved or closed, and reopens only grow', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...statuses), { maxLength: 30 }), (path) => {
    let now = life('new')
    for (const [step, to] of path.entries()) {
      const decision = decideStatus(now, to, new Date(step + 10))
      if ('refused' in decision) continue
      expect(decision.life.reopens).toBeGreaterThanOrEqual(now.reopens)
      now = decision.life
      expect(now.solvedAt !== null).toBe(now.status === 'solved' || now.status === 'closed')
      expect(now.closedAt !== null).toBe(now.status === 'closed')
    }
  }))
})

test('menus offer what the table allows, and never closing by hand', () => {
  expect(choicesFrom('new')).toEqual(['open', 'pending', 'on_hold', 'solved'])
  expect(choicesFrom('solved')).toEqual(['open'])
  expect(choicesFrom('closed')).toEqual([])
})

test.each([['  Chargeback ', 'chargeback'], ['bank trace', 'bank-trace'], ['a,b', 'a-b'], ['', null], ['   ', null], ['x'.repeat(61), null], ['Ｗｉｄｅ', 'wide'], ['a\u0085\u200b\u202eb', 'a-b'], ['\u200b', null]])(
  'the tag %j is kept as %j', (text, tag) => expect(normaliseTag(text)).toBe(tag))
