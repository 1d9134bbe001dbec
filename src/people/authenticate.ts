import type { Actor, Authenticate, Clock, Db, SignedIn } from '#platform'
import { hashOf } from './keys.ts'
import { SEEN_EVERY_MS, sessionState } from './sessions/model.ts'
import { findSession, touchSession } from './sessions/store.ts'
import { isTokenLike, isTokenValid } from './tokens/model.ts'
import { findToken, touchToken } from './tokens/store.ts'

/** The port by which people learn which walled spaces somebody may not look into; the desk answers. Administrators are never barred. */
export interface Walls {
  barredFor(db: Db, agent: { teamId: string | null; roles: readonly string[] }): Promise<string[]>
}

export interface Credentials extends Authenticate {
  /** Forgets what was seen of all credentials: the next request of each is looked up again. */
  forget(): void
}

/** How long a credential is believed without looking again: the longest that a revocation on another instance takes to be felt here. */
const BELIEVED_MS = 1_000
const KNOWN_MAX = 10_000

/**
 * Who acts, by API token or by session cookie. A lookup is kept for a second, so that a thousand requests a second of one token ask the
 * database once; that something was used is written beside the request, at most once a minute.
 */
export function openCredentials({ db, clock, walls }: { db: Db; clock: Clock; walls: Walls }): Credentials {
  const known = openMemory(clock)
  const touched = openTouches(clock)
  const actorOf = async (who: Omit<Actor, 'barred'>): Promise<Actor> =>
    ({ ...who, barred: who.roles.includes('admin') ? [] : await walls.barredFor(db, { teamId: who.teamId, roles: who.roles }) })
  const lookUpToken = async (hash: Buffer): Promise<Found | null> => {
    const token = await findToken(db, hash)
    if (!token) return null
    const actor = await actorOf({ kind: 'token', id: token.id, name: token.name, roles: token.roles, teamId: null })
    return { signedIn: { actor, sessionId: null }, stands: (now) => isTokenValid(token, now), touch: (now) => touchToken(db, token.id, now) }
  }
  const lookUpSession = async (hash: Buffer): Promise<Found | null> => {
    const found = await findSession(db, hash)
    if (!found || found.agent.deactivated || sessionState(found.session, clock.now()) !== 'live') return null
    const { session, agent } = found
    const actor = await actorOf({ kind: 'agent', id: agent.id, name: agent.name, roles: agent.roles, teamId: agent.teamId })
    return { signedIn: { actor, sessionId: session.id }, stands: (now) => sessionState(session, now) === 'live', touch: (now) => touchSession(db, session.id, now) }
  }
  const ask = async (hash: Buffer, lookUp: (hash: Buffer) => Promise<Found | null>): Promise<SignedIn | null> => {
    const found = await known.get(hash, lookUp)
    const now = clock.now()
    if (!found?.stands(now)) return null
    touched.touch(found.signedIn.sessionId ?? found.signedIn.actor.id, () => found.touch(now))
    return found.signedIn
  }
  return {
    byToken: async (token) => (isTokenLike(token) ? ask(hashOf(token), lookUpToken) : null),
    bySession: async (cookie) => (/^[\w-]{43}$/.test(cookie) ? ask(hashOf(cookie), lookUpSession) : null),
    forget: known.forget,
  }
}

interface Found {
  signedIn: SignedIn
  stands(now: Date): boolean
  touch(now: Date): Promise<void>
}

/** Holds the lookup itself, not its result, so that one begun before a revocation cannot come back into a memory that was emptied since. */
function openMemory(clock: Clock) {
  const entries = new Map<string, { found: Promise<Found | null>; until: number }>()
  return {
    forget: () => entries.clear(),
    get: async (hash: Buffer, lookUp: (hash: Buffer) => Promise<Found | null>): Promise<Found | null> => {
      const key = hash.toString('latin1')
      const now = clock.now().getTime()
      const kept = entries.get(key)
      if (kept && kept.until > now) return kept.found
      if (entries.size >= KNOWN_MAX) entries.clear()
      const found = lookUp(hash)
      const entry = { found, until: now + BELIEVED_MS }
      entries.set(key, entry)
      const drop = () => { if (entries.get(key) === entry) entries.delete(key) }
      // Strangers' guesses fill nobody's memory, and a fault of the database is not an answer to keep.
      found.then((known) => { if (known === null) drop() }, drop)
      return found
    },
  }
}

/** Remembers who was written down lately. That a write fails matters to nobody: the next minute writes again. */
function openTouches(clock: Clock) {
  const last = new Map<string, number>()
  return {
    touch: (id: string, write: () => Promise<void>) => {
      const now = clock.now().getTime()
      const before = last.get(id)
      if (before !== undefined && now - before < SEEN_EVERY_MS) return
      if (last.size >= KNOWN_MAX) last.clear()
      last.set(id, now)
      void write().catch(() => last.delete(id))
    },
  }
}
