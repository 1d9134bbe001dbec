import type { FastifyRequest } from 'fastify'
import type { Actor } from '../actor.ts'
import { refuse, Refusal } from '../refusal.ts'

export interface SignedIn {
  actor: Actor
  /** The browser session; null when the request carried an API token. */
  sessionId: string | null
}

/** The port through which requests learn who acts; people answers. */
export interface Authenticate {
  byToken(token: string): Promise<SignedIn | null>
  bySession(cookie: string): Promise<SignedIn | null>
}

export const SESSION_COOKIE = 'meridian_session'

/**
 * Who sends this request, or null. A bearer token wins over a cookie.
 * @throws signIn.needed when a credential was given and does not hold; request.foreign when a cookie was sent by another site's page.
 */
export async function whoSends(request: FastifyRequest, authenticate: Authenticate): Promise<SignedIn | null> {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const token = /^Bearer ([\x21-\x7e]{1,500})$/i.exec(authorization)?.[1]
    const signedIn = token ? await authenticate.byToken(token) : null
    if (!signedIn) throw refuse('signIn.needed')
    return signedIn
  }
  const cookie = request.cookies[SESSION_COOKIE]
  if (!cookie) return null
  if (!isSafe(request.method) && !isOwnPage(request)) throw refuse('request.foreign')
  return authenticate.bySession(cookie)
}

/** Who a long answer's credential stands for now: null once it was revoked or has run out. */
export const stillSignedIn = (authenticate: Authenticate) => async (request: FastifyRequest): Promise<Actor | null> => {
  try {
    return (await whoSends(request, authenticate))?.actor ?? null
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}

const isSafe = (method: string) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

/** A page of another site can send neither this header without asking first (CORS, which we never allow) nor a same-origin fetch mark. */
const isOwnPage = (request: FastifyRequest) =>
  request.headers['x-requested-with'] === 'meridian' && !['cross-site', 'same-site'].includes(String(request.headers['sec-fetch-site'] ?? ''))
