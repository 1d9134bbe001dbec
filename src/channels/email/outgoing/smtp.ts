import type { Readable } from 'node:stream'
import { parseConnectionUrl } from 'nodemailer/lib/shared'
import SMTPConnection, { type SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection'
import type { Attempt, Refused } from './model.ts'

export interface Envelope {
  from: string
  to: string[]
}

/** Hands a mail to the next server and says how far it got. It never throws for what a server or a network does. */
export interface Transport {
  /** `signal` ends the conversation at once, wherever it is. `open` gives the mail's bytes, anew at each call. */
  send(envelope: Envelope, open: () => Promise<Readable>, signal: AbortSignal): Promise<Attempt>
  close(): void
}

/** Without a server mails stay in the house: made whole as if they were sent, and marked as local. */
export const localOutbox: Transport = {
  send: async (_envelope, open) => {
    try {
      for await (const _ of await open());
      return { kind: 'taken', refused: [], response: 'kept in the local outbox' }
    } catch (error) {
      return { kind: 'broken', problem: problemOf(error) }
    }
  },
  close: () => {},
}

export interface SmtpTimes {
  connectMs: number
  /** Silence in the middle of a conversation; RFC 5321 (4.5.3.2) asks for minutes before the answer to DATA. */
  silenceMs: number
  /** How long an idle connection is kept for the next mail. */
  idleMs: number
}

const times: SmtpTimes = { connectMs: 20_000, silenceMs: 300_000, idleMs: 15_000 }
const IDLE_MAX = 4

/** Mail by SMTP, as SMTP_URL says (`smtp://user:password@host:port?requireTLS=true`). Connections are kept for the next mail. */
export function openSmtp(url: string, name: string, given: Partial<SmtpTimes> = {}): Transport {
  const { connectMs, silenceMs, idleMs } = { ...times, ...given }
  const { auth, ...server } = parseConnectionUrl(url)
  const idle = new Map<SMTPConnection, () => void>()

  const fresh = async (signal: AbortSignal): Promise<SMTPConnection> => {
    const connection = new SMTPConnection({ ...server, name, connectionTimeout: connectMs, greetingTimeout: connectMs, dnsTimeout: connectMs, socketTimeout: silenceMs })
    // A step listens for errors while it runs; between steps an error only means that the next one will find the connection closed.
    connection.on('error', () => {})
    try {
      await step(connection, signal, (done) => connection.connect(done))
      if (auth) await step(connection, signal, (done) => connection.login({ ...auth }, done))
      return connection
    } catch (error) {
      connection.close()
      throw error
    }
  }
  const keep = (connection: SMTPConnection) => {
    if (idle.size >= IDLE_MAX) return connection.quit()
    const forget = () => {
      clearTimeout(timer)
      idle.delete(connection)
      connection.removeListener('end', forget)
    }
    const timer = setTimeout(() => { forget(); connection.quit() }, idleMs)
    timer.unref()
    connection.once('end', forget)
    idle.set(connection, forget)
  }
  const take = (): SMTPConnection | null => {
    const [kept] = [...idle].at(-1) ?? []
    if (kept) idle.get(kept)?.()
    return kept ?? null
  }

  return {
    send: async (envelope, open, signal) => {
      const reused = take()
      const first = await converse({ envelope, open, signal, connect: async () => reused ?? fresh(signal), keep })
      // A server may have closed a kept connection without a word; that says nothing about the server, so a new one is tried at once.
      return reused && first.kind === 'unreached' && !signal.aborted ? converse({ envelope, open, signal, connect: () => fresh(signal), keep }) : first
    },
    close: () => { for (let kept = take(); kept; kept = take()) kept.quit() },
  }
}

interface Conversation {
  envelope: Envelope
  open: () => Promise<Readable>
  signal: AbortSignal
  connect: () => Promise<SMTPConnection>
  keep: (connection: SMTPConnection) => void
}

interface Given {
  whole: boolean
  brokeBy: unknown
}

async function converse({ envelope, open, signal, connect, keep }: Conversation): Promise<Attempt> {
  let stream: Readable
  try {
    stream = await open()
  } catch (error) {
    return { kind: 'broken', problem: problemOf(error) }
  }
  let connection: SMTPConnection | null = null
  // Until the last byte has been read from the stream, the dot that ends the mail cannot have been written.
  const given: Given = { whole: false, brokeBy: null }
  stream.once('end', () => { given.whole = true })
  stream.once('error', (error) => { given.brokeBy = error })
  try {
    connection = await connect()
    const live = connection
    const info = await step<SMTPConnectionSendInfo>(live, signal, (done) => live.send({ ...envelope, use8BitMime: true }, stream, done))
    keep(live)
    return { kind: 'taken', refused: refusedFrom(info?.rejectedErrors), response: words(info?.response) }
  } catch (error) {
    stream.destroy()
    connection?.close()
    return judge(error, given)
  }
}

/** One step of a conversation as a promise that also ends when the connection breaks or the signal comes. */
function step<T = unknown>(connection: SMTPConnection, signal: AbortSignal, begin: (done: (error?: Error | null, value?: T) => void) => void): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const over = () => {
      connection.removeListener('error', fail)
      connection.removeListener('end', ended)
      signal.removeEventListener('abort', aborted)
    }
    const fail = (error: unknown) => { over(); reject(error) }
    const ended = () => fail(new Error('the connection closed'))
    const aborted = () => fail(new Error('the program is stopping'))
    if (signal.aborted) return reject(new Error('the program is stopping'))
    connection.once('error', fail)
    connection.once('end', ended)
    signal.addEventListener('abort', aborted, { once: true })
    begin((error, value) => { if (error) fail(error); else { over(); resolve(value) } })
  })
}

interface SmtpFault {
  responseCode?: unknown
  response?: unknown
  command?: unknown
  rejectedErrors?: unknown
}

function judge(error: unknown, given: Given): Attempt {
  if (given.brokeBy) return { kind: 'broken', problem: problemOf(given.brokeBy) }
  const fault: SmtpFault = typeof error === 'object' && error !== null ? error : {}
  const code = typeof fault.responseCode === 'number' ? fault.responseCode : null
  const refused = refusedFrom(fault.rejectedErrors)
  if (code !== null && isOfMail(fault.command, given.whole)) {
    return { kind: 'refused', permanent: code >= 500 && refused.length === 0, refused, response: words(fault.response) }
  }
  return given.whole ? { kind: 'unanswered', problem: problemOf(error) } : { kind: 'unreached', problem: problemOf(error) }
}

/** Refusals of greeting, encryption or sign-in are about our place at the server and pass once that is put right; these are about the mail. */
const isOfMail = (command: unknown, whole: boolean): boolean => whole || command === 'MAIL FROM' || command === 'RCPT TO' || command === 'DATA'

function refusedFrom(errors: unknown): Refused[] {
  return (Array.isArray(errors) ? errors : []).map((error: unknown) => {
    const { recipient, response, responseCode } = fieldsOf(error)
    return { address: String(recipient), permanent: Number(responseCode) >= 500, response: words(response) }
  })
}

const fieldsOf = (error: unknown): Record<string, unknown> => {
  if (typeof error !== 'object' || error === null) return {}
  return { recipient: 'recipient' in error ? error.recipient : null, response: 'response' in error ? error.response : null, responseCode: 'responseCode' in error ? error.responseCode : null }
}

const WORDS_MAX = 500
const words = (response: unknown): string => (typeof response === 'string' ? response : '').replace(/\p{Cc}+/gu, ' ').trim().slice(0, WORDS_MAX)
const problemOf = (error: unknown): string => words(error instanceof Error ? error.message : String(error))
