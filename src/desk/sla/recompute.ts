import { decideAll, noClocks, type Decided } from './decide.ts'
import { happeningOf, type CaseFact } from './happening.ts'
import type { Versions } from './model.ts'

/** The clocks and the ledger of a case, from its facts alone: what is stored must be the same, so nobody has to believe it. */
export function recompute(facts: readonly CaseFact[], versions: Versions): Decided {
  const happenings = facts.flatMap((fact) => happeningOf(fact) ?? [])
  return decideAll(noClocks(facts[0]?.at ?? new Date(0)), happenings, versions)
}
