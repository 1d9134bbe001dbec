import type { Actor, Db } from '#platform'
import { requireCase } from '../cases/present.ts'
import type { Priority } from '../cases/model.ts'
import { holds, parseQuery, writeQuery, type QuerySubject } from '../query/model.ts'
import type { CalendarRow } from './calendars/store.ts'
import { allCalendars } from './calendars/store.ts'
import { addBusiness, metrics, openBetween, targetMs, warnMs, type Metric, type Terms } from './model.ts'
import { allPolicies, type PolicyRow } from './policies/store.ts'
import { calendarFor, rulesOf } from './rules.ts'
import { subjectOf } from './settle.ts'
import { peopleOf, placesNamed, readSettled } from './store.ts'

/** A case as somebody imagines it; what is left out is as in the case that is named, or as new cases are. */
export interface Imagined {
  case?: number
  at?: Date
  priority?: Priority
  kind?: string
  channel?: string
  queue?: string
  team?: string | null
  topic?: string | null
  tags?: string[]
  segment?: string | null
  account?: string | null
  customer?: string
  language?: string | null
  subject?: string
  draft?: { id: string | null; name: string; condition: string; terms: Terms }
}

export interface Tried {
  id: string | null
  name: string
  active: boolean
  condition: string
  result: 'matched' | 'later' | 'notMet' | 'off'
  unmet: string[]
}

export interface Probe {
  at: Date
  priority: Priority
  segment: string | null
  matched: string | null
  matchedName: string | null
  calendar: CalendarRow | null
  policies: Tried[]
  targets: { metric: Metric; minutes: number; dueAt: Date | null; warnAt: Date | null; fromSegment: boolean }[]
  open: { from: Date; to: Date }[]
  until: Date
}

const HOUR_MS = 3_600_000
const PICTURE_MAX_MS = 62 * 24 * HOUR_MS

/** What a case would be promised, and why: each policy in its order, when each target would be due, and when the calendar is open until then. */
export async function probe(db: Db, actor: Actor, imagined: Imagined, now: Date): Promise<Probe> {
  const { subject, siteId, openedAt } = await standIn(db, actor, imagined)
  const at = imagined.at ?? openedAt ?? now
  const policies = withDraft(await allPolicies(db), imagined.draft)
  const tried = tryAll(policies, subject, at)
  const matched = policies.find((_, index) => tried[index]?.result === 'matched') ?? null
  const rules = rulesOf(0, [], await allCalendars(db))
  const [priority, segment] = [imagined.priority ?? 'normal', subject.account?.segment ?? null]
  const shown: Priority = imagined.priority ?? priorityOf(subject.priority) ?? priority
  const calendar = matched && calendarFor(rules, matched.terms, shown, siteId)
  const targets = matched ? metrics.flatMap((metric) => targetOf(matched.terms, metric, { priority: shown, segment, at, calendar })) : []
  const last = Math.max(at.getTime(), ...targets.flatMap(({ dueAt }) => dueAt?.getTime() ?? []))
  const until = new Date(Math.min(last + Math.max(12 * HOUR_MS, (last - at.getTime()) / 8), at.getTime() + PICTURE_MAX_MS))
  return {
    at, priority: shown, segment, matched: matched?.policyId ?? null, matchedName: matched?.name ?? null, calendar, targets, until,
    policies: tried, open: openBetween(calendar?.calendar ?? null, new Date(at.getTime() - 6 * HOUR_MS), until),
  }
}

const priorityOf = (text: string): Priority | null => (text === 'low' || text === 'normal' || text === 'high' || text === 'urgent' ? text : null)

const DRAFT: PolicyRow = { id: '', policyId: '', name: '', number: 0, condition: '', terms: { hours: 'site', calendarId: null, always: [], targets: {}, segments: [], pauses: { pending: [], on_hold: [] }, graceMinutes: 0, warnPercent: 80 }, place: 0, active: true, archived: false, version: 0, demo: false }

