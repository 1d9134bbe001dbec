import { oneOf } from '#platform'
import { statuses } from '../cases/model.ts'
import type { Course } from './model.ts'

/** What stood before a merge, as its row keeps it: all that taking it back needs. */
export interface Before {
  /** The case that went in. */
  other: Course
  /** The case that was kept: before, and as the merge left it. */
  kept: Course
  merged: Course
  /** The problem of the kept case, before and after. */
  parent: { before: string | null; after: string | null }
  /** Incidents that were the other case's. */
  incidents: string[]
  /** Addresses and tags that only the merge brought. */
  people: string[]
  tags: string[]
  /** Agents who watch the kept case because they watched the other. */
  watchers: string[]
  drafts: MovedDraft[]
  /** What joined since has a later place than this one. */
  place: number
}

/** A draft that went along: as it was, or joined to what its writer had begun in the kept case. */
export interface MovedDraft {
  agentId: string
  visibility: 'public' | 'note'
  joined: { kept: string; other: string; version: number } | null
}

const lifeOf = ({ life, waitingSince, lastMessageAt }: Course) => ({
  status: life.status, statusAt: life.statusAt.toISOString(), solvedAt: life.solvedAt?.toISOString() ?? null, closedAt: life.closedAt?.toISOString() ?? null, reopens: life.reopens,
  waitingSince: waitingSince?.toISOString() ?? null, lastMessageAt: lastMessageAt.toISOString(),
})

export const writeBefore = (before: Before): string =>
  JSON.stringify({ ...before, other: lifeOf(before.other), kept: lifeOf(before.kept), merged: lifeOf(before.merged) })

type Kept = ReturnType<typeof lifeOf>
export type BeforeRow = Omit<Before, 'other' | 'kept' | 'merged'> & { other: Kept; kept: Kept; merged: Kept }

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text))
const courseOf = (kept: Kept): Course => ({
  life: { status: oneOf(statuses, kept.status), statusAt: new Date(kept.statusAt), solvedAt: instant(kept.solvedAt), closedAt: instant(kept.closedAt), reopens: kept.reopens },
  waitingSince: instant(kept.waitingSince), lastMessageAt: new Date(kept.lastMessageAt),
})

export const readBefore = (row: BeforeRow): Before => ({ ...row, other: courseOf(row.other), kept: courseOf(row.kept), merged: courseOf(row.merged) })
