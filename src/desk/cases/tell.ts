import type { Fact, Work } from '#platform'
import { wakeAfter } from '../attention/snooze/wake.ts'
import { promiseAfter } from '../sla/settle.ts'
import type { CaseRow } from './store.ts'

/** Tells a fact of a case with the version that it made, so that "what changed since you looked" can be answered from the log. */
export function tellCase(work: Work, found: Pick<CaseRow, 'number' | 'version'>, kind: Fact['kind'], data: Record<string, unknown> = {}): void {
  work.tell('desk', { kind, case: found.number, data: { ...data, version: found.version } })
  promiseAfter(work, found.number, kind, data)
  wakeAfter(work, found.number, kind, data)
}
