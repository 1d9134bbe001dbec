import { connect, type Socket } from 'node:net'

/** A raw SMTP conversation, byte by byte: for what a well-behaved mail program never sends. */
export interface RawSmtp {
  socket: Socket
  /** Sends as it stands. */
  write(bytes: string | Buffer): void
  /** Waits for one whole reply (all its lines). */
  reply(): Promise<string>
  /** Sends a line and waits for its reply. */
  ask(line: string): Promise<string>
  closed: Promise<void>
  end(): void
}

export async function talkSmtp(port: number): Promise<RawSmtp> {
  const socket = connect(port, '127.0.0.1')
  const replies: string[] = []
  const readers: ((reply: string) => void)[] = []
  let waiting = ''
  let over = false
  socket.on('data', (chunk) => {
    waiting += chunk.toString('latin1')
    for (let match = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\n/.exec(waiting); match; match = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\n/.exec(waiting)) {
      waiting = waiting.slice(match[0].length)
      const reader = readers.shift()
      if (reader) reader(match[0].trimEnd())
      else replies.push(match[0].trimEnd())
    }
  })
  socket.on('error', () => {})
  const closed = new Promise<void>((resolve) => socket.on('close', () => {
    over = true
    for (const reader of readers.splice(0)) reader('closed')
    resolve()
  }))
  const reply = () => new Promise<string>((resolve) => {
    const known = replies.shift()
    if (known !== undefined) resolve(known)
    else if (over) resolve('closed')
    else readers.push(resolve)
  })
  const talk: RawSmtp = {
    socket, closed, reply, write: (bytes) => void socket.write(bytes), end: () => void socket.destroy(),
    ask: (line) => {
      socket.write(`${line}\r\n`)
      return reply()
    },
  }
  await reply()
  return talk
}
