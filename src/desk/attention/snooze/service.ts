import { maskCards } from '#language'
import type { Work } from '#platform'
import { loadCase, loadWorkable } from '../../cases/load.ts'
import { isUnsolved } from '../../cases/model.ts'
import type { CaseRow } from '../../cases/store.ts'
import { refuse } from '../../refusals.ts'
import { SNOOZE_DAYS_MAX } from './model.ts'
import { putOff, wakeDue, wakeNow } from './store.ts'
import { tellWoken } from './wake.ts'

export interface Snoozing {
  /** Null until the customer writes. */
  until: Date | null
  /** What it waits for, for colleagues. */
  reason?: string | null | undefined
}

/** Puts a case off: out of the lists of work at hand until then, or until its customer writes. Put off again, the later word holds. */
export async function snoozeCase(work: Work, number: number, { until, reason = null }: Snoozing, versionSeen: number | null = null): Promise<CaseRow> {
  const found = await loadWorkable(work, number, versionSeen)
  if (!isUnsolved(found.status)) throw refuse('snooze.solved')
  if (until !== null && until <= work.at) throw refuse('snooze.past', { errors: [{ path: '/until', code: 'snooze.past' }] })
  if (until !== null && until.getTime() - work.at.getTime() > SNOOZE_DAYS_MAX * 86_400_000) throw refuse('snooze.tooFar', { errors: [{ path: '/until', code: 'snooze.tooFar' }] })
  const by = work.actor.kind === 'agent' ? work.actor.id : null
  const words = reason === null ? null : maskCards(reason).text.trim() || null
  const version = await putOff(work.tx, found.id, { until, by, at: work.at, reason: words })
  work.tell('desk', { kind: 'case.snoozed', case: number, data: { until: until?.toISOString() ?? null, by, version } })
  return { ...found, version }
}

/** Brings a case back before its time. One that is awake stays as it is, and nothing is told. */
export async function wakeCase(work: Work, number: number, versionSeen: number | null = null): Promise<CaseRow> {
  const found = await loadCase(work, number, versionSeen)
  const woken = await wakeNow(work.tx, number, work.at)
  if (!woken) return found
  tellWoken(work, woken, 'agent')
  return { ...found, version: woken.version }
}

/** Wakes cases whose instant has come, also long ago. @returns how many, at most `limit`. */
export async function wakeDueCases(work: Work, limit: number): Promise<number> {
  const woken = await wakeDue(work.tx, work.at, limit)
  for (const one of woken) tellWoken(work, one, 'time')
  return woken.length
}
