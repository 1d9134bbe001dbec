import { reachable } from '../api/reach.ts'
import { blocksIn, eventOf, type LiveEvent } from './model.ts'

export interface StreamTold {
  /** The stream stands; `resumed` when it goes on where an earlier one ended. */
  opened(resumed: boolean): void
  event(event: LiveEvent, id: string | null): void
  lost(): void
  /** Nobody is signed in: no further tries until started again. */
  refused(): void
}

/** The server says something at least this often; silence beyond it means that the line is dead without saying so. */
const SILENCE_MS = 40_000
const RETRY_MS_MAX = 15_000

/** Follows /api/v1/live until told to stop, over lost connections, each event once: it resumes behind the last id seen. */
export function followStream(told: StreamTold, since: () => string | null): () => void {
  const life = new AbortController()
  void (async () => {
    for (let failures = 0; !life.signal.aborted;) {
      const outcome = await once(told, since(), life.signal)
      if (outcome === 'refused') return told.refused()
      if (life.signal.aborted) return
      failures = outcome === 'ended' ? 0 : failures + 1
      told.lost()
      await pause(Math.min(RETRY_MS_MAX, 400 * 2 ** failures) * (0.7 + Math.random() * 0.6), life.signal)
    }
  })()
  return () => life.abort()
}

/** One connection. @returns `ended` when it had stood, `failed` when it never did. */
async function once(told: StreamTold, lastId: string | null, life: AbortSignal): Promise<'refused' | 'ended' | 'failed'> {
  const connection = new AbortController()
  const stop = () => connection.abort()
  life.addEventListener('abort', stop)
  // A line can be dead long before it is silent for too long: the system says so, or a request could not be sent.
  window.addEventListener('offline', stop)
  const doubt = reachable.subscribe(() => { if (!reachable.get()) stop() })
  const watch = silenceWatch(stop)
  let stood = false
  try {
    const response = await fetch('/api/v1/live', {
      headers: { accept: 'text/event-stream', ...(lastId === null ? {} : { 'last-event-id': lastId }) }, cache: 'no-store', credentials: 'same-origin', signal: connection.signal,
    })
    if (response.status === 401 || response.status === 403) return 'refused'
    if (!response.ok || !response.body) return 'failed'
    stood = true
    told.opened(lastId !== null)
    await readAll(response.body, told, watch.heard)
  } catch { /* aborted, or the line broke: the caller tries again */ } finally {
    watch.end()
    life.removeEventListener('abort', stop)
    window.removeEventListener('offline', stop)
    doubt()
  }
  return stood ? 'ended' : 'failed'
}

async function readAll(body: ReadableStream<Uint8Array>, told: StreamTold, heard: () => void) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    heard()
    const { blocks, rest } = blocksIn(text + decoder.decode(part.value, { stream: true }))
    text = rest
    for (const block of blocks) {
      const event = eventOf(block)
      if (event) told.event(event, block.id)
    }
  }
}

function silenceWatch(tooLong: () => void) {
  let timer = setTimeout(tooLong, SILENCE_MS)
  return {
    heard: () => { clearTimeout(timer); timer = setTimeout(tooLong, SILENCE_MS) },
    end: () => clearTimeout(timer),
  }
}

/** Ends early when the network comes back or somebody looks at the page again. */
function pause(ms: number, life: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      window.removeEventListener('online', done)
      document.removeEventListener('visibilitychange', seen)
      life.removeEventListener('abort', done)
      resolve()
    }
    const seen = () => { if (document.visibilityState === 'visible') done() }
    const timer = setTimeout(done, ms)
    window.addEventListener('online', done)
    document.addEventListener('visibilitychange', seen)
    life.addEventListener('abort', done)
  })
}
