import type { Work } from '#platform'
import { refuse } from '../refusals.ts'
import { loadCase } from './load.ts'
import { addLink, dropLink, saveCase, type CaseRow } from './store.ts'
import { tellCase } from './tell.ts'

export type LinkKind = 'related' | 'duplicate' | 'problem'

/** Both cases, locked in the order of their numbers, so that two people who link the same two do not wait for each other in a ring. */
async function loadBoth(work: Work, number: number, other: number): Promise<[found: CaseRow, target: CaseRow]> {
  if (number === other) throw refuse('link.self')
  const first = await loadCase(work, Math.min(number, other))
  const second = await loadCase(work, Math.max(number, other))
  return first.number === number ? [first, second] : [second, first]
}

/** Both show the link, so both get a new version. */
async function tellBoth(work: Work, cases: [CaseRow, CaseRow], kind: 'case.linked' | 'case.unlinked', data: Record<string, unknown>) {
  for (const [index, found] of cases.entries()) tellCase(work, await saveCase(work.tx, found, work.at), kind, { other: cases[1 - index]?.number, ...data })
}

/** Says that two cases belong together: related, the same twice, or one the cause of the other. */
export async function linkCases(work: Work, number: number, other: number, kind: LinkKind): Promise<void> {
  const both = await loadBoth(work, number, other)
  if (await addLink(work.tx, both[0].id, both[1].id, kind, work.at)) await tellBoth(work, both, 'case.linked', { as: kind })
}

/** Takes every link between two cases away. */
export async function unlinkCases(work: Work, number: number, other: number): Promise<void> {
  const both = await loadBoth(work, number, other)
  if (await dropLink(work.tx, both[0].id, both[1].id)) await tellBoth(work, both, 'case.unlinked', {})
}
