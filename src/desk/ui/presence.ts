import { notePresence, useMe, usePresence, type PersonThere } from '#web'
import { useEffect, useEffectEvent, useRef } from 'react'
import { api } from './data.ts'

/** Said again before it fades (the server forgets after 30 s). */
const SAY_EVERY_MS = 12_000

/** Tells colleagues that this reader looks at a case or writes in it, while the page is seen; and who else does. */
export function useHere(number: number, writing: boolean): readonly PersonThere[] {
  const me = useMe()
  const place = `case:${number}`
  const isAgent = me.kind === 'agent'
  const doing = writing ? 'writing' : 'viewing'
  const say = useEffectEvent(() => {
    if (document.visibilityState === 'visible') void tell(number, doing).then((people) => { if (people) notePresence(place, people) })
  })
  useEffect(() => {
    if (!isAgent) return
    const onVisible = () => { if (document.visibilityState === 'visible') say(); else void tell(number, 'gone') }
    say()
    const timer = setInterval(() => say(), SAY_EVERY_MS)
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', onVisible)
      void tell(number, 'gone')
    }
  }, [number, isAgent])
  const first = useRef(true)
  useEffect(() => {
    if (!first.current && isAgent) void tell(number, doing)
    first.current = false
  }, [number, doing, isAgent])
  return usePresence(place).filter(({ agent }) => agent !== me.id)
}

/** A word about oneself that is lost is said again soon. */
async function tell(number: number, doing: 'viewing' | 'writing' | 'gone'): Promise<PersonThere[] | null> {
  try {
    return (await api('PUT /api/v1/cases/:number/presence', { params: { number }, body: { doing } })).people
  } catch {
    return null
  }
}
