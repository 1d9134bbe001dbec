import { WifiOff } from 'lucide-react'
import { useLive, type LiveState } from '../live/live.ts'
import { Tooltip } from '../parts/tooltip.tsx'

const WORDS: Record<LiveState, string> = { live: 'Live: changes appear by themselves', connecting: 'Connecting ...', offline: 'Offline: what you see may be old' }

/** A small mark in the rail: whether changes appear by themselves. */
export function LiveMark() {
  const state = useLive()
  return <Tooltip text={WORDS[state]} side="right"><span className={`live-mark live-mark-${state}`} role="img" aria-label={WORDS[state]} /></Tooltip>
}

/** Says in words that the server is out of reach, once it has been so for a while. */
export function OfflineBanner() {
  const state = useLive()
  return (
    <div role="status">
      {state === 'offline' ? <p className="banner banner-soon"><WifiOff size={15} aria-hidden />The server cannot be reached. You see what was last known; it is tried again all the time, and what you write stays here.</p> : null}
    </div>
  )
}
