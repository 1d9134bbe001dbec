import type { Files, Tick } from '#platform'
import type { Mailing } from './attention/notices/mailing.ts'
import { digestTick } from './attention/notices/ticks.ts'
import { wakeTick } from './attention/snooze/ticks.ts'
import type { Staffing } from './ports.ts'
import { replier, type ReplyOptions } from './replies/service.ts'
import { tallyTick } from './lists/ticks.ts'
import { ruleTick } from './rules/follow.ts'
import { searchTick } from './search/ticks.ts'
import { sidesTick } from './sides/ticks.ts'
import { routingTick } from './routing/ticks.ts'
import { slaTick } from './sla/ticks.ts'

/** What of the desk comes due at an instant. */
export const deskTicks = ({ staffing, files, delivery, undoSendSeconds, ...mailing }: { staffing: Staffing; files: Files } & Mailing & ReplyOptions): readonly Tick[] => [wakeTick, tallyTick, digestTick(mailing), slaTick, sidesTick, searchTick(files), routingTick(staffing), ruleTick(replier({ delivery, undoSendSeconds }))]
