import type { Actor, Db } from '#platform'
import { requireCase } from '../cases/present.ts'
import { allCalendars, calendarVersions } from './calendars/store.ts'
import { addBusiness, businessMs, consumedAt, metrics, shownPromise, type CalendarVersion, type Clock, type PolicyVersion, type ShownPromise } from './model.ts'
import { policyVersions } from './policies/store.ts'
import { versionsFor } from './rules.ts'
import { clocksOfNumbers, ledgerOf, readSettled, type LedgerEntry } from './store.ts'

/** Everything about the promises of a case. */
export interface CaseSla {
  policy: PolicyVersion | null
  calendar: CalendarVersion | null
  now: Date
  shown: ShownPromise | null
  clocks: Clock[]
  ledger: LedgerEntry[]
}

/** The clocks of a case as they stand now, what holds for it, and its ledger. @throws case.notFound */
export async function readSla(db: Db, actor: Actor, number: number, now: Date): Promise<CaseSla> {
  const { id } = await requireCase(db, actor, number)
  const state = (await readSettled(db, number))?.found.clocks ?? null
  const clocks = metrics.flatMap((metric) => state?.clocks[metric] ?? [])
  const versions = await versionsFor(db, { policies: clocks.map(({ policyVersion }) => policyVersion), calendars: clocks.map(({ calendarVersion }) => calendarVersion) })
  const [policy] = state?.policyVersion ? await policyVersions(db, [state.policyVersion]) : []
  const [calendar] = state?.calendarVersion ? await calendarVersions(db, [state.calendarVersion]) : []
  return {
    policy: policy ?? null, calendar: calendar ?? null, now, shown: shownPromise(clocks, now), ledger: await ledgerOf(db, id),
    clocks: clocks.map((clock) => ({ ...clock, consumedMs: consumedAt(clock, versions.calendar(clock.calendarVersion), now) })),
  }
}

/** The promise that each of these cases shows in a list or on a board; cases without one are left out. */
export async function slaOf(db: Db, numbers: readonly number[], now: Date = new Date()): Promise<Map<number, ShownPromise>> {
  const clocks = await clocksOfNumbers(db, numbers)
  return new Map([...clocks].flatMap(([number, each]) => { const shown = shownPromise(each, now); return shown ? [[number, shown] as const] : [] }))
}

/** The calendars that hold now, for whoever measures in business hours. */
export interface Calendars {
  /** That of a site, else the standard one; null when there is none, and every hour counts. */
  ofSite(siteId: string | null): CalendarVersion | null
  /** Business time between two instants at a site, in milliseconds. */
  ms(siteId: string | null, from: Date, to: Date): number
  add(siteId: string | null, from: Date, ms: number): Date | null
}

/** Reads the calendars as they are now. */
export async function calendarsAt(db: Db): Promise<Calendars> {
  const standing = (await allCalendars(db)).filter(({ archived }) => !archived)
  const standard = standing.find((calendar) => calendar.standard) ?? null
  const bySite = new Map(standing.flatMap((calendar) => calendar.sites.map((site) => [site, calendar] as const)))
  const ofSite = (siteId: string | null) => (siteId === null ? standard : bySite.get(siteId) ?? standard)
  return {
    ofSite, ms: (siteId, from, to) => businessMs(ofSite(siteId)?.calendar ?? null, from, to), add: (siteId, from, ms) => addBusiness(ofSite(siteId)?.calendar ?? null, from, ms),
  }
}
