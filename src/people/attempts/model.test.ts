import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decideAttempt, senderOf } from './model.ts'

const now = new Date('2026-03-02T10:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

test.each([
  [{ count: 0, oldest: null }, { allowed: true }],
  [{ count: 9, oldest: ago(14) }, { allowed: true }],
  [{ count: 10, oldest: ago(14) }, { allowed: false, retryAfterSeconds: 60 }],
  [{ count: 10, oldest: ago(0) }, { allowed: false, retryAfterSeconds: 900 }],
  [{ count: 11, oldest: ago(15) }, { allowed: false, retryAfterSeconds: 1 }],
])('%j attempts of 10 in 15 minutes: %j', (counted, decision) => {
  expect(decideAttempt(counted, 10, 15, now)).toEqual(decision)
})

test('in no window of time are more attempts allowed than the limit', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 7_200_000 }), { maxLength: 80 }), fc.integer({ min: 1, max: 12 }), (times, max) => {
    const allowed: number[] = []
    for (const at of times.toSorted((a, b) => a - b)) {
      const counting = allowed.filter((one) => one > at - 900_000)
      const decision = decideAttempt({ count: counting.length, oldest: counting[0] === undefined ? null : new Date(counting[0]) }, max, 15, new Date(at))
      if (decision.allowed) allowed.push(at)
      else expect(at + decision.retryAfterSeconds * 1_000).toBeGreaterThanOrEqual((counting[0] ?? 0) + 900_000)
    }
    for (const end of allowed) expect(allowed.filter((at) => at > end - 900_000 && at <= end).length).toBeLessThanOrEqual(max)
  }))
})

test.each([
  ['192.0.2.7', '192.0.2.7'], ['::ffff:192.0.2.7', '192.0.2.7'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'], ['2001:DB8:1:2:ffff::9', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'], ['2001:0db8:0000:0000:9::', '2001:db8:0:0'], ['::1', '0:0:0:0'], ['fe80::1%eth0', 'fe80:0:0:0'],
])('%s belongs to the sender %s', (address, sender) => {
  expect(senderOf(address)).toBe(sender)
})
