import type { Work } from '#platform'
import { refuse } from '../../refusals.ts'
import { moveHeld, release, waitingOf } from './store.ts'

/** Takes in what waits of a sender; the breaker counts from here anew. */
export async function releaseSender(work: Work, sender: string): Promise<{ mails: number }> {
  const ids = await letGo(work, sender, 'received')
  for (const rawMailId of ids) work.enqueue({ name: 'email.parse', payload: { rawMailId, forced: true } })
  work.tell('channels', { kind: 'mail.released', data: { mails: ids.length } })
  return { mails: ids.length }
}

/** Throws away what waits of a sender. The mails stay in the list of raw mails, and can be replayed from there. */
export async function discardSender(work: Work, sender: string): Promise<{ mails: number }> {
  const ids = await letGo(work, sender, 'discarded')
  work.tell('channels', { kind: 'quarantine.discarded', data: { mails: ids.length } })
  return { mails: ids.length }
}

/** While mails wait behind a wall of the actor's, the sender stays held: those inside decide about them. */
async function letGo(work: Work, sender: string, state: 'received' | 'discarded'): Promise<string[]> {
  const { tx, at, actor } = work
  const waiting = await waitingOf(tx, sender, actor.barred)
  if (!waiting || (waiting.walled > 0 && waiting.seen === 0)) throw refuse('quarantine.notFound')
  const ids = await moveHeld(tx, sender, state, at, actor.barred)
  if (waiting.walled === 0) await release(tx, sender, at, `${actor.kind}:${actor.id}`)
  return ids
}
