import { holds, isFieldTerm, parseQuery, type Query, type QuerySubject } from '../query/model.ts'
import type { Db, Tx } from '#platform'
import type { Priority } from '../cases/model.ts'
import { allCalendars, calendarVersions, type CalendarRow } from './calendars/store.ts'
import type { Calendar, CalendarVersion, PolicyVersion, Terms, Versions } from './model.ts'
import { allPolicies, policyVersions, type PolicyRow } from './policies/store.ts'

/** The policies and calendars that hold, ready to be compared with cases. */
export interface Rules {
  stamp: number
  policies: readonly (PolicyRow & { query: Query })[]
  calendars: readonly CalendarRow[]
  /** Whether a condition asks for people, who are read only then. */
  asksPeople: boolean
}

const PEOPLE_FIELDS = new Set(['from', 'customer', 'language'])
const DATABASES_KEPT = 20
// What was read stays true as long as the stamp is the same; so each instance reads once a change, not once a case.
const read = new Map<string, Rules>()

/** The rules of a database as they are at a stamp. */
export async function rulesAt(db: Db | Tx, base: string, stamp: number): Promise<Rules> {
  const known = read.get(base)
  if (known?.stamp === stamp) return known
  const rules = rulesOf(stamp, await allPolicies(db), await allCalendars(db))
  if (read.size >= DATABASES_KEPT) read.clear()
  read.set(base, rules)
  return rules
}

/** Makes policies and calendars ready to be compared. */
export function rulesOf(stamp: number, policies: readonly PolicyRow[], calendars: readonly CalendarRow[]): Rules {
  const ready = policies.filter(({ active, archived }) => active && !archived).map((policy) => ({ ...policy, query: parseQuery(policy.condition).query }))
  for (const { id, terms } of policies) knownTerms.set(id, terms)
  for (const { id, calendar } of calendars) knownCalendars.set(id, calendar)
  return { stamp, policies: ready, calendars, asksPeople: ready.some(({ query }) => query.terms.some((term) => isFieldTerm(term) && PEOPLE_FIELDS.has(term.field))) }
}

/** What of a case decides about its promise. */
export interface Matchable {
  subject: QuerySubject
  priority: Priority
  segment: string | null
  siteId: string | null
  at: Date
}

export interface Match {
  policyVersion: string | null
  calendarVersion: string | null
  priority: Priority
  segment: string | null
}

/** The first policy that fits, and the calendar by which it counts for this case. */
export function matchOf(rules: Rules, { subject, priority, segment, siteId, at }: Matchable): Match {
  const policy = rules.policies.find(({ query }) => holds(query, subject, { now: at }))
  return { policyVersion: policy?.id ?? null, calendarVersion: policy ? calendarFor(rules, policy.terms, priority, siteId)?.id ?? null : null, priority, segment: policy ? segment : null }
}

/** Null: every hour counts. */
export function calendarFor(rules: Pick<Rules, 'calendars'>, terms: Terms, priority: Priority, siteId: string | null): CalendarRow | null {
  if (terms.hours === 'always' || terms.always.includes(priority)) return null
  if (terms.hours === 'calendar') return rules.calendars.find(({ calendarId }) => calendarId === terms.calendarId) ?? null
  const standing = rules.calendars.filter(({ archived }) => !archived)
  return standing.find(({ sites }) => siteId !== null && sites.includes(siteId)) ?? standing.find(({ standard }) => standard) ?? null
}

// Versions never change and their ids are unique in the world, so they are kept for as long as there is room.
const VERSIONS_KEPT = 2_000
const knownTerms = new Map<string, Terms>()
const knownCalendars = new Map<string, Calendar>()

/** Reads the versions that clocks refer to, so that the arithmetic finds them. */
export async function versionsFor(db: Db | Tx, needed: { policies: readonly (string | null)[]; calendars: readonly (string | null)[] }): Promise<Versions> {
  if (knownTerms.size > VERSIONS_KEPT) knownTerms.clear()
  if (knownCalendars.size > VERSIONS_KEPT) knownCalendars.clear()
  const missing = (ids: readonly (string | null)[], known: ReadonlyMap<string, unknown>) => [...new Set(ids.filter((id) => id !== null && !known.has(id)))].filter((id) => id !== null)
  const policies: PolicyVersion[] = await policyVersions(db, missing(needed.policies, knownTerms))
  const calendars: CalendarVersion[] = await calendarVersions(db, missing(needed.calendars, knownCalendars))
  for (const { id, terms } of policies) knownTerms.set(id, terms)
  for (const { id, calendar } of calendars) knownCalendars.set(id, calendar)
  return { terms: (id) => knownTerms.get(id) ?? null, calendar: (id) => (id === null ? null : knownCalendars.get(id) ?? null) }
}
