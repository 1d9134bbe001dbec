import type { Tick } from '#platform'
import { wakeTick } from './attention/snooze/ticks.ts'
import type { Staffing } from './ports.ts'
import { routingTick } from './routing/ticks.ts'
import { slaTick } from './sla/ticks.ts'

/** What of the desk comes due at an instant. */
export const deskTicks = ({ staffing }: { staffing: Staffing }): readonly Tick[] => [wakeTick, slaTick, routingTick(staffing)]
