import type { Work } from '#platform'
import type { Course } from './model.ts'
import { refuse } from './refusals.ts'
import { settle, type SettleOptions } from './settle.ts'
import { lockMail, releaseAddress, saveCourse, type OutgoingMail } from './store.ts'
import { enqueueSend, tellMail } from './tell.ts'

/** What people decide about mails whose fate is bad or unknown. */

async function load(work: Work, id: string): Promise<OutgoingMail> {
  const mail = await lockMail(work.tx, id)
  if (!mail || (work.actor.kind !== 'system' && work.actor.barred.includes(mail.space))) throw refuse('outgoingMail.notFound')
  return mail
}

const courseOf = ({ answers, doubts, problem, response }: OutgoingMail): Omit<Course, 'state'> => ({ answers, doubts, problem, response, nextAt: null })

/** Tries again at once, under the same Message-ID. Addresses that were refused are asked for again; those that took it are not. */
export async function retryMail(work: Work, id: string): Promise<OutgoingMail> {
  const mail = await load(work, id)
  if (mail.state !== 'failed' && mail.state !== 'uncertain') throw refuse('outgoingMail.underWay')
  const answers = mail.answers.filter((answer) => answer.outcome === 'accepted')
  const course: Course = { ...courseOf(mail), answers, state: mail.state === 'failed' ? 'waiting' : 'uncertain', nextAt: work.at }
  await saveCourse(work.tx, id, course, { at: work.at, attempts: 0 })
  tellMail(work, 'mail.retried', mail)
  enqueueSend(work, id, work.at)
  return load(work, id)
}

/** A person knows what became of an uncertain mail. */
export async function settleByHand(work: Work, options: SettleOptions, id: string, outcome: 'sent' | 'failed'): Promise<OutgoingMail> {
  const mail = await load(work, id)
  if (mail.state === 'sending') throw refuse('outgoingMail.underWay')
  if (mail.state !== 'uncertain') throw refuse('outgoingMail.notUncertain')
  await settle(work, options, mail, { ...courseOf(mail), state: outcome, doubts: 0 }, { settledBy: `${work.actor.kind}:${work.actor.id}` })
  return load(work, id)
}

export async function releaseHold(work: Work, address: string): Promise<void> {
  const released = await releaseAddress(work.tx, { address: address.trim().toLowerCase(), at: work.at, by: `${work.actor.kind}:${work.actor.id}` })
  if (!released) throw refuse('addressHold.notFound')
  work.tell('channels', { kind: 'address.released', ...(released.bounceId ? { subject: `bounce:${released.bounceId}` } : {}) })
}
