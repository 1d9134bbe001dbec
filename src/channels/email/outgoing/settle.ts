import { newId, type Work } from '#platform'
import { HELD, isBadAddress, statusIn, type Answer, type Course } from './model.ts'
import { holdAddress, insertBounce, saveCourse, type OutgoingMail } from './store.ts'
import { enqueueSend, tellMail } from './tell.ts'

/** The desk's side: what became of a message, told in the unit of work in which it is noted. */
export type SettleDelivery = (work: Work, given: { messageId: string; outcome: 'sent' | 'uncertain' | 'failed' | 'bounced'; detail?: Record<string, unknown> }) => Promise<void>

export interface SettleOptions {
  settleDelivery: SettleDelivery
}

/** Notes what became of a mail, tells it, and books what comes next. */
export async function settle(work: Work, { settleDelivery }: SettleOptions, mail: OutgoingMail, course: Course, extra: { local?: boolean; settledBy?: string } = {}): Promise<void> {
  await saveCourse(work.tx, mail.id, course, { at: work.at, ...extra })
  const refused = await noteRefusals(work, mail, course.answers.slice(mail.answers.length))
  const detail = {
    attempts: mail.attempts, ...(refused > 0 ? { refused } : {}), ...(extra.local ? { local: true } : {}), ...(extra.settledBy ? { byHand: true } : {}),
    ...(course.response && statusIn(course.response) ? { status: statusIn(course.response) } : {}),
  }
  const outcome = outcomeOf(course)
  if (outcome && outcome !== known(mail)) await settleDelivery(work, { messageId: mail.messageId, outcome, detail: { mail: mail.id, ...detail } })
  if (course.state !== 'waiting' && !(course.state === 'uncertain' && mail.doubts > 0)) tellMail(work, `mail.${course.state}`, mail, detail)
  if (course.nextAt) enqueueSend(work, mail.id, course.nextAt)
}

const taken = (answers: readonly Answer[]): boolean => answers.some((answer) => answer.outcome === 'accepted')

/** What a message's reader should see: sent from the first recipient on whom it reached. */
const outcomeOf = (course: Course) => (course.state !== 'waiting' ? course.state : taken(course.answers) ? 'sent' : null)

/** What the desk was told before. */
const known = (mail: OutgoingMail) => (mail.doubts > 0 ? 'uncertain' : taken(mail.answers) ? 'sent' : null)

/** A refusal in the middle of the conversation is a bounce that needs no mail; an address that does not exist is held at once. */
async function noteRefusals(work: Work, mail: OutgoingMail, answers: readonly Answer[]): Promise<number> {
  const refusals = answers.filter((answer) => answer.outcome === 'refused' && answer.response !== HELD)
  for (const { address, response } of refusals) {
    const bad = isBadAddress(response)
    const bounceId = await insertBounce(work.tx, {
      id: newId(), mailId: mail.id, address, outcome: bad ? 'hard' : 'soft', status: statusIn(response), diagnostic: response, rawMailId: null, at: work.at,
    })
    if (bad && bounceId && (await holdAddress(work.tx, { address, bounceId, at: work.at }))) tellMail(work, 'address.held', mail, { bounce: bounceId })
  }
  return refusals.length
}
