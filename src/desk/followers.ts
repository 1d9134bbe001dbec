import type { Follower } from '#platform'
import { macroUsage } from './macros/follower.ts'

/** What of the desk acts on facts of the log. */
export const deskFollowers = (): readonly Follower[] => [macroUsage]
