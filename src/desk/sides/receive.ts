import { normaliseAddress } from '#accounts'
import { maskCards } from '#language'
import { newId, type Work } from '#platform'
import { decideStatus } from '../cases/model.ts'
import { participantByToken, participantsOf } from '../cases/participants.ts'
import { lockCaseById, saveCase, type CaseRow } from '../cases/store.ts'
import { tellCase } from '../cases/tell.ts'
import { parseSubjectToken } from '../messages/model.ts'
import { caseByInternetIds, type Attached } from '../messages/store.ts'
import { keepFiles, insertSideMessage } from './messages.ts'
import { afterAnswered, decideSide, isColleague } from './model.ts'
import { findSide, lockSide, othersWaiting, partiesOf, pointedSide, saveSide, type Side } from './store.ts'

/** What of a mail matters here; a channel's incoming message has it all. */
export interface IncomingAside {
  from: { address: string; name: string }
  text: string
  quotedText: string | null
  internetId: string | null
  inReplyTo: string[]
  replyTokens: string[]
  subjectTokens: string[]
  automatic: string | null
  rawMailId: string | null
  at: Date
  attachments: Omit<Attached, 'id'>[]
}

/**
 * Takes a mail that belongs to a side conversation; null for any other. Nobody who writes here becomes a customer or takes part in the case, and nothing
 * of it is ever a message of the case.
 */
export async function receiveSide(work: Work, incoming: IncomingAside): Promise<{ number: number; messageId: string } | null> {
  const sideId = await pointedSide(work.tx, { inReplyTo: incoming.inReplyTo, replyTokens: incoming.replyTokens, subjects: incoming.subjectTokens.flatMap((token) => parseSubjectToken(token) ?? []) })
  const pointed = sideId ? await findSide(work.tx, sideId) : null
  const found = pointed ? await lockCaseById(work.tx, pointed.caseId) : null
  const side = found && pointed ? await lockSide(work.tx, pointed.id) : null
  if (!found || !side) return null
  const where = await placeFor(work, found, side, incoming)
  if (where === 'case') return null
  const messageId = await store(work, found, side, incoming, where === 'side' ? 'accepted' : 'suggested')
  if (where === 'suggestion') tellCase(work, found, 'side.suggested', { side: side.id, message: messageId })
  else await answered(work, found, side, { messageId, automatic: incoming.automatic })
  return { number: found.number, messageId }
}

async function placeFor(work: Work, found: CaseRow, side: Side, incoming: IncomingAside): Promise<'side' | 'suggestion' | 'case'> {
  const address = normaliseAddress(incoming.from.address) ?? incoming.from.address
  const asked = (await partiesOf(work.tx, [side.id])).map((party) => party.address)
  const participant = (await participantsOf(work.tx, found.id)).some((person) => person.address === address)
  return decideSide({ asked: asked.includes(address), colleague: isColleague(address, asked), participant, markedForCase: participant && await pointsToCase(work, incoming) })
}

async function pointsToCase(work: Work, incoming: IncomingAside): Promise<boolean> {
  for (const token of incoming.replyTokens) if (await participantByToken(work.tx, token)) return true
  return (await caseByInternetIds(work.tx, incoming.inReplyTo)) !== null
}

async function store(work: Work, found: CaseRow, side: Side, incoming: IncomingAside, standing: 'accepted' | 'suggested'): Promise<string> {
  const id = newId()
  await insertSideMessage(work.tx, {
    id, sideId: side.id, direction: 'in', standing, agentId: null, fromAddress: normaliseAddress(incoming.from.address) ?? incoming.from.address, fromName: maskCards(incoming.from.name).text,
    text: maskCards(incoming.text).text, quotedText: incoming.quotedText === null ? null : maskCards(incoming.quotedText).text, at: incoming.at, internetId: incoming.internetId, automatic: incoming.automatic,
    delivery: null, sendAt: null, rawMailId: incoming.rawMailId, undo: null,
  })
  await keepFiles(work.tx, { caseId: found.id, messageId: id, at: work.at, files: incoming.attachments.map((file) => ({ ...file, name: maskCards(file.name).text })) })
  return id
}

/** An answer: it is our turn. A case that was on hold for nothing else goes on. */
export async function answered(work: Work, found: CaseRow, side: Side, { messageId, automatic }: { messageId: string; automatic: string | null }): Promise<Side> {
  const saved = await saveSide(work.tx, { ...side, ...afterAnswered(side, automatic !== null), lastAt: work.at })
  const resumes = automatic === null && found.status === 'on_hold' && !found.removed && !(await othersWaiting(work.tx, found.id, side.id))
  const decision = resumes ? decideStatus(found, 'open', work.at) : null
  const now = decision && 'life' in decision ? await saveCase(work.tx, { ...found, ...decision.life }, work.at) : found
  tellCase(work, now, 'side.answered', { side: side.id, message: messageId, ...(automatic ? { automatic } : {}) })
  if (decision && 'life' in decision && decision.fact) tellCase(work, now, decision.fact, { from: found.status, to: now.status, side: side.id })
  return saved
}
