import type { Work } from '#platform'
import { wakingBy, type Waking } from './model.ts'
import { wakeBeside, type Changed } from './store.ts'

/** Wakes a case that is put off when this fact of it calls for that, in the same unit of work and once. */
export function wakeAfter(work: Work, number: number, kind: string, data: Readonly<Record<string, unknown>>): void {
  const why = wakingBy(kind, data)
  if (why === null) return
  work.beforeCommit(`wake:${number}`, async () => {
    const woken = await wakeBeside(work.tx, number, work.at)
    if (woken) tellWoken(work, woken, why)
  })
}

export function tellWoken(work: Work, { number, version, by }: Changed, why: Waking): void {
  work.tell('desk', { kind: 'case.woken', case: number, data: { why, by, version } })
}
