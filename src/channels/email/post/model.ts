/** Mail of the program to the people who work here: what becomes of it after a try. */

import type { Attempt } from '../outgoing/model.ts'

export interface PostPatience {
  pauseSeconds: number
  pauseSecondsMax: number
  attemptsMax: number
}

/** Most of a day of tries: news that is older is no news. */
export const postPatience: PostPatience = { pauseSeconds: 60, pauseSecondsMax: 7_200, attemptsMax: 14 }

export interface PostCourse {
  state: 'waiting' | 'sent' | 'uncertain' | 'failed'
  nextAt: Date | null
  problem: string | null
}

/**
 * What was handed over whole and not answered may have arrived, and is not sent again: of news, none is better than twice.
 * `attempts` counts this try already.
 */
export function decidePost(attempts: number, attempt: Attempt, at: Date, patience: PostPatience = postPatience): PostCourse {
  if (attempt.kind === 'unanswered') return { state: 'uncertain', nextAt: null, problem: attempt.problem }
  if (attempt.kind === 'broken') return { state: 'failed', nextAt: null, problem: attempt.problem }
  if (attempt.kind === 'taken' && attempt.refused.length === 0) return { state: 'sent', nextAt: null, problem: null }
  const problem = attempt.kind === 'unreached' ? attempt.problem : attempt.refused[0]?.response ?? attempt.response
  const forGood = attempt.kind !== 'unreached' && (attempt.refused[0]?.permanent ?? (attempt.kind === 'refused' && attempt.permanent))
  if (forGood || attempts >= patience.attemptsMax) return { state: 'failed', nextAt: null, problem }
  const pause = Math.min(patience.pauseSecondsMax, patience.pauseSeconds * 2 ** Math.max(0, attempts - 1))
  return { state: 'waiting', nextAt: new Date(at.getTime() + pause * 1_000), problem }
}