/** What is being written takes its policy's place, or comes last as new ones do. */
function withDraft(policies: readonly PolicyRow[], draft: Imagined['draft']): PolicyRow[] {
  const standing = policies.filter(({ archived }) => !archived)
  if (!draft) return standing
  const { id, ...words } = draft
  if (id === null) return [...standing, { ...DRAFT, ...words }]
  return standing.map((policy) => (policy.policyId === id ? { ...policy, ...words, active: true } : policy))
}

function tryAll(policies: readonly PolicyRow[], subject: QuerySubject, now: Date): Tried[] {
  let found = false
  return policies.map(({ policyId, name, active, condition }) => {
    const { query } = parseQuery(condition)
    const unmet = query.terms.filter((term) => !holds({ terms: [term] }, subject, { now })).map((term) => writeQuery({ terms: [term] }))
    const result = !active ? 'off' : unmet.length > 0 ? 'notMet' : found ? 'later' : 'matched'
    found ||= result === 'matched'
    return { id: policyId || null, name, active, condition, result, unmet }
  })
}

interface Promising {
  priority: Priority
  segment: string | null
  at: Date
  calendar: CalendarRow | null
}

function targetOf(terms: Terms, metric: Metric, { priority, segment, at, calendar }: Promising): Probe['targets'] {
  const ms = targetMs(terms, metric, priority, segment)
  if (ms === null) return []
  const hours = calendar?.calendar ?? null
  return [{
    metric, minutes: ms / 60_000, dueAt: addBusiness(hours, at, ms), warnAt: addBusiness(hours, at, warnMs(ms, terms)),
    fromSegment: terms.segments.some((override) => override.segment === segment && override.targets[priority]?.[metric] !== undefined),
  }]
}

const NEW: QuerySubject = {
  number: 0, subject: '', status: 'new', priority: 'normal', kind: 'question', channel: 'email', queue: { id: '', key: '', name: '' }, team: null, assignee: null, account: null,
  customer: { id: '', name: '', language: null, addresses: [] }, from: [], topic: null, tags: [], openedAt: new Date(0), updatedAt: new Date(0), solvedAt: null, dueAt: null, waitingSince: null,
  snoozedUntil: null, removed: null, merged: false, unread: false, attachments: false, suggestions: false, texts: [],
}

/** The case that is meant, with what is imagined over it. @throws case.notFound also when it lies behind a wall */
async function standIn(db: Db, actor: Actor, imagined: Imagined): Promise<{ subject: QuerySubject; siteId: string | null; openedAt: Date | null }> {
  const real = imagined.case === undefined ? null : await realCase(db, actor, imagined.case)
  const places = await placesNamed(db, { queue: imagined.queue ?? null, team: imagined.team ?? null, topic: imagined.topic ?? null, account: imagined.account ?? null, barred: actor.kind === 'system' ? [] : actor.barred })
  const base = real?.subject ?? NEW
  const account = imagined.account === undefined ? base.account : places.account
  const { customer, language } = imagined
  return {
    openedAt: real?.openedAt ?? null, siteId: imagined.team === undefined ? real?.siteId ?? null : places.team?.siteId ?? null,
    subject: {
      ...base, priority: imagined.priority ?? base.priority, kind: imagined.kind ?? base.kind, channel: imagined.channel ?? base.channel, subject: imagined.subject ?? base.subject,
      queue: imagined.queue === undefined ? base.queue : places.queue ?? base.queue, team: imagined.team === undefined ? base.team : places.team,
      topic: imagined.topic === undefined ? base.topic : places.topic, tags: imagined.tags ?? base.tags,
      account: imagined.segment === undefined ? account : imagined.segment === null ? null : { id: account?.id ?? '', name: account?.name ?? '', segment: imagined.segment },
      customer: { ...base.customer, ...(customer === undefined ? {} : { name: customer, addresses: [customer.toLowerCase()] }), ...(language === undefined ? {} : { language }) },
      from: customer === undefined ? base.from : [customer.toLowerCase()],
    },
  }
}

async function realCase(db: Db, actor: Actor, number: number) {
  await requireCase(db, actor, number)
  const read = await readSettled(db, number)
  if (!read) return null
  const people = await peopleOf(db, [number])
  return { subject: subjectOf(read.found, people.get(number) ?? null), siteId: read.found.team?.siteId ?? null, openedAt: read.found.openedAt }
}
