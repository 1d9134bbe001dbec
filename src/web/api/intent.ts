import { useState } from 'react'

/** Keeps one Idempotency-Key for what somebody means to do, over as many clicks as it takes, until it is done. */
export interface Intent {
  /** The same body gives the same key: pressing Send again after a lost answer sends nothing twice. */
  key(body?: unknown): string
  /** It succeeded: the next one is a new intent, also with the same words. */
  done(): void
}

/** An intent outside of components. See useIntent. */
export function newIntent(): Intent {
  const keys = new Map<string, string>()
  return {
    key: (body) => {
      const text = JSON.stringify(body) ?? ''
      const known = keys.get(text) ?? crypto.randomUUID()
      keys.set(text, known)
      return known
    },
    done: () => keys.clear(),
  }
}

/** An intent that lives as long as the form it belongs to. */
export const useIntent = (): Intent => useState(newIntent)[0]
