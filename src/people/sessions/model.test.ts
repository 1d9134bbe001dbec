import { expect, test } from 'vitest'
import { expiryOf, sessionState } from './model.ts'

const begun = new Date('2026-03-02T10:00:00Z')
const after = (hours: number) => new Date(begun.getTime() + hours * 3_600_000)
const session = { lastSeenAt: begun, expiresAt: expiryOf(begun), revokedAt: null }

test.each([
  [session, 0, 'live'], [session, 11.99, 'live'], [session, 12, 'idle'],
  [{ ...session, lastSeenAt: after(167) }, 167.99, 'live'], [{ ...session, lastSeenAt: after(167) }, 168, 'expired'],
  [{ ...session, revokedAt: after(1) }, 2, 'revoked'], [{ ...session, revokedAt: after(1) }, 500, 'revoked'],
])('%j after %d hours is %s', (one, hours, state) => {
  expect(sessionState(one, after(hours))).toBe(state)
})
