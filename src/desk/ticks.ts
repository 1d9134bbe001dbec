import type { Tick } from '#platform'
import { wakeTick } from './attention/snooze/ticks.ts'

/** What of the desk comes due at an instant. */
export const deskTicks = (): readonly Tick[] => [wakeTick]
