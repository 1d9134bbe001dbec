import type { Work } from '#platform'
import { wakingBy, type Waking } from './model.ts'
import { wakeBeside, type Changed } from './store.ts'

/** What each unit of work may have woken so far, and is not looked at yet. */
const asked = new WeakMap<Work, Map<number, Waking>>()
let rounds = 0

/** Wakes a case that is put off when this fact of it calls for that, in the same unit of work and once; many that change together are looked at together. */
export function wakeAfter(work: Work, number: number, kind: string, data: Readonly<Record<string, unknown>>): void {
  const why = wakingBy(kind, data)
  if (why === null) return
  const together = asked.get(work) ?? new Map<number, Waking>()
  asked.set(work, together)
  if (!together.has(number)) together.set(number, why)
  if (together.size > 1) return
  work.beforeCommit(`wake:${++rounds}`, async () => {
    asked.delete(work)
    for (const woken of await wakeBeside(work.tx, [...together.keys()], work.at)) tellWoken(work, woken, together.get(woken.number) ?? why)
  })
}

export function tellWoken(work: Work, { number, version, by }: Changed, why: Waking): void {
  work.tell('desk', { kind: 'case.woken', case: number, data: { why, by, version } })
}
