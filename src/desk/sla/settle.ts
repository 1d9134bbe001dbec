import { factsOfCase, type Work } from '#platform'
import type { QuerySubject } from '../query/model.ts'
import { decide, decideAll, noClocks, type Decided, type Happening, type Told } from './decide.ts'
import { asksAlign, asksMatch, concerns, happeningOf, type CaseFact } from './happening.ts'
import { metrics, soonest, type CaseClocks, type Clock, type Versions } from './model.ts'
import { recompute } from './recompute.ts'
import { matchOf, rulesAt, versionsFor, type Match, type Rules } from './rules.ts'
import { lockForSettling, peopleOf, saveSettlements, type People, type SettledCase, type Settlement } from './store.ts'

/** What was told of cases in a unit of work and is not settled yet. */
interface Gathered {
  round: number
  facts: Map<number, CaseFact[]>
}
const gathered = new WeakMap<Work, Gathered>()

/** Settles the promises of a case after what was told of it: once a unit of work for all its cases together, just before it commits. */
export function promiseAfter(work: Work, number: number, kind: string, data: Record<string, unknown>): void {
  const fact = { kind, at: work.at, actor: work.actor, data }
  if (!concerns(fact)) return
  const waiting = gathered.get(work) ?? { round: 0, facts: new Map<number, CaseFact[]>() }
  gathered.set(work, waiting)
  waiting.facts.set(number, [...waiting.facts.get(number) ?? [], fact])
  // What is told after this round was settled makes another one.
  work.beforeCommit(`sla:${waiting.round}`, async () => {
    const { facts } = waiting
    waiting.facts = new Map()
    waiting.round += 1
    await settle(work, [...facts.keys()], (number) => facts.get(number) ?? [])
  })
}

/** Compares cases with the policies anew, because those changed, or something that cases say nothing about. */
export const applyAnew = (work: Work, numbers: readonly number[], why: string): Promise<void> => settle(work, numbers, () => [], { why, looked: false })

/** Notes what came due by the clock. */
export const lookAt = (work: Work, numbers: readonly number[]): Promise<void> => settle(work, numbers, () => [], { why: null, looked: true })

interface Asked {
  /** Compare with the policies whatever happened; the ledger says why. */
  why: string | null
  looked: boolean
}

async function settle(work: Work, numbers: readonly number[], factsFor: (number: number) => readonly CaseFact[], asked: Asked = { why: null, looked: false }): Promise<void> {
  const loaded = numbers.length === 0 ? null : await lockForSettling(work.tx, numbers)
  if (!loaded) return
  const rules = await rulesAt(work.tx, loaded.base, loaded.stamp)
  // As long as nothing was ever promised there is nothing to keep: whatever is needed later is in the log.
  const concerned = rules.policies.length === 0 ? loaded.cases.filter(({ clocks }) => clocks !== null) : loaded.cases
  if (concerned.length === 0) return
  const people = rules.asksPeople ? await peopleOf(work.tx, concerned.map(({ number }) => number)) : new Map<number, People>()
  const versions = await versionsFor(work.tx, {
    policies: concerned.flatMap(({ clocks }) => [clocks?.policyVersion ?? null, ...clocksOf(clocks).map(({ policyVersion }) => policyVersion)]),
    calendars: concerned.flatMap(({ clocks }) => [clocks?.calendarVersion ?? null, ...clocksOf(clocks).map(({ calendarVersion }) => calendarVersion)]),
  })
  const settlements: Settlement[] = []
  for (const found of concerned) {
    const facts = factsFor(found.number)
    const before = found.clocks ?? await begin(work, found, facts, versions)
    const round = { work, found, before, rules, versions, person: people.get(found.number) ?? null }
    settlements.push(settleOne(round, facts, { ...asked, why: asked.why ?? (found.clocks === null ? 'opened' : null) }))
  }
  await saveSettlements(work.tx, settlements)
}

const clocksOf = (state: CaseClocks | null): Clock[] => metrics.flatMap((metric) => state?.clocks[metric] ?? [])

