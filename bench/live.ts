interface LiveFact {
  id: string
  kind: string
  case: number | null
}

/** Follows the live stream as a program does, with a token. Resolves once the stream is open. */
export async function followLive(url: string, token: string, hear: (fact: LiveFact) => void): Promise<{ close(): void }> {
  const stop = new AbortController()
  const response = await fetch(`${url}/api/v1/live`, { headers: { authorization: `Bearer ${token}` }, signal: stop.signal })
  if (!response.ok || !response.body) throw new Error(`the live stream was refused with ${response.status}`)
  void read(response.body, hear).catch(() => {})
  return { close: () => stop.abort() }
}

async function read(body: ReadableStream<Uint8Array>, hear: (fact: LiveFact) => void) {
  const decoder = new TextDecoder()
  let waiting = ''
  for await (const chunk of body) {
    const blocks = (waiting + decoder.decode(chunk, { stream: true })).split('\n\n')
    waiting = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = /^event: fact\ndata: (.*)$/m.exec(block)?.[1]
      if (data) hear(JSON.parse(data))
    }
  }
}
