import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, May } from '../actor.ts'
import type { Db } from '../db/database.ts'
import type { Feed } from '../log/feed.ts'
import { factsAfter, positionOf, type SealedFact } from '../log/store.ts'
import { refuse } from '../refusal.ts'
import type { AudienceOf } from './audience.ts'
import { beginVisit, type Visit } from './visit.ts'
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
  /** Roles, sign-ins or walls changed: whoever remembers credentials forgets them. */
  accessChanged?(): void
  /** How often a silent stream says that it lives and its reader's credential is looked at anew. */
  heartbeatMs?: number
}

const CATCH_UP_MAX = 2_000
const HEARTBEAT_MS = 15_000
/** Each stream is asked about at every fact. A browser's tabs share one; nobody works in so many browsers. */
const STREAMS_OF_ONE_MAX = 50

/** Server-sent events: every fact that the reader may hear of, each once and in order, also across a lost connection (Last-Event-ID). */
export function openLive(options: LiveOptions): Live {
  const open = new Set<Visit>()
  let closed = false
  return {
    listeners: () => open.size,
    close: () => {
      closed = true
      open.forEach((visit) => visit.end())
    },
    stream: async (request, reply, actor) => {
      if (closed) throw refuse('program.stopping')
      if ([...open].filter((visit) => visit.actor.id === actor.id).length >= STREAMS_OF_ONE_MAX) throw refuse('rate.exceeded')
      const since = await resumeAt(options.db, request)
      const visit = beginVisit({ request, reply, actor, position: options.feed.head(), stillSignedIn: options.stillSignedIn, heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS })
      open.add(visit)
      visit.onEnd(() => open.delete(visit))
      follow(options, visit, since).catch(() => visit.end())
      visit.onEnd(options.whereabouts.onChange((place, people) => void tellPlace(options, visit, place, people).catch(() => {})))
    },
  }
}

/** Where a reader left off: a position, `null` for one who begins, `unknown` when the log has no such fact any more (a restored backup). */
async function resumeAt(db: Db, request: FastifyRequest): Promise<number | 'unknown' | null> {
  const id = request.headers['last-event-id']
  if (id === undefined || id === '') return null
  if (typeof id !== 'string' || !/^\d{1,15}$/.test(id)) return 'unknown'
  return (await positionOf(db, Number(id))) ?? 'unknown'
}

/** Sends what was missed, then what comes. Facts that arrive while catching up are held back and follow in order. */
async function follow(options: LiveOptions, visit: Visit, since: number | 'unknown' | null) {
  // A fact that could not be told must not be passed over: the stream ends, and the reader comes back for it.
  let chain = Promise.resolve()
  const send = (fact: SealedFact) => { chain = chain.then(() => tell(options, visit, fact)).catch(() => visit.end()) }
  let held: SealedFact[] | null = []
  visit.onEnd(options.feed.follow((fact) => { if (held) held.push(fact); else send(fact) }))
  if (since !== null) (await missedSince(options, visit, since)).forEach(send)
  const waiting = held
  held = null
  waiting.forEach(send)
}

/** What came after the reader left; too much, or unknown: the screens are told to read everything anew, and go on from now. */
async function missedSince(options: LiveOptions, visit: Visit, since: number | 'unknown'): Promise<SealedFact[]> {
  const missed = since === 'unknown' ? null : await factsAfter(options.db, since, CATCH_UP_MAX)
  if (missed && missed.length < CATCH_UP_MAX && since !== 'unknown') {
    visit.position = since
    return missed
  }
  visit.position = options.feed.head()
  visit.write('event: reset\ndata: {}\n\n')
  return []
}

async function tell(options: LiveOptions, visit: Visit, fact: SealedFact) {
  if (visit.ended() || fact.position <= visit.position) return
  const audience = await options.audienceOf(fact)
  if (audience.changesAccess) {
    options.accessChanged?.()
    await visit.lookAgain()
  }
  visit.position = fact.position
  visit.lastId = fact.id
  if (audience.only && !audience.only.includes(visit.actor.id)) return
  if (!options.may(visit.actor, audience.permission, { space: audience.space })) return
  visit.write(`id: ${fact.id}\nevent: fact\ndata: ${JSON.stringify({ ...fact, position: undefined, refs: audience.refs })}\n\n`)
}

async function tellPlace(options: LiveOptions, visit: Visit, place: string, people: unknown) {
  const audience = await options.audienceOf({ ...PLACELESS, case: Number(/^case:(\d+)$/.exec(place)?.[1] ?? 0) || null, room: 'desk' })
  if (options.may(visit.actor, audience.permission, { space: audience.space })) visit.write(`event: presence\ndata: ${JSON.stringify({ place, people })}\n\n`)
}

const PLACELESS = { id: '0', at: new Date(0), kind: 'presence.changed', subject: null, actor: { kind: 'system', id: null }, data: {} }
