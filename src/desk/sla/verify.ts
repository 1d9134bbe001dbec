import { factsOfCase, type Db, type LoggedFact } from '#platform'
import type { Decided } from './decide.ts'
import type { CaseFact } from './happening.ts'
import { metrics, type CaseClocks, type Entry } from './model.ts'
import { recompute } from './recompute.ts'
import { versionsFor } from './rules.ts'
import { ledgerOf, readSettled } from './store.ts'

/** A place at which what is stored is not what the log says. */
export interface Difference {
  where: string
  stored: string
  recomputed: string
}

export interface Verified {
  facts: number
  entries: number
  differences: Difference[]
}

const PAGE = 5_000

/** Works out the clocks and the ledger of a case from its facts, and compares them with what is stored. Null when there is no such case. */
export async function verifyCase(db: Db, number: number): Promise<Verified | null> {
  const read = await readSettled(db, number)
  if (!read) return null
  const facts = await everyFact(db, number)
  const ledger = await ledgerOf(db, read.found.id)
  const proven = recompute(facts, await versionsFor(db, namedIn(facts)))
  // As long as nothing was promised nothing is stored, and the log says what is needed when something is.
  const differences = read.found.clocks === null && proven.entries.length === 0 && ledger.length === 0 ? [] : compare(read.found.clocks, ledger, proven)
  return { facts: facts.length, entries: ledger.length, differences }
}

async function everyFact(db: Db, number: number): Promise<LoggedFact[]> {
  const all: LoggedFact[] = []
  for (let page = await factsOfCase(db, number, 0, PAGE); page.length > 0; page = await factsOfCase(db, number, Number(all.at(-1)?.id), PAGE)) all.push(...page)
  return all
}

/** The versions of policies and calendars that facts name. */
function namedIn(facts: readonly CaseFact[]) {
  const named = (field: string) => facts.filter(({ kind }) => kind === 'sla.applied').map(({ data }) => data[field]).filter((id) => typeof id === 'string')
  return { policies: named('policyVersion'), calendars: named('calendarVersion') }
}

function compare(stored: CaseClocks | null, ledger: readonly Entry[], { after, entries }: Decided): Difference[] {
  const differs = (where: string, one: unknown, other: unknown) => (text(one) === text(other) ? [] : [{ where, stored: text(one), recomputed: text(other) }])
  const length = Math.max(ledger.length, entries.length)
  return [
    ...differs('case', stored && state(stored), state(after)),
    ...metrics.flatMap((metric) => differs(`clock ${metric}`, stored?.clocks[metric] ?? null, after.clocks[metric] ?? null)),
    ...Array.from({ length }, (_, index) => index).flatMap((index) => differs(`entry ${index + 1}`, line(ledger[index]), line(entries[index]))),
  ]
}

const state = ({ clocks: _clocks, ...rest }: CaseClocks) => rest
const line = (entry: Entry | undefined) => entry && { metric: entry.metric, what: entry.what, at: entry.at, consumedMs: entry.consumedMs, dueAt: entry.dueAt, policyVersion: entry.policyVersion, why: entry.why }

/** In one order of names, so that what is the same reads the same. */
const text = (value: unknown): string => JSON.stringify(value ?? null, (_key, inner: unknown) =>
  (typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => a.localeCompare(b))) : inner))
