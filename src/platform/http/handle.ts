import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor, May } from '../actor.ts'
import type { Db } from '../db/database.ts'
import { refuse } from '../refusal.ts'
import type { Perform } from '../work/work.ts'
import { whoSends, type Authenticate, type SignedIn } from './authenticate.ts'
import { keepAnswer, readKey, takeKey, type KeptAnswer, type KeyedRequest } from './idempotency.ts'
import type { ActRoute, AnyRoute, Answer, Caller, ChangeRoute } from './route.ts'

export interface Ground {
  db: Db
  perform: Perform
  may: May
  authenticate: Authenticate
}

const nobody: Actor = { kind: 'customer', id: 'nobody', name: '', roles: [], teamId: null, barred: [] }

const senders = new WeakMap<FastifyRequest, SignedIn | null>()

/** Sign-in and permission, before anything of the request's body is read: strangers cost little and learn nothing. */
export function guardOf(route: AnyRoute, ground: Ground) {
  return async (request: FastifyRequest) => {
    const signedIn = await whoSends(request, ground.authenticate)
    if (!ground.may(signedIn?.actor ?? null, route.permission)) throw refuse(signedIn ? 'permission.missing' : 'signIn.needed')
    senders.set(request, signedIn)
  }
}

/** Handler and answer: what every route does around its own lines, once its guard let the request pass. */
export function handlerOf(route: AnyRoute, ground: Ground) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const signedIn = senders.get(request)
    if (signedIn === undefined) throw new Error('a request came past the guard')
    const caller = callerOf(request, signedIn)
    const seen = { ...caller, params: request.params, query: request.query }
    if (route.does === 'raw') return route.handle({ ...seen, db: ground.db, request, reply })
    const { answer, headers, given } = openAnswer()
    if (route.does === 'read') {
      const value = await route.handle({ ...seen, db: ground.db, answer })
      if (headers['etag'] && isKnown(headers['etag'], request.headers['if-none-match'])) return reply.code(304).headers(headers).send()
      return send(reply, { status: given.status ?? 200, headers, body: value })
    }
    return send(reply, await ('alone' in route ? act(route, request, caller, ground) : change(route, request, caller, ground)))
  }
}

async function act(route: ActRoute<any, any, any, any>, request: FastifyRequest, caller: Caller, ground: Ground): Promise<KeptAnswer> { // eslint-disable-line -- see AnyRoute
  const { answer, headers, given } = openAnswer()
  const body = await route.handle({ ...caller, db: ground.db, params: request.params, query: request.query, body: request.body, answer })
  return { status: given.status ?? route.status ?? successOf(request), headers, body }
}

async function change(route: ChangeRoute<any, any, any, any>, request: FastifyRequest, caller: Caller, ground: Ground): Promise<KeptAnswer> { // eslint-disable-line -- see AnyRoute
  const key = request.method === 'POST' ? readKey(request.headers['idempotency-key']) : null
  const keyed: KeyedRequest | null = key === null ? null
    : { actor: `${caller.actor.kind}:${caller.actor.id}`, key, method: request.method, url: request.url, body: request.body }
  return ground.perform(caller.actor, async (work) => {
    const kept = keyed ? await takeKey(work.tx, keyed) : null
    if (kept) return { ...kept, headers: { ...kept.headers, 'idempotency-replayed': 'true' } }
    const { answer, headers, given } = openAnswer()
    const body = await route.handle({ ...caller, work, params: request.params, query: request.query, body: request.body, ifMatch: versionSeen(request), answer })
    const done = { status: given.status ?? route.status ?? successOf(request), headers, body }
    if (keyed && !route.secret) await keepAnswer(work.tx, keyed, done)
    return done
  })
}

const successOf = (request: FastifyRequest) => (request.method === 'POST' ? 201 : 200)

function openAnswer() {
  const headers: Record<string, string> = {}
  const given: { status?: number } = {}
  const answer: Answer = {
    status: (code) => { given.status = code },
    etag: (version) => { headers['etag'] = `"${version}"` },
    header: (name, value) => { headers[name.toLowerCase()] = value },
  }
  return { answer, headers, given }
}

const callerOf = (request: FastifyRequest, signedIn: SignedIn | null): Caller => ({
  actor: signedIn?.actor ?? nobody, signedIn: signedIn?.actor ?? null, sessionId: signedIn?.sessionId ?? null,
  address: request.ip, browser: String(request.headers['user-agent'] ?? '').slice(0, 300),
})

/** RFC 9110, 13.1.2: one of several tags, weak or not. */
const isKnown = (etag: string, header: string | undefined): boolean =>
  (header ?? '').split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)

function versionSeen(request: FastifyRequest): number | null {
  const header = request.headers['if-match']
  if (header === undefined || header === '*') return null
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header)?.[1]
  if (version === undefined) throw refuse('request.invalid', { errors: [{ path: 'headers/if-match', code: 'format' }] })
  return Number(version)
}

const send = (reply: FastifyReply, answer: KeptAnswer) =>
  reply.code(answer.status).headers({ 'cache-control': 'no-store', ...answer.headers }).type('application/json').send(JSON.stringify(answer.body ?? null))
