import { ApiProblem, tellRefusal, toast } from '#web'
import { useState } from 'react'

interface Versioned { id: string; version: number }

export interface SavingOptions<T extends Versioned, Change extends object> {
  seen: T
  /** What the form changes of what was there. */
  changeFrom: (seen: T) => Change
  patch: (id: string, change: Change, version: number) => Promise<T>
  fetchNow: (id: string) => Promise<T>
  /** What brings the fields of a change back to what they were. */
  inverse: (seen: T, change: Change) => Change
  onDone: () => void
}

/** Saves an edited thing over the version that was seen; when somebody else was first, what they saved is handed to the form to choose from. */
export function useSaving<T extends Versioned, Change extends object>({ seen, changeFrom, patch, fetchNow, inverse, onDone }: SavingOptions<T, Change>) {
  const [problem, setProblem] = useState<unknown>(null)
  const [theirs, setTheirs] = useState<T | null>(null)
  const [busy, setBusy] = useState(false)
  const save = async (over: T = seen) => {
    const change = changeFrom(over)
    if (Object.keys(change).length === 0) return onDone()
    setBusy(true)
    setProblem(null)
    setTheirs(null)
    try {
      const saved = await patch(over.id, change, over.version)
      toast({ text: 'Saved', undo: () => void patch(saved.id, inverse(over, change), saved.version).catch((error: unknown) => tellRefusal(error, 'Not undone')) })
      return onDone()
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'version.stale') await fetchNow(over.id).then(setTheirs, setProblem)
      else setProblem(error)
    }
    setBusy(false)
  }
  return { problem, theirs, busy, save, forget: () => setTheirs(null) }
}
