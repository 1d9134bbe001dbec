import { findAgent } from '#people'
import { Refusal, type Actor, type Db, type Perform, type Tx, type Work } from '#platform'
import { inverseOf, type Kept } from '../actions/inverse.ts'
import { changesBetween } from '../actions/preview.ts'
import { performActions } from '../actions/service.ts'
import { actionSubjects, previewContext, type SubjectRow } from '../actions/store.ts'
import { undoStatus } from '../actions/undo.ts'
import { wakeCase } from '../attention/snooze/service.ts'
import { statuses } from '../cases/model.ts'
import type { CaseRow } from '../cases/store.ts'
import { deskPolicy } from '../policy.ts'
import { walledFrom } from '../queues/store.ts'
import { refuse } from '../refusals.ts'
import { recaller } from '../replies/recall.ts'
import { replier, type ReplyOptions } from '../replies/service.ts'
import { stillMatches } from './matching.ts'
import { doneTo, settleItem, takeItem, type Done, type Item, type Result, type Run } from './store.ts'

/** The work of a run, one case at a time, each in a unit of work of its own. */

export interface Worker {
  perform: Perform
  options: ReplyOptions
}

/** Who a run acts as, as they are now; null when they may not any more. */
export async function actorOf(db: Db, run: Run): Promise<Actor | null> {
  const { kind, id, name } = run.actor
  const agent = run.agentId === null ? null : await findAgent(db, run.agentId)
  if (kind === 'agent' && (!agent || agent.deactivated)) return null
  const who = { roles: agent ? agent.roles : run.actor.roles, teamId: agent?.teamId ?? null }
  const permitted: readonly string[] = deskPolicy['case.bulk']
  if (kind !== 'system' && !who.roles.some((role) => permitted.includes(role))) return null
  return { kind, id, name: agent?.name ?? name, ...who, barred: kind === 'system' ? [] : await walledFrom(db, who) }
}

/** Does one case of a run, unless somebody else has it: what was done to it and its result commit together, so a kill neither loses nor doubles it. @returns false when somebody else has it */
export async function workItem({ perform, options }: Worker, actor: Actor, run: Run, place: number): Promise<boolean> {
  try {
    return await perform(actor, async (work) => {
      const item = await takeItem(work.tx, run.id, place)
      if (!item) return false
      const result = run.undoOf === null ? await act(work, run, item, options) : await undo(work, run.undoOf, item, options)
      await settleItem(work.tx, run.id, place, result, work.at)
      if (result.state === 'done') work.tell('desk', { kind: 'bulk.applied', case: item.number, subject: `bulk:${run.id}`, data: { run: run.id, ...(run.undoOf ? { undoOf: run.undoOf } : {}) } })
      return true
    })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Its case was left as it was; what remains is to say why.
    await perform(actor, (work) => settleItem(work.tx, run.id, place, { state: 'refused', code: error.code }, work.at))
    return true
  }
}

async function act(work: Work, run: Run, item: Item, options: ReplyOptions): Promise<Result> {
  if (run.query !== null && !(await stillMatches(work.tx, work.actor, run.query, item.number))) throw refuse('bulk.noLonger')
  const before = await subjectOf(work.tx, work.actor, item.number)
  const acted = await performActions(work, item.number, run.actions, { reply: replier(options), versionSeen: item.versionSeen, seenMessageId: item.seenMessageId })
  const after = await subjectOf(work.tx, work.actor, item.number, [])
  const fields = changesBetween(before, after)
  if (fields.length + acted.replies.length + acted.notes.length === 0) return { state: 'same' }
  return { state: 'done', changes: { fields, ...(fields.some(({ field }) => field === 'status') ? { life: lifeOf(acted.before, acted.found) } : {}), replies: acted.replies, notes: acted.notes } }
}

const lifeOf = (before: CaseRow, after: CaseRow): NonNullable<Done['life']> => ({
  status: before.status, statusAt: before.statusAt.toISOString(), solvedAt: before.solvedAt?.toISOString() ?? null, closedAt: before.closedAt?.toISOString() ?? null, reopens: before.reopens,
  waitingSince: before.waitingSince?.toISOString() ?? null, since: after.statusAt.toISOString(),
})

/** A move may have put it behind a wall for whoever moved it: then it is read past the wall, for its result. */
async function subjectOf(tx: Tx, actor: Actor, number: number, barred: readonly string[] = actor.barred): Promise<SubjectRow> {
  const [subject] = await actionSubjects(tx, [number], barred)
  if (!subject) throw refuse('case.notFound', { number })
  return subject
}

async function undo(work: Work, undoOf: string, item: Item, options: ReplyOptions): Promise<Result> {
  const done = await doneTo(work.tx, undoOf, item.caseId)
  if (!done) return { state: 'same' }
  const kept: Kept[] = (done.notes ?? []).map(() => ({ field: 'note', why: 'noteStays' }))
  const back: string[] = []
  for (const id of [...(done.replies ?? [])].reverse()) {
    if (await recalled(work, item.number, id, options)) back.push(id)
    else kept.push({ field: 'reply', why: 'replyLeft' })
  }
  const now = await subjectOf(work.tx, work.actor, item.number)
  // What a recalled reply put back is back already.
  const fields = back.length > 0 ? done.fields.filter(({ field, from }) => field !== 'status' || now.status !== from) : done.fields
  const before = fields.flatMap(({ field, from }) => (field === 'assignee' && from !== null ? [from] : []))
  const context = await previewContext(work.tx, work.actor, work.at, { actions: [], subjects: [now], agents: before, readers: deskPolicy['case.read'] })
  const inverse = inverseOf(fields, now, context)
  const parts = { reply: replier(options) }
  if (inverse.actions.length > 0) await performActions(work, item.number, inverse.actions, parts)
  if (inverse.wake) await wakeCase(work, item.number)
  const lifeBack = inverse.status && done.life ? await undoStatus(work, item.number, formerOf(done.life)) : null
  if (inverse.after.length > 0) await performActions(work, item.number, inverse.after, parts)
  if (inverse.status && !lifeBack) kept.push({ field: 'status', why: 'changedSince' })
  const steps = back.length + inverse.actions.length + inverse.after.length + Number(inverse.wake) + Number(lifeBack !== null)
  return { state: steps > 0 ? 'done' : 'refused', code: steps > 0 ? null : 'bulk.nothingUndone', kept: [...kept, ...inverse.kept], changes: { fields: done.fields.map(({ field, from, to }) => ({ field, from: to, to: from })), replies: back } }
}

async function recalled(work: Work, number: number, messageId: string, { delivery }: ReplyOptions): Promise<boolean> {
  return recaller(delivery)(work, number, messageId, { asDraft: false }).then(() => true, (error: unknown) => {
    if (error instanceof Refusal && (error.code === 'reply.gone' || error.code === 'message.notFound')) return false
    throw error
  })
}

function formerOf(life: NonNullable<Done['life']>) {
  const instant = (text: string | null) => (text === null ? null : new Date(text))
  return {
    since: new Date(life.since),
    before: {
      status: statuses.find((word) => word === life.status) ?? 'open', statusAt: new Date(life.statusAt), solvedAt: instant(life.solvedAt), closedAt: instant(life.closedAt), reopens: life.reopens,
      waitingSince: instant(life.waitingSince),
    },
  }
}
