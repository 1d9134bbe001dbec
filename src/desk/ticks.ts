import type { Tick } from '#platform'
import type { Mailing } from './attention/notices/mailing.ts'
import { digestTick } from './attention/notices/ticks.ts'
import { wakeTick } from './attention/snooze/ticks.ts'
import type { Staffing } from './ports.ts'
import { sidesTick } from './sides/ticks.ts'
import { routingTick } from './routing/ticks.ts'
import { slaTick } from './sla/ticks.ts'

/** What of the desk comes due at an instant. */
export const deskTicks = ({ staffing, ...mailing }: { staffing: Staffing } & Mailing): readonly Tick[] => [wakeTick, digestTick(mailing), slaTick, sidesTick, routingTick(staffing)]
