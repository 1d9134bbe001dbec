import fc from 'fast-check'
import { expect, test } from 'vitest'
import { acceptStep, normaliseRecoveryCode, recoveryCode, stepAt } from './model.ts'

const now = new Date('2026-03-02T10:00:15Z')
const step = stepAt(now)

test.each([
  [null, 0, null], [0, 0, step], [-1, 0, step - 1], [1, 0, step + 1], [-2, 0, null], [2, 0, null],
  [0, step, null], [1, step, step + 1], [-1, step - 1, null], [-1, step - 2, step - 1], [0, step + 1, null],
])('a code %s steps off, after step %i was used: %s', (drift, last, accepted) => {
  expect(acceptStep(drift, now, last)).toBe(accepted)
})

test('whatever is tried in whatever order, no step is accepted twice', () => {
  fc.assert(fc.property(fc.array(fc.record({ seconds: fc.integer({ min: 0, max: 40 }), drift: fc.integer({ min: -3, max: 3 }) }), { maxLength: 60 }), (tries) => {
    let [last, at] = [0, now.getTime()]
    const accepted: number[] = []
    for (const { seconds, drift } of tries) {
      at += seconds * 1_000
      const found = acceptStep(drift, new Date(at), last)
      if (found !== null) { accepted.push(found); last = found }
    }
    expect(new Set(accepted).size).toBe(accepted.length)
  }))
})

test('a recovery code is read however it was typed', () => {
  const code = recoveryCode((limit) => limit - 1)
  expect(code).toBe('9999-9999-9999')
  expect(normaliseRecoveryCode(' K7MQ x2hd_9wab ')).toBe('k7mqx2hd9wab')
  expect(normaliseRecoveryCode('123456')).toBeNull()
})
