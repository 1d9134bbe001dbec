import { findAgent } from '#people'
import { isConnectionFault, Refusal, system, type Actor, type Db, type JobHandler, type Perform, type Work } from '#platform'
import { dropDraft, findDraft } from '../drafts/store.ts'
import { findMessage } from '../messages/store.ts'
import { deskPolicy } from '../policy.ts'
import { walledFrom } from '../queues/store.ts'
import { refuse } from '../refusals.ts'
import { recaller } from '../replies/recall.ts'
import { replier, type ReplyOptions } from '../replies/service.ts'
import { factsFor } from '../snippets/facts.ts'
import { fillText } from '../snippets/model.ts'
import { findUpdate, placesIn, settleItem, takeItem, type Item, type Update } from './store.ts'

const AT_ONCE = 50

/** Works an update off, one incident at a time, each in a unit of work of its own: a second run, or two at once, send nothing twice. */
export const problemUpdateJob = (options: ReplyOptions): JobHandler => async (payload, { db, perform, signal }) => {
  const update = await findUpdate(db, String(payload['update']))
  if (!update) return
  const actor = await actorOf(db, update.undoneAt ? (typeof payload['by'] === 'string' ? payload['by'] : update.agentId) : update.agentId)
  const state = update.undoneAt ? 'sent' : 'waiting'
  let turn: string[] = []
  do {
    turn = await placesIn(db, update.id, state, AT_ONCE)
    for (const caseId of turn) if (!signal.aborted) await one({ perform, options }, actor, update, caseId)
  } while (turn.length === AT_ONCE && !signal.aborted)
}

interface Worker {
  perform: Perform
  options: ReplyOptions
}

async function one({ perform, options }: Worker, actor: Actor | null, update: Update, caseId: string): Promise<void> {
  try {
    if (!actor) throw refuse('update.actorGone')
    await perform(actor, (work) => (update.undoneAt ? takeBack(work, update, caseId, options) : send(work, update, caseId, options)))
  } catch (error) {
    if (isConnectionFault(error)) throw error
    const code = error instanceof Refusal ? error.code : 'program.fault'
    // Its case was left as it was; what remains is to say why.
    await perform(system('problems'), (work) => settleItem(work.tx, update.id, caseId, { state: update.undoneAt ? 'sent' : 'refused', code }, work.at))
  }
}

async function send(work: Work, update: Update, caseId: string, options: ReplyOptions): Promise<void> {
  // Whoever stops the update has the row first, or comes after what was sent.
  await work.tx.selectFrom('problem_update').select('id').where('id', '=', update.id).forShare().execute()
  const item = await takeItem(work.tx, update.id, caseId, 'waiting')
  if (!item) return
  if (item.parentId !== update.caseId) return settleItem(work.tx, update.id, caseId, { state: 'gone', code: 'problem.notIncident' }, work.at)
  const { messageId } = await replier(options)(work, item.number, { body: await textFor(work, update, item), visibility: 'public', status: update.status ?? undefined })
  await settleItem(work.tx, update.id, caseId, { state: 'sent', messageId }, work.at)
}

async function textFor(work: Work, update: Update, item: Item): Promise<string> {
  const facts = await factsFor(work.tx, item.number, work.actor, work.at)
  const filled = facts ? fillText(update.body, facts) : null
  if (!filled || filled.missing.length > 0) throw refuse('update.missing', { missing: filled?.missing ?? [] })
  return filled.text
}

async function takeBack(work: Work, update: Update, caseId: string, options: ReplyOptions): Promise<void> {
  const item = await takeItem(work.tx, update.id, caseId, 'sent')
  if (!item?.messageId) return
  const text = (await findMessage(work.tx, item.messageId))?.text
  const found = await recaller(options.delivery)(work, item.number, item.messageId)
  // The text stands in the update; a draft of it in each incident would only be in the way. One that was there before stays.
  const draft = work.actor.kind === 'agent' ? await findDraft(work.tx, found.id, work.actor.id, 'public') : null
  if (draft && draft.body === text) await dropDraft(work.tx, found.id, draft.agent.id, 'public')
  await settleItem(work.tx, update.id, caseId, { state: 'recalled' }, work.at)
}

/** Whoever sent it, with what they may now; null when they may not any more. */
async function actorOf(db: Db, agentId: string | null): Promise<Actor | null> {
  const agent = agentId === null ? null : await findAgent(db, agentId)
  if (agentId === null) return system('problems')
  const permitted: readonly string[] = deskPolicy['problem.update']
  if (!agent || agent.deactivated || !agent.roles.some((role) => permitted.includes(role))) return null
  const who = { roles: agent.roles, teamId: agent.teamId }
  return { kind: 'agent', id: agent.id, name: agent.name, ...who, barred: await walledFrom(db, who) }
}
