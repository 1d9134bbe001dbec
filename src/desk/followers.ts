import type { Follower } from '#platform'
import { noticeFollower } from './attention/notices/follow.ts'
import { macroUsage } from './macros/follower.ts'
import { routingFollower } from './routing/ticks.ts'
import { ruleFollower } from './rules/follow.ts'
import { segmentFollower } from './sla/followers.ts'

/** What of the desk acts on facts of the log. `poke` lets a tick look at once. */
export const deskFollowers = ({ poke }: { poke: (tick: string) => void }): readonly Follower[] => [routingFollower(poke), macroUsage, noticeFollower, segmentFollower, ruleFollower]
