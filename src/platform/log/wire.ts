import pg from 'pg'

/** What instances tell each other beside the log: pokes and who is where. Lost messages do no harm; the log has everything that matters. */
export interface Wire {
  on(channel: string, listener: (payload: string) => void): void
  /** Sends once the current burst is over; equal payloads within a burst are sent once. Never inside a verb's transaction,
   *  because NOTIFY makes commits queue for one lock. */
  say(channel: string, payload: string): void
  /** Calls back after each reconnection, when something may have been missed. */
  onReconnect(listener: () => void): void
  close(): Promise<void>
}

const BURST_MS = 3
const RETRY_MS = 250
const PATIENCE_MS = 10_000

/** Connects to the channels. A connection that breaks is made anew for as long as the wire is open; the first one must hold. */
export async function openWire(url: string, channels: readonly string[]): Promise<Wire> {
  const listeners = new Map<string, Set<(payload: string) => void>>()
  const reconnected = new Set<() => void>()
  const waiting = new Map<string, { channel: string; payload: string }>()
  let client: pg.Client | null = null
  let closed = false
  let flushing = false

  // A client says `end` also when it never came through, so only the loss of the one in use begins the search for another.
  const connect = async () => {
    const next = new pg.Client({ connectionString: url, application_name: 'meridian wire', keepAlive: true, connectionTimeoutMillis: PATIENCE_MS })
    next.on('notification', ({ channel, payload }) => listeners.get(channel)?.forEach((listener) => listener(payload ?? '')))
    next.on('error', () => {})
    next.on('end', () => { if (client === next) { client = null; void reconnect() } })
    try {
      await next.connect()
      for (const channel of channels) await next.query(`listen ${pg.escapeIdentifier(channel)}`)
    } catch (error) {
      await next.end().catch(() => {})
      throw error
    }
    if (closed) await next.end().catch(() => {})
    else client = next
  }
  const reconnect = async () => {
    while (!closed && !client) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      await connect().then(() => reconnected.forEach((listener) => listener()), () => {})
    }
  }
  const flush = async () => {
    flushing = false
    const batch = [...waiting.values()]
    waiting.clear()
    for (const { channel, payload } of batch) await client?.query('select pg_notify($1, $2)', [channel, payload]).catch(() => {})
  }

  await connect()
  return {
    on: (channel, listener) => void (listeners.get(channel) ?? listeners.set(channel, new Set()).get(channel)!).add(listener),
    onReconnect: (listener) => void reconnected.add(listener),
    say: (channel, payload) => {
      waiting.set(`${channel} ${payload}`, { channel, payload })
      if (flushing) return
      flushing = true
      setTimeout(() => void flush(), BURST_MS)
    },
    close: async () => { closed = true; await client?.end().catch(() => {}) },
  }
}
