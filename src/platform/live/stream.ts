import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, May } from '../actor.ts'
import type { Db } from '../db/database.ts'
import type { Feed } from '../log/feed.ts'
import { factsAfter, positionOf, type SealedFact } from '../log/store.ts'
import type { AudienceOf } from './audience.ts'
import type { Whereabouts } from './whereabouts.ts'

export interface Live {
  stream(request: FastifyRequest, reply: FastifyReply, actor: Actor): Promise<void>
  listeners(): number
  /** Ends every stream and opens no other, so that the program can stop. */
  close(): void
}

export interface LiveOptions {
  db: Db
  feed: Feed
  whereabouts: Whereabouts
  may: May
  audienceOf: AudienceOf
  /** Who the request's credential stands for now: null once it was revoked. */
  stillSignedIn(request: FastifyRequest): Promise<Actor | null>
}

const CATCH_UP_MAX = 2_000
const HEARTBEAT_MS = 15_000

/** Server-sent events: every fact that the reader may hear of, each once and in order, also across a lost connection (Last-Event-ID). */
export function openLive(options: LiveOptions): Live {
  const open = new Set<() => void>()
  return {
    listeners: () => open.size,
    close: () => open.forEach((end) => end()),
    stream: async (request, reply, actor) => {
      const out = reply.raw
      reply.hijack()
      out.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no', 'x-content-type-options': 'nosniff' })
      out.write('retry: 1000\n\n')
      const visitor = { actor, write: (chunk: string) => void out.write(chunk) }
      const leave = await follow(options, visitor, lastEventId(request))
      const heartbeat = setInterval(() => void beat(), HEARTBEAT_MS)
      const beat = async () => {
        const now = await options.stillSignedIn(request).catch(() => actor)
        if (!now) return end()
        visitor.actor = now
        out.write(': here\n\n')
      }
      const end = () => {
        clearInterval(heartbeat)
        leave()
        open.delete(end)
        out.end()
      }
      open.add(end)
      request.raw.on('close', end)
    },
  }
}

interface Visitor {
  actor: Actor
  write(chunk: string): void
}

/** Sends what was missed, then what comes. Facts that arrive while catching up are held back and follow in order. */
async function follow(options: LiveOptions, visitor: Visitor, lastId: number | null): Promise<() => void> {
  let position = options.feed.head()
  let chain = Promise.resolve()
  const send = (fact: SealedFact) => {
    chain = chain.then(async () => {
      if (fact.position <= position) return
      position = fact.position
      const audience = await options.audienceOf(fact)
      if (!options.may(visitor.actor, audience.permission, { space: audience.space })) return
      visitor.write(`id: ${fact.id}\nevent: fact\ndata: ${JSON.stringify({ ...fact, position: undefined, refs: audience.refs })}\n\n`)
    }).catch(() => {})
  }
  const since = lastId === null ? null : await positionOf(options.db, lastId)
  if (since !== null) position = since
  const unfollow = options.feed.follow((fact) => { if (caughtUp) send(fact); else held.push(fact) })
  const held: SealedFact[] = []
  let caughtUp = since === null
  if (since !== null) {
    const missed = await factsAfter(options.db, since, CATCH_UP_MAX)
    if (missed.length === CATCH_UP_MAX) {
      position = options.feed.head()
      visitor.write('event: reset\ndata: {}\n\n')
    } else missed.forEach(send)
    caughtUp = true
    held.forEach(send)
  }
  const forget = options.whereabouts.onChange((place, people) => void (async () => {
    const audience = await options.audienceOf({ ...PLACELESS, case: Number(/^case:(\d+)$/.exec(place)?.[1] ?? 0) || null, room: 'desk' })
    if (options.may(visitor.actor, audience.permission, { space: audience.space })) visitor.write(`event: presence\ndata: ${JSON.stringify({ place, people })}\n\n`)
  })().catch(() => {}))
  return () => { unfollow(); forget() }
}

const PLACELESS = { id: '0', at: new Date(0), kind: 'presence.changed', subject: null, actor: { kind: 'system', id: null }, data: {} }

function lastEventId(request: FastifyRequest): number | null {
  const id = String(request.headers['last-event-id'] ?? '')
  return /^\d{1,15}$/.test(id) ? Number(id) : null
}
