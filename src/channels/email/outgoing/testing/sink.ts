import { once } from 'node:events'
import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'

/** How the sink treats the next mail. */
export type Manner =
  | 'accept'
  /** Answers MAIL FROM, RCPT TO or the end of DATA with this code and words. */
  | { mailFrom: string } | { data: string } | { recipients: Readonly<Record<string, string>> }
  /** Closes the connection: while the mail is coming in; when it is in whole and will not be kept; when it is kept but not yet answered. */
  | 'dropDuringData' | 'dropBeforeKeeping' | 'dropAfterKeeping'
  /** Keeps the mail and never answers. */
  | 'stall'

export interface Kept {
  messageId: string
  from: string
  to: string[]
  raw: string
}

export interface Sink {
  url: string
  port: number
  kept: Kept[]
  conversations: number
  manner: Manner
  /** Called at the first bytes of a mail, and when one was kept but not yet answered. */
  onFirstBytes: () => void
  onKept: () => void
  /** How often mails of each Message-ID came in. */
  counts(): Map<string, number>
  close(): Promise<void>
}

const withCode = (words: string) => Object.assign(new Error(words.slice(4)), { responseCode: Number(words.slice(0, 3)) })

/** A real SMTP server that keeps what it gets and can be told to behave badly. */
export async function openSink(port = 0, account: { user: string; password: string } | null = null): Promise<Sink> {
  const sockets = new Map<number, Socket>()
  const drop = (session: SMTPServerSession) => sockets.get(session.remotePort)?.destroy()
  const server = new SMTPServer({
    authOptional: account === null, allowInsecureAuth: true, disabledCommands: ['STARTTLS'], disableReverseLookup: true, closeTimeout: 50,
    onConnect: (session, done) => { sink.conversations++; void session; done() },
    onAuth: ({ username, password }, _session, done) => (account && username === account.user && password === account.password
      ? done(null, { user: account.user }) : done(withCode('535 5.7.8 wrong'))),
    onMailFrom: (_address, _session, done) => done(typeof sink.manner === 'object' && 'mailFrom' in sink.manner ? withCode(sink.manner.mailFrom) : null),
    onRcptTo: ({ address }, _session, done) => {
      const words = typeof sink.manner === 'object' && 'recipients' in sink.manner ? sink.manner.recipients[address] : undefined
      done(words ? withCode(words) : null)
    },
    onData: (stream, session, done) => {
      const manner = sink.manner
      const chunks: Buffer[] = []
      stream.once('data', () => { sink.onFirstBytes(); if (manner === 'dropDuringData') drop(session) })
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('error', () => {})
      stream.on('end', () => {
        if (manner === 'dropDuringData') return
        if (manner === 'dropBeforeKeeping') return drop(session)
        if (typeof manner === 'object' && 'data' in manner) return done(withCode(manner.data))
        keep(Buffer.concat(chunks).toString('latin1'), session)
        sink.onKept()
        if (manner === 'dropAfterKeeping') return drop(session)
        if (manner !== 'stall') done(null, 'kept')
      })
    },
  })
  const keep = (raw: string, { envelope }: SMTPServerSession) => sink.kept.push({
    messageId: /^message-id:\s*(<[^>]*>)/im.exec(raw)?.[1] ?? '', from: envelope.mailFrom ? envelope.mailFrom.address : '', to: envelope.rcptTo.map(({ address }) => address), raw,
  })
  server.on('error', () => {})
  server.server.on('connection', (socket: Socket) => { if (socket.remotePort) sockets.set(socket.remotePort, socket); socket.on('error', () => {}) })
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  const at = typeof address === 'object' && address ? address.port : port
  const sink: Sink = {
    url: `smtp://127.0.0.1:${at}`, port: at, kept: [], conversations: 0, manner: 'accept', onFirstBytes: () => {}, onKept: () => {},
    counts: () => Map.groupBy(sink.kept, (mail) => mail.messageId).entries().reduce((counts, [id, mails]) => counts.set(id, mails.length), new Map<string, number>()),
    close: () => new Promise((resolve) => {
      for (const socket of sockets.values()) socket.destroy()
      server.close(() => resolve())
    }),
  }
  return sink
}
