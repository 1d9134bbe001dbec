import type { Clock } from '#platform'

const UNITS_MS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000 }

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  set(at: Date | string): void
  forward(by: Partial<Record<keyof typeof UNITS_MS, number>>): void
}

/** Begins on a Monday morning in the working week of all sites, unless told. */
export function testClock(start: Date | string = '2026-03-02T10:00:00.000Z'): TestClock {
  let at = new Date(start).getTime()
  return {
    now: () => new Date(at),
    set: (to) => { at = new Date(to).getTime() },
    forward: (by) => {
      at += (by.days ?? 0) * UNITS_MS.days + (by.hours ?? 0) * UNITS_MS.hours + (by.minutes ?? 0) * UNITS_MS.minutes + (by.seconds ?? 0) * UNITS_MS.seconds
    },
  }
}
