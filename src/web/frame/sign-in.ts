import { onSignedOut } from '../api/client.ts'
import { queries } from '../api/queries.ts'
import { stopLive } from '../live/live.ts'
import { navigate } from '../routing.ts'

export const SIGN_IN = '/sign-in'

/** To the sign-in screen, keeping where one was. What was fetched is forgotten: somebody else may sign in. */
export function leave(): void {
  stopLive()
  queries.clear()
  const { pathname, search } = window.location
  if (pathname.startsWith(SIGN_IN)) return
  const here = pathname === '/' ? '' : `?to=${encodeURIComponent(pathname + search)}`
  navigate(`${SIGN_IN}${here}`)
}

/** After a sign-in: to where one wanted to go (the screen's `to`), within this site only. */
export function enter(to?: string | null): void {
  queries.clear()
  const place = to && /^\/(?![/\\])/.test(to) && !to.startsWith(SIGN_IN) ? to : '/'
  navigate(place, { replace: true })
}

export const watchSignIn = () => onSignedOut(leave)
