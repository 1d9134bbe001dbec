import type { Actor, Db } from '#platform'
import { measureOf } from '../measures/catalogue.ts'
import { dimensions, type Clock, type Dimension, type Measure, type Period } from '../measures/model.ts'
import { refuse } from '../refusals.ts'
import { boundsOf, type Ask } from './store.ts'

/** What a request says, as words. */
export interface Asked extends Partial<Record<Dimension, string | undefined>> {
  from?: string | undefined
  to?: string | undefined
  zone?: string | undefined
  by?: Dimension | undefined
  each?: Period | undefined
  clock?: Clock | undefined
}

const DAY_MS = 86_400_000
const RANGE_DAYS = 28
const RANGE_DAYS_MAX = 366 * 5

/** @throws measure.notFound */
export function requireMeasure(key: string): Measure {
  const measure = measureOf(key)
  if (!measure) throw refuse('measure.notFound', { measure: key })
  return measure
}

/** Reads what was asked for. `seesAgents`: whether the reader may have figures of single people. @throws refusals that name the field */
export async function readAsk(db: Db, actor: Actor, given: { key: string; asked: Asked; seesAgents: boolean; now: Date }): Promise<Ask> {
  const { key, asked, seesAgents, now } = given
  const measure = requireMeasure(key)
  const only: Ask['only'] = {}
  for (const dimension of dimensions) {
    const words = asked[dimension]?.split(',').map((word) => word.trim()).filter(Boolean)
    if (words?.length) only[dimension] = words
  }
  for (const wanted of [asked.by, ...dimensions.filter((dimension) => only[dimension])]) {
    if (wanted === 'agent' && !seesAgents) throw refuse('measure.agents')
    if (wanted && !measure.by.includes(wanted)) throw refuse('measure.dimension', { measure: measure.key, by: wanted, errors: [{ path: 'querystring/by', code: 'measure.dimension' }] })
  }
  const zone = zoneOf(asked.zone)
  const { from, to } = await range(db, asked, zone, now)
  return { measure, from, to, zone, clock: asked.clock ?? 'calendar', by: asked.by ?? null, each: asked.each ?? null, only, barred: actor.kind === 'system' ? [] : actor.barred }
}

const invalid = (field: string) => refuse('measure.range', { errors: [{ path: `querystring/${field}`, code: 'format' }] })

/** The name of a zone as the database knows it; UTC unless told. @throws measure.range */
export function zoneOf(word: string | undefined): string {
  try {
    // Intl knows more spellings than the database; offsets such as +02:00 would mean the opposite there.
    return word === undefined || /^[+-]/.test(word) ? 'UTC' : new Intl.DateTimeFormat('en', { timeZone: word }).resolvedOptions().timeZone
  } catch {
    throw invalid('zone')
  }
}

/** A date, or an instant in the one form that the database reads. */
function moment(field: 'from' | 'to', text: string): string {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw invalid(field)
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return at.toISOString()
  // 31 February is no date, though JavaScript finds one.
  if (!at.toISOString().startsWith(text)) throw invalid(field)
  return text
}

async function range(db: Db, { from, to }: Asked, zone: string, now: Date): Promise<{ from: Date; to: Date }> {
  const end = moment('to', to ?? now.toISOString())
  const begin = moment('from', from ?? new Date(Date.parse(end) - RANGE_DAYS * DAY_MS).toISOString().slice(0, 10))
  const bounds = await boundsOf(db, begin, end, zone)
  const days = (bounds.to.getTime() - bounds.from.getTime()) / DAY_MS
  if (!(days > 0) || days > RANGE_DAYS_MAX) throw refuse('measure.range', { errors: [{ path: 'querystring/from', code: 'measure.range' }] })
  return bounds
}
