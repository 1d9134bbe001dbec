import { useEffect, useEffectEvent } from 'react'
import { queries } from '../api/queries.ts'
import { cell, useCell } from '../cell.ts'
import { isTouched, type LiveFact, type PersonThere } from './model.ts'
import { followShared } from './tabs.ts'

export type LiveState = 'live' | 'connecting' | 'offline'

const state = cell<LiveState>('connecting')
const people = cell<ReadonlyMap<string, readonly PersonThere[]>>(new Map())
const listeners = new Set<(fact: LiveFact) => void>()
const touched = new Set<string>()
let stop: (() => void) | null = null
let opened = false

/** Begins to follow the server; called once somebody is signed in, and again after the next sign-in. */
export function startLive(): void {
  if (stop) return
  let late = setTimeout(() => state.set('offline'), OFFLINE_AFTER_MS)
  const lost = () => {
    if (state.get() !== 'live') return
    state.set('connecting')
    late = setTimeout(() => state.set('offline'), OFFLINE_AFTER_MS)
  }
  stop = followShared({
    opened: (resumed) => {
      clearTimeout(late)
      state.set('live')
      if (!resumed) refreshOlder()
      opened = true
    },
    event: (event) => {
      if (event.kind === 'reset') return void queries.invalidateQueries()
      if (event.kind === 'presence') return people.set((now) => new Map(now).set(event.place, event.people))
      listeners.forEach((listener) => listener(event.fact))
      touch(event.fact.refs)
    },
    lost,
    refused: () => { clearTimeout(late); stopLive() },
  })
}

/** A short break is not worth a word. */
const OFFLINE_AFTER_MS = 4_000

export function stopLive(): void {
  stop?.()
  stop = null
  opened = false
  state.set('connecting')
}

/** A stream that begins anew tells only of what comes: whatever was read before may have missed something. */
function refreshOlder() {
  if (opened || queries.getQueryCache().getAll().some((query) => query.state.dataUpdateCount > 0)) void queries.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'me' })
}

/** Many facts of one moment refresh each query once. */
function touch(refs: readonly string[]) {
  const first = touched.size === 0
  refs.forEach((ref) => touched.add(ref))
  if (!first || touched.size === 0) return
  const flush = () => {
    const refsNow = new Set(touched)
    touched.clear()
    void queries.invalidateQueries({ predicate: (query) => isTouched(query.queryKey, refsNow) })
  }
  // A hidden page draws no frames.
  if (document.visibilityState === 'visible') requestAnimationFrame(flush)
  else setTimeout(flush, 200)
}

/** How the line to the server stands: `live`, `connecting` for a moment, `offline` when it takes longer. */
export const useLive = (): LiveState => useCell(state)

/** Hears every fact that this reader may hear of, while mounted. Queries refresh by themselves; this is for what is more than data. */
export function useFact(listener: (fact: LiveFact) => void): void {
  const hear = useEffectEvent(listener)
  useEffect(() => {
    const one = (fact: LiveFact) => hear(fact)
    listeners.add(one)
    return () => void listeners.delete(one)
  }, [])
}

const nobody: readonly PersonThere[] = []

/** Who else is at a place (`case:10482`) and what they do there, live. Begins empty until somebody comes, goes or was told by notePresence. */
export const usePresence = (place: string | null): readonly PersonThere[] => useCell(people).get(place ?? '') ?? nobody

/** Puts in what an answer of the server said about a place, so that usePresence begins with it. */
export const notePresence = (place: string, there: readonly PersonThere[]): void => people.set((now) => new Map(now).set(place, there))
