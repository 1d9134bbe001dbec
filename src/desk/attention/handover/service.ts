import { maskCards } from '#language'
import { findAgent, setPresence } from '#people'
import { newId, refuse as refuseGround, type Work } from '#platform'
import { loadWorkable } from '../../cases/load.ts'
import { changeCase, handOver } from '../../cases/service.ts'
import type { CaseRow } from '../../cases/store.ts'
import { findQueueId } from '../../queues/store.ts'
import { refuse } from '../../refusals.ts'
import { createNote } from '../../replies/note.ts'
import { snoozeCase, wakeCase } from '../snooze/service.ts'
import { snoozeOf } from '../snooze/store.ts'
import { attempt } from './attempt.ts'
import { suggestedNote, type HandoverDeed, type Standing } from './model.ts'
import { insertHandedCase, insertHandover, lockHandover, noteUndone, openWorkOf, type Before, type OpenCase, type ToUndo } from './store.ts'

export interface HandingOver {
  number: number
  deed: HandoverDeed
  /** The version of the case that was looked at. */
  version?: number | undefined
  /** For `give`: the colleague. */
  agent?: string | undefined
  /** For `queue`: by id or key; the case's own unless told. */
  queue?: string | undefined
  /** For `snooze`: when one is back, unless told. */
  until?: Date | undefined
  note?: string | undefined
}

export interface ShiftEnd {
  backAt: Date | null
  /** Whether the presence becomes off. */
  leave: boolean
  note: string
  cases: readonly HandingOver[]
}

/**
 * Ends a shift: does with each case what was chosen, in one unit of work, and writes it down for those who take over. A case that cannot be
 * handed so stays as it is, and the record says why. @returns the record's id.
 */
export async function endShift(work: Work, given: ShiftEnd): Promise<string> {
  const me = work.actor.kind === 'agent' ? await findAgent(work.tx, work.actor.id) : null
  if (!me) throw refuse('handover.agentsOnly')
  const id = newId()
  const open = new Map((await openWorkOf(work.tx, me.id, work.actor.barred)).map((one) => [one.number, one]))
  await insertHandover(work.tx, { id, agentId: me.id, teamId: me.teamId, at: work.at, backAt: given.backAt, presence: me.presence, note: maskCards(given.note).text })
  const [receivers, counts] = [new Set<string>(), { cases: 0, refused: 0 }]
  // In the order of their numbers: two who end their shifts at once wait for each other instead of blocking each other.
  const each = [...new Map(given.cases.map((one) => [one.number, one])).values()].sort((a, b) => a.number - b.number)
  for (const [place, one] of each.entries()) {
    const standing = open.get(one.number)
    if (!standing) throw refuse('handover.notMine', { number: one.number })
    const outcome = await handCase(work, id, place, one, standing, given.backAt)
    if (outcome === null) counts.cases += 1
    else counts.refused += 1
    if (one.deed === 'give' && one.agent && outcome === null) receivers.add(one.agent)
  }
  if (given.leave) await setPresence(work, me.id, 'off')
  work.tell('desk', { kind: 'handover.made', subject: `handover:${id}`, data: { ...counts, to: [...receivers], back: given.backAt?.toISOString() ?? null } })
  return id
}

async function handCase(work: Work, id: string, place: number, one: HandingOver, standing: OpenCase, backAt: Date | null): Promise<string | null> {
  const { status, priority, turn, since, dueAt, last, replies, drafts, snoozedUntil } = standing
  const summary: Standing = { status, priority, turn, since, dueAt, last, replies, drafts, snoozedUntil }
  const until = one.deed === 'snooze' ? one.until ?? backAt : null
  const toQueueId = one.deed === 'queue' ? await findQueueId(work.tx, one.queue ?? standing.queue.id) : null
  const note = one.note?.trim() || (one.deed === 'give' || one.deed === 'queue' ? suggestedNote(summary, work.at, sayInUtc) : '')
  const before = await beforeOf(work, standing)
  const outcome = await attempt(work, { handover: id }, (inner) => deedOf(inner, { ...one, note }, until))
  await insertHandedCase(work.tx, id, place, {
    caseId: standing.id, deed: one.deed, toAgentId: one.deed === 'give' ? await knownAgent(work, one.agent) : null, toQueueId, until, note: maskCards(note).text, summary,
    refused: 'refused' in outcome ? outcome.refused : null, before: 'refused' in outcome ? null : before, versionMade: 'refused' in outcome ? null : outcome.done.version,
  })
  return 'refused' in outcome ? outcome.refused : null
}

