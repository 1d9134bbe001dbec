import type { Work } from '#platform'
import type { Keys } from '../keys.ts'
import { refuse } from '../refusals.ts'
import { attemptLimits, decideAttempt, senderOf } from './model.ts'
import { clearBucket, countAttempts, deleteAttempts, insertAttempts, lockBuckets } from './store.ts'

/** An attempt as it was written down, before anything was checked. */
export interface Attempt {
  ids: string[]
  name: Buffer
}

/**
 * Writes an attempt down before it is checked, in a unit of work of its own: a thousand at once cannot all slip through before the first
 * has failed. Who is asked about matters not, so nobody learns from a limit whether the name exists. @throws signIn.limited
 */
export async function takeAttempt(work: Work, keys: Keys, what: 'signIn' | 'reset' | 'password', { name, address }: { name: string; address: string }): Promise<Attempt> {
  const buckets = [keys.print(`${what} name ${name}`), keys.print(`${what} address ${senderOf(address)}`)] as const
  await lockBuckets(work.tx, buckets)
  const { nameMax, addressMax, minutes } = attemptLimits
  const since = new Date(work.at.getTime() - minutes * 60_000)
  for (const [index, max] of [nameMax, addressMax].entries()) {
    const decision = decideAttempt(await countAttempts(work.tx, buckets[index === 0 ? 0 : 1], since), max, minutes, work.at)
    if (!decision.allowed) throw refuse('signIn.limited', { retryAfterSeconds: decision.retryAfterSeconds })
  }
  return { ids: await insertAttempts(work.tx, buckets, work.at), name: buckets[0] }
}

/** It went well: the name begins anew, and the address keeps only what others tried from there. */
export async function forgiveAttempt(work: Work, attempt: Attempt): Promise<void> {
  await deleteAttempts(work.tx, attempt.ids)
  await clearBucket(work.tx, attempt.name)
}

/** It did not count: half of an attempt, which goes on with a code. */
export const withdrawAttempt = (work: Work, attempt: Attempt) => deleteAttempts(work.tx, attempt.ids)
