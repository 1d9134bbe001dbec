/** What a measure is: one number that the centre steers by, defined once. The files beside this hold one each; their words are those of GLOSSARY.md. */

/** By what figures can be told apart. `agent` is for leads and administrators only. */
export const dimensions = ['queue', 'team', 'site', 'segment', 'topic', 'channel', 'priority', 'agent'] as const
export type Dimension = (typeof dimensions)[number]

/** Days, weeks (from Monday) and months of a chosen zone. */
export const periods = ['day', 'week', 'month'] as const
export type Period = (typeof periods)[number]

export const clocks = ['calendar', 'business'] as const
export type Clock = (typeof clocks)[number]

/** Moments of a case that count; which row of `measured` a measure reads. */
export const moments = ['opened', 'firstReply', 'nextReply', 'firstSolve', 'solve', 'slaFirstReply', 'slaNextReply', 'slaResolution'] as const
export type Moment = (typeof moments)[number]

export const groups = ['Speed', 'Quality', 'Flow', 'Promises'] as const

export interface Measure {
  /** As addresses and programs name it. */
  key: string
  name: string
  group: (typeof groups)[number]
  /** The whole definition in sentences, the same as in GLOSSARY.md. */
  words: string
  /**
   * `time` p50 and p90 of a length of time; `share` the part of what is counted that has a property; `count` how many; `level` how many there are at the
   * end of the period, with their age.
   */
  kind: 'time' | 'share' | 'count' | 'level'
  unit: 'milliseconds' | 'share' | 'cases'
  /** What is counted, in the singular: each figure opens so many of them. */
  counted: 'case' | 'reply' | 'target'
  /** The same with the property that a share is about: "reopened". Empty for others. */
  part: string
  /** Which moment it reads; null for the backlog, which reads spans. */
  moment: Moment | null
  /** The event by which a case falls into a period, and whose queue, team and agent it counts for. */
  event: string
  /** By what it can be told apart. */
  by: readonly Dimension[]
  /** Which way is good. */
  better: 'less' | 'more' | 'neither'
  /** Who defines it so. */
  source: string
}

/** The value at a part of the sorted values (nearest rank), so that it is one that some case really had. Null of none. */
export function percentile(sorted: readonly number[], part: number): number | null {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null
}
