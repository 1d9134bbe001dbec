import { newId, type JobTools, type Work } from '#platform'
import type { Transport } from '../outgoing/smtp.ts'
import { internetIdOf } from '../outgoing/submit.ts'
import { composePost, type PostComposing } from './compose.ts'
import { decidePost, type PostCourse, type PostPatience } from './model.ts'
import { claimPost, insertPost, lockPost, settlePost, type Posted } from './store.ts'

export interface PostOptions extends PostComposing {
  transport: Transport
  /** Whether `transport` keeps mails in the house. */
  local: boolean
  patience?: PostPatience
  leaseSeconds?: number
}

const LEASE_SECONDS = 90
/** An end before the lease's own, so that nobody takes a worker for dead that still speaks to a server. */
const CONVERSATION_SHARE = 0.8
/** A worker that died left the mail at a place that nobody knows. */
const DIED: PostCourse = { state: 'uncertain', nextAt: null, problem: 'the program stopped while it was sending' }

/** A mail of the program to somebody who works here, in the unit of work that wants it: both are durable or neither. @returns false when there is one for this already. */
export async function submitPost(work: Work, mailDomain: string, given: { key: string; agentId: string; address: string; name: string; subject: string; text: string }): Promise<boolean> {
  const id = newId()
  if (!await insertPost(work.tx, { ...given, id, internetId: internetIdOf(id, mailDomain), at: work.at })) return false
  enqueuePost(work, id, work.at)
  return true
}

export function enqueuePost(work: Work, id: string, runAt: Date): void {
  work.enqueue({ name: 'email.post', payload: { mail: id }, runAt, key: `email.post:${id}`, queue: 'email.post' })
}

/** One try to send one mail: taken in one unit of work, sent in none, noted in another. */
export async function sendPost(id: string, options: PostOptions, { perform, actor, signal }: JobTools): Promise<void> {
  const seconds = options.leaseSeconds ?? LEASE_SECONDS
  const lease = newId()
  const post = await perform(actor, (work) => take(work, id, lease, seconds, options))
  if (!post) return
  const until = AbortSignal.any([signal, AbortSignal.timeout(seconds * CONVERSATION_SHARE * 1_000)])
  // The empty sender (RFC 5321, 4.5.5): what cannot be delivered comes back to nobody, and opens no case.
  const attempt = await options.transport.send({ from: '', to: [post.address] }, async () => composePost(post, options), until)
  await perform(actor, async (work) => {
    const now = await lockPost(work.tx, id)
    if (now?.lease === lease) await settle(work, now, decidePost(now.attempts, attempt, work.at, options.patience), options)
  })
}

async function take(work: Work, id: string, lease: string, seconds: number, options: PostOptions): Promise<Posted | null> {
  const post = await lockPost(work.tx, id)
  if (post?.state === 'sending' && post.abandoned) await settle(work, post, DIED, options)
  if (post?.state !== 'waiting' || !post.nextAt || post.nextAt > work.at) return null
  await claimPost(work.tx, id, lease, seconds)
  return post
}

async function settle(work: Work, post: Posted, course: PostCourse, { local }: PostOptions): Promise<void> {
  await settlePost(work.tx, post.id, course, { at: work.at, local })
  if (course.nextAt) enqueuePost(work, post.id, course.nextAt)
  else work.tell('channels', { kind: course.state === 'sent' ? 'post.sent' : course.state === 'failed' ? 'post.failed' : 'post.uncertain', subject: `post:${post.id}`, data: { agent: post.agentId } })
}