/** Where a case stood before, when nothing was ever settled for it: at its beginning, or where the log says. */
async function begin(work: Work, found: SettledCase, facts: readonly CaseFact[], versions: Versions): Promise<CaseClocks> {
  if (facts[0]?.kind === 'case.opened') return noClocks(work.at)
  const told = await factsOfCase(work.tx, found.number, 0, FACTS_MAX)
  if (told.length > 0) return recompute(told, versions).after
  return { ...noClocks(found.openedAt), status: found.status, waiting: found.waitingSince !== null, replied: found.firstRepliedAt !== null }
}

const FACTS_MAX = 100_000

interface Round {
  work: Work
  found: SettledCase
  before: CaseClocks
  rules: Rules
  versions: Versions
  person: People | null
}

function settleOne(round: Round, facts: readonly CaseFact[], asked: Asked): Settlement {
  const { work, found, before, rules, versions } = round
  const happenings = facts.flatMap((fact) => happeningOf(fact) ?? [])
  let decided = decideAll(before, asked.looked ? [...happenings, { at: work.at, what: 'looked' }] : happenings, versions)
  const told: Told[] = [...decided.told]
  const follow = (kind: 'sla.realigned' | 'sla.applied', data: Record<string, unknown>) => {
    const fact = { kind, at: work.at, actor: work.actor, data }
    tell(round, kind, data)
    const next: Happening | null = happeningOf(fact)
    if (next) decided = joined(decided, decide(decided.after, next, versions))
  }
  if (facts.some(({ kind }) => asksAlign(kind))) follow('sla.realigned', standing(found))
  const why = asked.why ?? reasonOf(facts)
  const match = why === null ? null : matchOf(rules, matchable(round))
  if (match && differs(decided.after, match)) follow('sla.applied', { ...match, why: facts[0]?.kind === 'case.opened' ? 'opened' : why })
  told.push(...decided.told.slice(told.length))
  for (const { kind, metric, data } of told) tell(round, kind, { metric, ...data })
  const { after } = decided
  return {
    caseId: found.id, stamp: match ? rules.stamp : found.stamp, state: after, notedAt: work.at, entries: decided.entries, dueAt: soonest(after.clocks),
    clocks: clocksOf(after).filter((clock) => clock !== before.clocks[clock.metric]),
  }
}

/** What changed that policies look at, as the ledger says it; null when nothing did. */
function reasonOf(facts: readonly CaseFact[]): string | null {
  const noun = facts.find(({ kind }) => asksMatch(kind))?.kind.split('.')[0] ?? null
  return noun === 'customer' ? 'customerChanged' : noun
}

const joined = (first: Decided, next: Decided): Decided => ({ after: next.after, entries: [...first.entries, ...next.entries], told: [...first.told, ...next.told] })

const tell = ({ work, found }: Round, kind: `sla.${string}`, data: Record<string, unknown>) => work.tell('desk', { kind, case: found.number, data: { ...data, version: found.version } })

const standing = (found: SettledCase) => ({
  waiting: found.waitingSince !== null, replied: found.firstRepliedAt !== null, suspended: found.merged ? 'merged' : found.removed === null ? null : 'removed', status: found.status,
})

/** Nothing promised before and nothing now is no difference, whatever the priority is. */
const differs = (state: CaseClocks, match: Match) =>
  state.policyVersion !== match.policyVersion || (match.policyVersion !== null
    && (state.calendarVersion !== match.calendarVersion || state.priority !== match.priority || state.segment !== match.segment))

function matchable({ work, found, person }: Round) {
  return { subject: subjectOf(found, person), priority: found.priority, segment: found.account?.segment ?? null, siteId: found.team?.siteId ?? null, at: work.at }
}

/** A case as the conditions of policies see it: what they may not ask is left blank. */
export const subjectOf = (found: SettledCase, person: People | null): QuerySubject => ({
  number: found.number, subject: found.subject, status: found.status, priority: found.priority, kind: found.kind, channel: found.channel, queue: found.queue, team: found.team, assignee: null,
  account: found.account, customer: person?.customer ?? { id: '', name: '', language: null, addresses: [] }, from: person?.from ?? [], topic: found.topic, tags: found.tags,
  openedAt: found.openedAt, updatedAt: found.openedAt, solvedAt: null, dueAt: null, waitingSince: null, snoozedUntil: null, removed: null, merged: false, unread: false, attachments: false,
  suggestions: false, texts: [],
})
