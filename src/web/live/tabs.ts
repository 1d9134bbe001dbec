import type { LiveEvent } from './model.ts'
import { followStream, type StreamTold } from './stream.ts'

/** What the tab that holds the stream tells the others. */
type Said =
  | { what: 'opened'; resumed: boolean }
  | { what: 'event'; event: LiveEvent; id: string | null }
  | { what: 'lost' }
  | { what: 'refused' }
  /** A tab that came later asks how things stand. */
  | { what: 'asks' }

/**
 * One stream for all tabs of this browser: browsers open few connections to one server, and each open tab would take one for good.
 * The tab that gets the lock holds the stream and tells the others; when it closes, the next takes over behind the last event that all have seen.
 * Without locks (a page that is not served over https) each tab holds its own.
 */
export function followShared(told: StreamTold): () => void {
  let lastId: string | null = null
  const seen: StreamTold = { ...told, event: (event, id) => { lastId = id ?? lastId; told.event(event, id) } }
  if (!('locks' in navigator) || typeof BroadcastChannel === 'undefined') return followStream(seen, () => lastId)
  const channel = new BroadcastChannel('meridian-live')
  const life = new AbortController()
  let state: 'opened' | 'lost' | null = null
  channel.addEventListener('message', ({ data }: MessageEvent<Said>) => {
    if (data.what === 'asks') { if (state) channel.postMessage(state === 'opened' ? { what: 'opened', resumed: true } : { what: 'lost' }) } else hear(data, seen)
  })
  channel.postMessage({ what: 'asks' } satisfies Said)
  const both = (said: Exclude<Said, { what: 'asks' }>) => {
    if (said.what === 'opened' || said.what === 'lost') state = said.what
    channel.postMessage(said)
    hear(said, seen)
  }
  navigator.locks.request('meridian-live', { signal: life.signal }, () => new Promise<void>((release) => {
    const stop = followStream({
      opened: (resumed) => both({ what: 'opened', resumed }),
      event: (event, id) => both({ what: 'event', event, id }),
      lost: () => both({ what: 'lost' }),
      refused: () => { both({ what: 'refused' }); release() },
    }, () => lastId)
    life.signal.addEventListener('abort', () => { stop(); release() })
  })).catch(() => { /* stopped while waiting for the lock */ })
  return () => { life.abort(); channel.close() }
}

function hear(said: Exclude<Said, { what: 'asks' }>, told: StreamTold) {
  if (said.what === 'opened') told.opened(said.resumed)
  else if (said.what === 'event') told.event(said.event, said.id)
  else if (said.what === 'lost') told.lost()
  else told.refused()
}
