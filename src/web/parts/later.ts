import { useEffect, useRef, useState } from 'react'

const PAUSE_MS = 200

/** A text that shows at once what is written, and is told when the writer pauses; a change from elsewhere (Back) shows too. */
export function useLater(told: string, tell: (text: string) => void): [text: string, write: (text: string) => void] {
  const [text, setText] = useState(told)
  const latest = useRef(tell)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => { latest.current = tell })
  const [seen, setSeen] = useState(told)
  if (seen !== told) {
    setSeen(told)
    if (text.trim() !== told) setText(told)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  return [text, (next) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => latest.current(next.trim()), PAUSE_MS)
  }]
}
