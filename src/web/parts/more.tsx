import { Button } from './button.tsx'
import { useEffect, useRef } from 'react'

const AHEAD = '600px'

/** The end of a list that has more: loads as it comes near, and by a click for those who cannot scroll. */
export function More({ when, load }: { when: boolean; load: () => void }) {
  const end = useRef<HTMLDivElement>(null)
  const latest = useRef(load)
  useEffect(() => { latest.current = load })
  useEffect(() => {
    if (!when || !end.current) return
    const watch = new IntersectionObserver((entries) => { if (entries.some(({ isIntersecting }) => isIntersecting)) latest.current() }, { rootMargin: AHEAD })
    watch.observe(end.current)
    return () => watch.disconnect()
  }, [when])
  return when ? <div ref={end} className="more"><Button variant="quiet" size="small" onClick={load}>Show more</Button></div> : null
}
