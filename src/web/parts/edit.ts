import { useState } from 'react'
import { ApiProblem } from '../api/problem.ts'
import { mineOver } from './stale-model.ts'

/**
 * A form over a thing that others may change meanwhile. What they save changes nothing in the open form; a save that comes too late is
 * refused, and leads on by `theirs` or `mine`. `now` is the thing as live facts keep it; null for one that is not made yet.
 */
export function useEdit<T, D extends object>(now: T, draftOf: (thing: T) => D) {
  const [seen, setSeen] = useState(now)
  const [draft, setDraft] = useState(() => draftOf(now))
  return {
    /** As it was when the form opened: its version goes with the save. */
    seen, draft,
    set: (change: Partial<D>) => setDraft((before) => ({ ...before, ...change })),
    /** Shows what is saved now; what was written is given up. */
    theirs: () => { setSeen(now); setDraft(draftOf(now)) },
    /** What was written, over what is saved now. @returns what is to be sent */
    mine: () => {
      const merged = mineOver(draftOf(seen), draftOf(now), draft)
      setSeen(now)
      setDraft(merged)
      return merged
    },
  }
}

/** Whether a save was refused because somebody else saved first. */
export const isStale = (problem: unknown): boolean => problem instanceof ApiProblem && problem.code === 'version.stale'