const sayInUtc = (at: Date) => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
const knownAgent = async (work: Work, id: string | undefined) => (id === undefined ? null : (await findAgent(work.tx, id))?.id ?? null)

async function beforeOf(work: Work, { id, number }: OpenCase): Promise<Before> {
  const found = await loadWorkable(work, number)
  const snooze = await snoozeOf(work.tx, id)
  return { assigneeId: found.assigneeId, teamId: found.teamId, queueId: found.queueId, snooze: snooze ? { until: snooze.until?.toISOString() ?? null, reason: snooze.reason } : null }
}

async function deedOf(work: Work, one: HandingOver & { note: string }, until: Date | null): Promise<CaseRow> {
  const found = await loadWorkable(work, one.number, one.version ?? null)
  if (found.assigneeId !== work.actor.id) throw refuse('handover.notMine', { number: one.number })
  if (one.deed === 'give') {
    if (!one.agent) throw refuse('handover.incomplete')
    return handOver(work, one.number, { to: { agent: one.agent }, note: one.note })
  }
  if (one.deed === 'queue') return handOver(work, one.number, { to: { queue: one.queue ?? found.queueId }, note: one.note })
  const noted = one.note === '' ? found : (await createNote(work, found, { body: one.note, mentions: [], attachments: [] })).found
  return one.deed === 'snooze' ? snoozeCase(work, one.number, { until, reason: 'Until my next shift' }) : noted
}

/** Takes a hand-over back: every case that nobody has touched since is as it was, and so is the presence. Notes stay: they were written. */
export async function undoShiftEnd(work: Work, id: string, versionSeen: number | null = null): Promise<void> {
  const found = await lockHandover(work.tx, id)
  if (!found) throw refuse('handover.notFound')
  if (found.agentId !== work.actor.id) throw refuse('handover.notTheirs')
  if (versionSeen !== null && versionSeen !== found.version) throw refuseGround('version.stale', { version: found.version, versionSeen })
  if (found.undoneAt) throw refuse('handover.undone')
  const cases = []
  for (const one of found.cases) {
    const outcome = await attempt(work, { handover: id }, (inner) => putBack(inner, one))
    cases.push({ caseId: one.caseId, undone: 'refused' in outcome ? 'movedOn' as const : 'done' as const })
  }
  await noteUndone(work.tx, id, work.at, cases)
  const presence = (['available', 'busy', 'away', 'off'] as const).find((word) => word === found.presence)
  if (presence) await setPresence(work, found.agentId, presence)
  work.tell('desk', { kind: 'handover.undone', subject: `handover:${id}`, data: { cases: cases.filter(({ undone }) => undone === 'done').length, movedOn: cases.filter(({ undone }) => undone === 'movedOn').length } })
}

async function putBack(work: Work, { number, deed, before, versionMade }: ToUndo['cases'][number]): Promise<void> {
  if (deed === 'keep' || !before || versionMade === null) return
  await loadWorkable(work, number, versionMade)
  if (deed === 'snooze') await wakeCase(work, number)
  else await changeCase(work, number, { queue: before.queueId, assignee: before.assigneeId, team: before.teamId })
  const until = before.snooze?.until ? new Date(before.snooze.until) : null
  if (before.snooze && (until === null || until > work.at)) await snoozeCase(work, number, { until, reason: before.snooze.reason })
}
