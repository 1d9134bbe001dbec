import { decideStatus, isUnsolved, type Life, type Status, type StatusFact } from '../cases/model.ts'

/** What merging makes of two cases and how it is taken back: pure decisions. Also runs in the browser. */

/** What of a case's course a merge changes. */
export interface Course {
  life: Life
  waitingSince: Date | null
  lastMessageAt: Date
}

/** The case that is kept has the work of both: where the other one's customer waits, it is at work again. */
export function courseOfBoth(kept: Course, other: Course, at: Date): Course & { fact: StatusFact | null } {
  const waitingSince = earlier(kept.waitingSince, isUnsolved(other.life.status) ? other.waitingSince : null)
  const wakes = isUnsolved(other.life.status) && other.waitingSince !== null && (kept.life.status === 'pending' || kept.life.status === 'on_hold' || kept.life.status === 'solved')
  const decision = wakes ? decideStatus(kept.life, 'open', at) : null
  const moved = decision && 'life' in decision ? decision : { life: kept.life, fact: null }
  return { ...moved, waitingSince, lastMessageAt: later(kept.lastMessageAt, other.lastMessageAt) }
}

const earlier = (a: Date | null, b: Date | null): Date | null => (a === null ? b : b === null || a <= b ? a : b)
const later = (a: Date, b: Date): Date => (a >= b ? a : b)
const same = (a: Date | null, b: Date | null): boolean => a?.getTime() === b?.getTime()

/** What the kept case is after the other one left: as it was, in whatever nobody has changed since; else what its own messages say. */
export function courseWithout(now: Course, before: Course, merged: Course, own: { waitingSince: Date | null }): Course {
  const untouched = now.life.status === merged.life.status && same(now.life.statusAt, merged.life.statusAt)
  return {
    life: untouched ? before.life : now.life,
    lastMessageAt: same(now.lastMessageAt, merged.lastMessageAt) ? before.lastMessageAt : now.lastMessageAt,
    waitingSince: same(now.waitingSince, merged.waitingSince) ? before.waitingSince : now.waitingSince === null ? null : own.waitingSince,
  }
}

/** What the other case is when it stands alone again: as it was, and as if what its customer wrote meanwhile had just come in. */
export function courseRestored(before: Course, wroteAt: Date | null, at: Date): Course & { fact: StatusFact | null } {
  if (wroteAt === null) return { ...before, fact: null }
  const decision = isUnsolved(before.life.status) && before.life.status !== 'pending' && before.life.status !== 'on_hold' ? null : decideStatus(before.life, 'open', at)
  const moved = decision && 'life' in decision ? decision : { life: before.life, fact: null }
  return { ...moved, waitingSince: before.waitingSince ?? wroteAt, lastMessageAt: later(before.lastMessageAt, wroteAt) }
}

/** What should be looked at before two cases become one. */
export type MergeWarning = 'accounts' | 'wall' | 'leaving' | 'sides'

export interface Mergeable {
  customerId: string
  accountId: string | null
  status: Status
}

/** Whether the answers of one case would show one business what another one wrote. */
export const betweenAccounts = (kept: Omit<Mergeable, 'status'>, other: Omit<Mergeable, 'status'>): boolean =>
  kept.customerId !== other.customerId && (kept.accountId === null || kept.accountId !== other.accountId)

const words = (subject: string): Set<string> => new Set(subject.toLowerCase().normalize('NFKC').match(/[\p{L}\p{N}]{3,}/gu) ?? [])

/** How much two subjects have in common, from 0 to 1: their shared words among all (Jaccard). */
export function likeness(a: string, b: string): number {
  const [first, second] = [words(a), words(b)]
  const shared = [...first].filter((word) => second.has(word)).length
  return shared === 0 ? 0 : shared / (first.size + second.size - shared)
}
