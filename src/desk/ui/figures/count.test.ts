import { expect, it } from 'vitest'
import { figuresOf } from './count.ts'

const now = new Date('2026-11-24T12:00:00Z')
const made = (status: string, openedAt: string, solvedAt: string | null = null, waitingSince: string | null = null) => ({ status, openedAt, solvedAt, waitingSince })

it('counts what is at hand, what waits, what is new, and how long solving takes', () => {
  expect(figuresOf([
    made('open', '2026-11-23T12:00:00Z', null, '2026-11-23T12:00:00Z'), made('pending', '2026-09-01T12:00:00Z'), made('new', '2026-11-24T11:00:00Z', null, '2026-11-24T11:00:00Z'),
    made('solved', '2026-11-20T12:00:00Z', '2026-11-20T14:00:00Z'), made('closed', '2026-11-01T12:00:00Z', '2026-11-01T16:00:00Z'), made('closed', '2026-08-01T12:00:00Z', '2026-08-02T12:00:00Z'),
  ], now)).toEqual({ atHand: 3, waiting: 2, openedLately: 4, medianSolvedMs: 3 * 3_600_000, solvedLately: 2 })
})

it('has no median of nothing', () => {
  expect(figuresOf([], now)).toEqual({ atHand: 0, waiting: 0, openedLately: 0, medianSolvedMs: null, solvedLately: 0 })
})
