import type { Work } from '#platform'
import { refuse } from '../../refusals.ts'
import { moveHeld, release } from './store.ts'

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

async function letGo(work: Work, sender: string, state: 'received' | 'discarded'): Promise<string[]> {
  const held = await release(work.tx, sender, work.at, `${work.actor.kind}:${work.actor.id}`)
  if (!held) throw refuse('quarantine.notFound')
  return moveHeld(work.tx, sender, state, work.at)
}
