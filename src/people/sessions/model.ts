/** A session: one browser that somebody signed in with. */

export const methods = ['password', 'link', 'oidc'] as const
export type Method = (typeof methods)[number]

export interface Session {
  id: string
  agentId: string
  method: Method
  createdAt: Date
  lastSeenAt: Date
  /** However busy the session is, it ends then. */
  expiresAt: Date
  revokedAt: Date | null
  address: string
  browser: string
}

const DAY_MS = 86_400_000
export const SESSION_DAYS_MAX = 7
export const IDLE_HOURS_MAX = 12
/** How exactly the last use of a session or token is known. */
export const SEEN_EVERY_MS = 60_000

export const expiryOf = (begun: Date): Date => new Date(begun.getTime() + SESSION_DAYS_MAX * DAY_MS)

export type SessionState = 'live' | 'revoked' | 'expired' | 'idle'

/** Whether a session still stands for its agent. */
export function sessionState(session: Pick<Session, 'lastSeenAt' | 'expiresAt' | 'revokedAt'>, now: Date): SessionState {
  if (session.revokedAt !== null) return 'revoked'
  if (now >= session.expiresAt) return 'expired'
  return now.getTime() - session.lastSeenAt.getTime() >= IDLE_HOURS_MAX * 3_600_000 ? 'idle' : 'live'
}
