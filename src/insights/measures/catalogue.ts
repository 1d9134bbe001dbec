import { arrivals } from './arrivals.ts'
import { backlog } from './backlog.ts'
import { firstReplyTime } from './first-reply-time.ts'
import { firstResolutionTime } from './first-resolution-time.ts'
import { fullResolutionTime } from './full-resolution-time.ts'
import type { Measure } from './model.ts'
import { nextReplyTime } from './next-reply-time.ts'
import { oneTouchRate } from './one-touch-rate.ts'
import { reopenRate } from './reopen-rate.ts'
import { slaFirstReply } from './sla-first-reply.ts'
import { slaNextReply } from './sla-next-reply.ts'
import { slaResolution } from './sla-resolution.ts'
import { solved } from './solved.ts'

/** All measures, in the order in which screens show them. */
export const catalogue: readonly Measure[] = [
  firstReplyTime, nextReplyTime, firstResolutionTime, fullResolutionTime, reopenRate, oneTouchRate, arrivals, solved, backlog, slaFirstReply, slaNextReply, slaResolution,
]

export const measureOf = (key: string): Measure | undefined => catalogue.find((measure) => measure.key === key)
