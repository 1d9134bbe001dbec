import type { Work } from '#platform'
import { refuse } from '../../refusals.ts'
import { reopenMail } from './store.ts'

/** Has a mail that failed, was held or was put aside read again. A person asks for it, so neither breaker nor loop check stands in its way. */
export async function replayMail(work: Work, id: string): Promise<{ rawMailId: string }> {
  if (!(await reopenMail(work.tx, id))) throw refuse('rawMail.settled')
  work.enqueue({ name: 'email.parse', payload: { rawMailId: id, forced: true }, key: `email.parse:${id}` })
  work.tell('channels', { kind: 'mail.replayed', subject: `rawMail:${id}` })
  return { rawMailId: id }
}
