import { toast } from '#web'
import { useState } from 'react'

/** What a small form does when it is sent: once at a time, with its refusal kept for the form to show, closed when it held. */
export function useSaving(onDone: () => void) {
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const save = async (send: () => Promise<unknown>, done: string) => {
    setBusy(true)
    setProblem(null)
    try {
      await send()
      toast({ text: done, tone: 'done' })
      onDone()
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  return { problem, busy, save, forget: () => setProblem(null) }
}
