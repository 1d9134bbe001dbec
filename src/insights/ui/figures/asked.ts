import { clocks, dimensions, periods, type Clock, type Dimension, type Period } from '../../measures/model.ts'
import { before, daysOf, eachOf, ranges, today, type Days, type RangeName } from '../ranges.ts'
import type { Words } from '../wire.ts'

/** What the address of the insights screen says. Pure. */
export interface Asked {
  measure: string
  range: RangeName
  days: Days
  compared: Days | null
  by: Dimension
  each: Period
  clock: Clock
  zone: string
  only: Words
}

type Params = Readonly<Record<string, string | undefined>>

export const FIRST_MEASURE = 'firstReplyTime'

/** Reads it; what is missing or makes no sense becomes what most readers want. */
export function readAsked(params: Params, reader: { zone: string; now: Date }): Asked {
  const range = ranges.find((name) => name === params['range']) ?? '4w'
  const zone = params['zone'] ?? reader.zone
  const days = daysOf(range, today(reader.now, zone), { ...(params['from'] ? { from: params['from'] } : {}), ...(params['to'] ? { to: params['to'] } : {}) })
  return {
    measure: params['measure'] ?? FIRST_MEASURE, range, days, zone, compared: params['compare'] === 'no' ? null : before(days),
    by: dimensions.find((dimension) => dimension === params['by']) ?? 'queue', each: periods.find((period) => period === params['each']) ?? eachOf(days), clock: clocks.find((clock) => clock === params['clock']) ?? 'calendar',
    only: Object.fromEntries(dimensions.flatMap((dimension) => (params[dimension] ? [[dimension, params[dimension]]] : []))),
  }
}

/** The same to the server. */
export const queryOf = ({ zone, clock, only, each }: Asked, { from, to }: Days, more: Words = {}): Words => ({ from, to, zone, clock, each, ...only, ...more })

/** The cases behind one figure. */
export const casesAddress = ({ zone, clock, only }: Asked, key: string, range: { from: string; to: string }, more: Words = {}): string =>
  `/insights/${key}/cases?${new URLSearchParams({ from: range.from, to: range.to, zone, clock, ...only, ...more }).toString()}`
