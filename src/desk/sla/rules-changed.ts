import type { Work } from '#platform'
import { touchRules } from './policies/store.ts'

const AGAIN_MS = 60_000

/** What is promised from now on is compared with the cases at hand: now, and once more for those that were being opened meanwhile with the rules before. */
export async function rulesChanged(work: Work, why: string): Promise<void> {
  await touchRules(work.tx)
  work.enqueue({ name: 'desk.applySla', payload: { why }, key: 'desk.applySla' })
  work.enqueue({ name: 'desk.applySla', payload: { why }, key: 'desk.applySla.again', runAt: new Date(Date.now() + AGAIN_MS) })
}
