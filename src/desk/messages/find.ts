import { canonicalCustomers } from '#accounts'
import type { Work } from '#platform'
import { participantByToken, participantsOf, participantsOfNumber } from '../cases/participants.ts'
import { lockCaseById, type CaseRow } from '../cases/store.ts'
import { parseSubjectToken, strongest, type Found, type Pointer } from './model.ts'
import { caseByInternetIds } from './store.ts'

export interface Marks {
  inReplyTo: string[]
  replyTokens: string[]
  subjectTokens: string[]
}

/** Looks for the case that a message points to, strongest mark first. */
export async function findPointedCase(work: Work, marks: Marks & { automatic: string | null }, sender: { customerId: string; address: string }): Promise<{ found: CaseRow; pointer: Pointer; facts: Found } | null> {
  const pointer = strongest([...(await byReference(work, marks.inReplyTo)), ...(await byAddress(work, marks.replyTokens)), ...(await bySubject(work, marks.subjectTokens))])
  const found = pointer ? await lockCaseById(work.tx, pointer.caseId) : null
  if (!pointer || !found) return null
  const participant = await takesPart(work, [found.id, ...(pointer.caseId === found.id ? [] : [pointer.caseId])], sender)
  const status = found.removed ?? (found.status === 'closed' ? 'closed' : 'open')
  return { found, pointer, facts: { status, participant, automatic: marks.automatic !== null } }
}

/** In the case, or in the merged one that the message points to. By the address, or as the same person: also when two who were known as two have been merged since. */
async function takesPart(work: Work, caseIds: string[], sender: { customerId: string; address: string }): Promise<boolean> {
  const people = (await Promise.all(caseIds.map((id) => participantsOf(work.tx, id)))).flat()
  if (people.some((person) => person.address === sender.address || person.customerId === sender.customerId)) return true
  const kept = await canonicalCustomers(work.tx, people.map(({ customerId }) => customerId))
  return [...kept.values()].some(({ id }) => id === sender.customerId)
}

async function byReference(work: Work, ids: string[]): Promise<Pointer[]> {
  const hit = await caseByInternetIds(work.tx, ids)
  return hit ? [{ rule: 'reference', evidence: hit.internetId, caseId: hit.caseId }] : []
}

/** The address is a secret of the participant's, so the case shows only its beginning. */
async function byAddress(work: Work, tokens: string[]): Promise<Pointer[]> {
  for (const token of tokens) {
    const participant = await participantByToken(work.tx, token)
    if (participant) return [{ rule: 'replyAddress', evidence: `${token.slice(0, 4)}…`, caseId: participant.caseId }]
  }
  return []
}

/** A number in a subject proves nothing; the beginning of a participant's token beside it does. */
async function bySubject(work: Work, tokens: string[]): Promise<Pointer[]> {
  for (const token of tokens) {
    const parsed = parseSubjectToken(token)
    const people = parsed ? await participantsOfNumber(work.tx, parsed.number) : []
    const participant = people.find((person) => parsed && person.replyToken.startsWith(parsed.proof))
    if (participant && parsed) return [{ rule: 'subjectToken', evidence: String(parsed.number), caseId: participant.caseId }]
  }
  return []
}
