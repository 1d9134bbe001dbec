import { refuse as refuseGround, violatedConstraint, type Actor, type Db, type Tx, type Work } from '#platform'
import { requireCase } from '../../cases/present.ts'
import { refuse } from '../../refusals.ts'
import { tellNotices } from './follow.ts'
import { nextDigestAt, type NoticeSettings } from './model.ts'
import { keepSettings, listenersByIds, type Listener } from './settings.ts'
import { dropNotices, markNotices, type Mark } from './store.ts'

export interface Marking {
  as: Mark
  /** These; else those of a case; else all. */
  ids?: readonly string[] | undefined
  case?: number | undefined
}

/** The person whose notices these are. @throws notice.agentsOnly */
export function ownerOf(work: Pick<Work, 'actor'>): string {
  if (work.actor.kind !== 'agent') throw refuse('notice.agentsOnly')
  return work.actor.id
}

/** Marks the actor's own notices. @returns the ids of those that this changed, so that exactly they can be marked back. */
export async function markOwnNotices(work: Work, { as, ids, case: number }: Marking): Promise<string[]> {
  const agentId = ownerOf(work)
  const caseId = number === undefined ? undefined : (await requireCase(work.tx, work.actor, number)).id
  const marked = await markNotices(work.tx, { agentId, mark: as, at: work.at, ...(ids ? { ids } : {}), ...(caseId ? { caseId } : {}) })
    .catch((error: unknown) => { throw violatedConstraint(error) === 'notice_unread' ? refuse('notice.newer') : error })
  if (marked.length > 0) tellNotices(work, 'notice.marked', [agentId], { as, count: marked.length })
  return marked
}

/** Whoever looks at a case has seen what its notices say. */
export async function seeNotices(work: Work, caseId: string, agentId: string): Promise<void> {
  const seen = await markNotices(work.tx, { agentId, mark: 'read', caseId, at: work.at })
  if (seen.length > 0) tellNotices(work, 'notice.marked', [agentId], { as: 'read', count: seen.length })
}

/** What the actor has chosen; the standard choices until they choose. */
export async function ownListener(work: { tx: Db | Tx; actor: Actor }): Promise<Listener> {
  const listener = (await listenersByIds(work.tx, [ownerOf(work)])).get(work.actor.id)
  if (!listener) throw refuse('notice.agentsOnly')
  return listener
}

/** Keeps what somebody chooses for themselves, against the version seen; what is left out stays. */
export async function changeNoticeSettings(work: Work, change: Partial<NoticeSettings>, versionSeen: number | null = null): Promise<Listener> {
  const before = await ownListener(work)
  if (versionSeen !== null && versionSeen !== before.version + 1) throw refuseGround('version.stale', { version: before.version + 1, versionSeen })
  const settings: NoticeSettings = { ...before.settings, ...change, ways: { ...before.settings.ways, ...change.ways } }
  const version = await keepSettings(work.tx, before.id, settings, { digestAt: nextDigestAt(settings, work.at, before.zone), versionSeen: before.version })
  if (version === null) throw refuseGround('version.stale', { version: before.version + 1, versionSeen: versionSeen ?? before.version + 1 })
  tellNotices(work, 'notice.marked', [before.id], { as: 'settings', digest: settings.digest })
  return { ...before, settings, version }
}

const DAY_MS = 86_400_000
/** What was read or done goes after a month, what was never looked at after half a year. */
const KEPT_DAYS = { done: 30, unread: 180 }

/** @returns how many were thrown away, at most `limit`. */
export const dropOldNotices = (work: Work, limit: number): Promise<number> =>
  dropNotices(work.tx, { doneBefore: new Date(work.at.getTime() - KEPT_DAYS.done * DAY_MS), before: new Date(work.at.getTime() - KEPT_DAYS.unread * DAY_MS), limit })
