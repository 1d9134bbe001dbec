import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'

/** One open stream and its reader. */
export interface Visit {
  /** Who reads; looked at anew at every heartbeat, since roles and walls change while a stream is open. */
  actor: Actor
  /** Up to where the log was looked at for this reader. */
  position: number
  /** The fact there, whether or not the reader may hear of it. */
  lastId: string | null
  write(chunk: string): void
  /** Ends the stream when the credential was revoked meanwhile. */
  lookAgain(): Promise<void>
  ended(): boolean
  end(): void
  onEnd(action: () => void): void
}

export interface VisitOptions {
  request: FastifyRequest
  reply: FastifyReply
  actor: Actor
  position: number
  stillSignedIn(request: FastifyRequest): Promise<Actor | null>
  heartbeatMs: number
}

/** A reader who takes this long to read is let go, and comes back for what it missed; its lines are not kept in memory. */
const WAITING_BYTES_MAX = 1_048_576

/** Takes the connection over from the server and keeps it open. */
export function beginVisit({ request, reply, actor, position, stillSignedIn, heartbeatMs }: VisitOptions): Visit {
  const out = reply.raw
  const endings: (() => void)[] = []
  let over = false
  const end = () => {
    if (over) return
    over = true
    clearInterval(heartbeat)
    for (const action of endings) action()
    out.end()
  }
  const visit: Visit = {
    actor, position, lastId: null, end, ended: () => over,
    write: (chunk) => {
      if (over) return
      out.write(chunk)
      if (out.writableLength > WAITING_BYTES_MAX) out.destroy()
    },
    lookAgain: async () => {
      const now = await stillSignedIn(request)
      if (now) visit.actor = now
      else end()
    },
    onEnd: (action) => { if (over) action(); else endings.push(action) },
  }
  const beat = () => {
    // While the database is away nobody can be asked, and nothing is told either.
    visit.lookAgain().catch(() => {})
    // The id alone moves the reader's mark past what it may not hear of, so that it does not come back for that.
    visit.write(`: here\n${visit.lastId ? `id: ${visit.lastId}\n` : ''}\n`)
  }
  const heartbeat = setInterval(beat, heartbeatMs)
  out.on('close', end).on('error', end)
  reply.hijack()
  out.writeHead(200, { ...textHeaders(reply), 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  out.write('retry: 1000\n\n')
  return visit
}

const textHeaders = (reply: FastifyReply) => Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]))
