import { useSyncExternalStore } from 'react'

/** One value that outlives components and tells those who look at it when it changes. */
export interface Cell<T> {
  get(): T
  set(next: T | ((now: T) => T)): void
  subscribe(listener: () => void): () => void
}

/** Makes a cell; equal values tell nobody. */
export function cell<T>(first: T): Cell<T> {
  let value = first
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set: (next) => {
      const to = isUpdate(next) ? next(value) : next
      if (Object.is(to, value)) return
      value = to
      listeners.forEach((listener) => listener())
    },
    subscribe: (listener) => { listeners.add(listener); return () => listeners.delete(listener) },
  }
}

const isUpdate = <T>(next: T | ((now: T) => T)): next is (now: T) => T => typeof next === 'function'

/** The cell's value, followed. */
export const useCell = <T>(source: Cell<T>): T => useSyncExternalStore(source.subscribe, source.get)
