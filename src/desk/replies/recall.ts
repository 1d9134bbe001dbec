import type { Work } from '#platform'
import { giveBackAttachments } from '../attachments/store.ts'
import { loadCase } from '../cases/load.ts'
import { statuses, type Life } from '../cases/model.ts'
import { findCaseById, saveCase, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import { findDraft, putDraft } from '../drafts/store.ts'
import { conversationOf, findMessage, setDelivery, undoOf, type MessageRow, type Undo } from '../messages/store.ts'
import type { Delivery, DeliveryOutcome } from '../ports.ts'
import { refuse } from '../refusals.ts'
import { settleSide } from '../sides/settle.ts'

/** Makes the verb that takes a reply back while it has not left: its text is a draft again (unless told), and the case is as it was before. */
export const recaller = (delivery: Delivery) => async (work: Work, number: number, messageId: string, { asDraft = true }: { asDraft?: boolean } = {}): Promise<CaseRow> => {
  const found = await loadCase(work, number)
  const message = await findMessage(work.tx, messageId)
  if (!message || message.caseId !== found.id || message.direction !== 'out' || message.visibility !== 'public') throw refuse('message.notFound')
  if (message.delivery !== 'waiting' || !(await delivery.recall(work, messageId))) throw refuse('reply.gone')
  await setDelivery(work.tx, messageId, 'recalled')
  const undo = await undoOf(work.tx, messageId)
  if (asDraft) await becomeDraft(work, found, message, undo)
  else await giveBackAttachments(work.tx, message.id, null)
  // A reply that moved with its case, or was split off, changed another one's course.
  const course = message.homeId === null ? undo : null
  const before = course ? lifeBefore(found, message, course) : null
  const talk = await conversationOf(work.tx, found.id)
  const saved = await saveCase(work.tx, {
    ...found, ...before, replies: talk.replies, firstRepliedAt: talk.firstReplyAt, waitingSince: course?.waitingSince ? new Date(course.waitingSince) : found.waitingSince,
    lastMessageAt: found.lastMessageAt.getTime() === message.at.getTime() && course ? new Date(course.lastMessageAt) : found.lastMessageAt,
  }, work.at)
  tellCase(work, saved, 'reply.recalled', { message: messageId, ...(before ? { from: found.status, to: saved.status } : {}) })
  return saved
}

/** The case's former life, if the reply changed it and nobody has changed it since. */
function lifeBefore(found: CaseRow, message: MessageRow, undo: Undo): Life | null {
  const status = statuses.find((word) => word === undo.status)
  if (!status || found.status === status || found.statusAt.getTime() !== message.at.getTime()) return null
  const instant = (text: string | null) => (text === null ? null : new Date(text))
  return { status, statusAt: new Date(undo.statusAt), solvedAt: instant(undo.solvedAt), closedAt: instant(undo.closedAt), reopens: undo.reopens }
}

/** Before what the same person has begun to write since, so that neither is lost. Programs keep no drafts. */
async function becomeDraft(work: Work, found: CaseRow, message: MessageRow, undo: Undo | null) {
  if (work.actor.kind !== 'agent') return giveBackAttachments(work.tx, message.id, null)
  const begun = await findDraft(work.tx, found.id, work.actor.id, 'public')
  const body = begun?.body ? `${message.text}\n\n${begun.body}` : message.text
  const draft = await putDraft(work.tx, { caseId: found.id, agentId: work.actor.id, visibility: 'public', body, cc: undo?.cc ?? null, seenMessageId: undo?.seenMessageId ?? null, at: work.at })
  await giveBackAttachments(work.tx, message.id, draft?.id ?? null)
}

const factOf = { sent: 'reply.delivered', uncertain: 'reply.uncertain', failed: 'reply.failed', bounced: 'reply.bounced' } as const

/** What became of a reply on the wire; channels tell it in the unit of work in which they note it. Told twice, it is noted once. */
export async function settleDelivery(work: Work, given: { messageId: string; outcome: DeliveryOutcome; detail?: Record<string, unknown> }): Promise<void> {
  const message = await setDelivery(work.tx, given.messageId, given.outcome)
  // The case itself stays as it is, so it is not locked: people can go on working while mail leaves.
  const found = message ? await findCaseById(work.tx, message.caseId) : null
  if (found) tellCase(work, found, factOf[given.outcome], { message: given.messageId, ...given.detail })
  else if (!message) await settleSide(work, given)
}
