import { Type } from 'typebox'
import type { FastifyInstance } from 'fastify'
import { authorisation, type Actor } from '../actor.ts'
import { systemClock } from '../clock.ts'
import { openDatabase, type Db } from '../db/database.ts'
import { stillSignedIn, type Authenticate } from '../http/authenticate.ts'
import type { Routes } from '../http/route.ts'
import { buildServer } from '../http/server.ts'
import { audienceFrom, type AudienceOf } from '../live/audience.ts'
import { openLive, type Live } from '../live/stream.ts'
import { openWhereabouts, type Whereabouts } from '../live/whereabouts.ts'
import { startFeed } from '../log/feed.ts'
import { startSealer } from '../log/sealer.ts'
import { openWire } from '../log/wire.ts'
import { openLogger, type Logger } from '../logger.ts'
import { platformPolicy } from '../policy.ts'
import { platformRoutes } from '../routes.ts'
import { performer, type Perform } from '../work/work.ts'

/** One running instance of the ground with a web server, on a database that others may share. */
export interface Instance {
  db: Db
  perform: Perform
  live: Live
  whereabouts: Whereabouts
  app: FastifyInstance
  url: string
  /** Who a bearer token stands for; taken out, it is revoked. Cookies are the same words. */
  tokens: Map<string, Actor>
  stop(): Promise<void>
}

export interface InstanceOptions {
  routes?: Routes
  audienceOf?: AudienceOf
  heartbeatMs?: number
  logger?: Logger
  now?: () => number
  screens?: string
}

/** What the tests' own rooms allow. */
const policy = { 'thing.read': ['admin', 'agent'], 'thing.change': ['admin'], 'thing.open': 'everybody' } as const

export const actorOf = (id: string, role: 'admin' | 'agent' | 'partner', barred: string[] = []): Actor => ({ kind: 'agent', id, name: id, roles: [role], teamId: null, barred })

export const Thing = Type.Object({ name: Type.String({ minLength: 1, maxLength: 20 }), size: Type.Integer({ minimum: 0 }) }, { additionalProperties: false })

/** Starts an instance. Case numbers below 100 lie in no space; others in `space:` and their hundreds. */
export async function startInstance(ownerUrl: string, options: InstanceOptions = {}): Promise<Instance> {
  const { db, close } = openDatabase(ownerUrl, 6)
  const wire = await openWire(ownerUrl, ['meridian_sealed', 'meridian_presence'])
  const feed = await startFeed(db, wire, () => {})
  const sealer = startSealer(db, () => {})
  const whereabouts = openWhereabouts(wire, options.now)
  const tokens = new Map<string, Actor>()
  const authenticate = authenticateBy(tokens)
  const may = authorisation(platformPolicy, policy)
  const audienceOf = options.audienceOf ?? audienceFrom({
    desk: async (fact) => ({ permission: 'thing.read', space: (fact.case ?? 0) < 100 ? null : `space:${Math.floor((fact.case ?? 0) / 100)}`, refs: [`case:${fact.case}`] }),
    people: async () => ({ permission: 'thing.read', space: null, refs: [], changesAccess: true }),
  })
  const live = openLive({ db, feed, whereabouts, may, audienceOf, stillSignedIn: stillSignedIn(authenticate), ...(options.heartbeatMs ? { heartbeatMs: options.heartbeatMs } : {}) })
  const perform = performer(db, systemClock, () => sealer.poke())
  const app = await buildServer({
    routes: { ...platformRoutes({ live, may, audienceOf }), ...options.routes }, ground: { db, perform, may, authenticate },
    publicUrl: 'http://localhost', logger: options.logger ?? openLogger('silent'), screens: options.screens ?? null,
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    db, perform, live, whereabouts, app, url, tokens,
    stop: async () => {
      live.close()
      await app.close()
      await sealer.stop()
      feed.stop()
      whereabouts.stop()
      await wire.close()
      await close()
    },
  }
}

const authenticateBy = (tokens: ReadonlyMap<string, Actor>): Authenticate => {
  const find = async (word: string) => {
    const actor = tokens.get(word)
    return actor ? { actor, sessionId: null } : null
  }
  return { byToken: find, bySession: find }
}
