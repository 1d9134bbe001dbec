import { get, type IncomingMessage } from 'node:http'

export interface StreamEvent {
  id?: string
  event?: string
  data?: string
}

/** A browser's EventSource, as far as the stream can tell. */
export interface Reader {
  events: StreamEvent[]
  /** What a browser would send as Last-Event-ID when it comes back. */
  lastId(): string | null
  ended: Promise<void>
  /** The connection breaks, as when a train enters a tunnel. */
  cut(): void
}

/** Opens a live stream. @throws the status when it is refused. */
export async function readLive(url: string, token: string, lastEventId: string | null = null): Promise<Reader> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${url}/api/v1/live`, { headers: { authorization: `Bearer ${token}`, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) } }, resolve).once('error', reject)
  })
  if (response.statusCode !== 200) throw new Error(String(response.statusCode))
  const events: StreamEvent[] = []
  let rest = ''
  let last: string | null = lastEventId
  response.setEncoding('utf8').on('error', () => {}).on('data', (chunk: string) => {
    const blocks = (rest + chunk).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = parse(block)
      if (event.id !== undefined) last = event.id
      if (event.data !== undefined) events.push(event)
    }
  })
  return { events, lastId: () => last, ended: new Promise((resolve) => { response.once('close', resolve) }), cut: () => response.destroy() }
}

function parse(block: string): StreamEvent {
  const event: Record<string, string> = {}
  for (const line of block.split('\n')) {
    const [, name, value] = /^(\w+): (.*)$/.exec(line) ?? []
    if (name !== undefined && value !== undefined) event[name] = value
  }
  return event
}
