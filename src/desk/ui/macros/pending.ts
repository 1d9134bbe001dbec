import { cell, useCell } from '#web'
import type { CaseAction } from '../../actions/model.ts'
import { deedsOf } from '../../macros/model.ts'
import type { Macro } from './data.ts'

/** What goes along with the reply that is being written: what macros do to the case, and which were used in it. Kept while the window is open. */
export interface Pending {
  deeds: readonly CaseAction[]
  used: readonly { id: string; title: string }[]
}

const none: Pending = { deeds: [], used: [] }
const waiting = cell<ReadonlyMap<number, Pending>>(new Map())

export const usePending = (number: number): Pending => useCell(waiting).get(number) ?? none

const change = (number: number, next: (now: Pending) => Pending) => waiting.set((now) => new Map(now).set(number, next(now.get(number) ?? none)))

/** Adds what a macro does; what it sets holds over what an earlier one set. */
export const take = (number: number, { id, title, actions }: Pick<Macro, 'id' | 'title' | 'actions'>): void => change(number, ({ deeds, used }) => {
  const more = deedsOf(actions)
  return { deeds: [...deeds.filter((deed) => !more.some((other) => other.do === deed.do && deed.do !== 'tag' && deed.do !== 'note')), ...more], used: [...used.filter((other) => other.id !== id), { id, title }] }
})
export const leaveOut = (number: number, at: number): void => change(number, (now) => ({ ...now, deeds: now.deeds.filter((_, index) => index !== at) }))
export const forgetPending = (number: number): void => waiting.set((now) => { const next = new Map(now); next.delete(number); return next })
export const pendingNow = (number: number): Pending => waiting.get().get(number) ?? none

/** A macro that was chosen while nobody wrote: its text comes in as soon as there is where to write. */
const coming = cell<{ number: number; macro: Macro } | null>(null)
export const useComing = (number: number): Macro | null => { const now = useCell(coming); return now?.number === number ? now.macro : null }
export const bring = (number: number, macro: Macro): void => coming.set({ number, macro })
export const arrived = (): void => coming.set(null)
