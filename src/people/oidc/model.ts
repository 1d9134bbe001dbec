/** Signing in by the company's own service: what goes with the browser on its way there and back, and who may come in. */

export interface Trip {
  state: string
  nonce: string
  verifier: string
  /** Where in the program to go on afterwards. */
  to: string
  begunAt: number
}

export interface Claims {
  issuer: string
  subject: string
  email: string | null
  emailVerified: boolean
}

const TRIP_MINUTES_MAX = 10

export const isTripInTime = (trip: Trip, now: Date): boolean => now.getTime() - trip.begunAt < TRIP_MINUTES_MAX * 60_000

export function readTrip(text: string | null): Trip | null {
  const value: unknown = text === null ? null : JSON.parse(text)
  if (typeof value !== 'object' || value === null) return null
  const { state, nonce, verifier, to, begunAt }: Partial<Record<keyof Trip, unknown>> = value
  return typeof state === 'string' && typeof nonce === 'string' && typeof verifier === 'string' && typeof to === 'string' && typeof begunAt === 'number'
    ? { state, nonce, verifier, to, begunAt } : null
}

/** A path inside the program; anything that could lead a browser elsewhere becomes the start. */
export const innerPath = (to: string | undefined): string => (to !== undefined && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(to) ? to : '/')

type Admission = { agentId: string; link: boolean } | { refused: 'signIn.oidcUnknown' | 'signIn.oidcUnverified' | 'signIn.oidcTaken' | 'signIn.deactivated' }

interface KnownAgent {
  id: string
  deactivated: boolean
}

/**
 * Who comes in: the agent known by this identity; else the one whose address the provider has verified, once, as long as no other identity
 * of this provider is theirs. Nobody is made an agent by having an account elsewhere.
 */
export function admit(claims: Claims, { known, byEmail, hasOther }: { known: KnownAgent | null; byEmail: KnownAgent | null; hasOther: boolean }): Admission {
  if (known) return known.deactivated ? { refused: 'signIn.deactivated' } : { agentId: known.id, link: false }
  if (claims.email === null || !byEmail) return { refused: 'signIn.oidcUnknown' }
  if (!claims.emailVerified) return { refused: 'signIn.oidcUnverified' }
  if (hasOther) return { refused: 'signIn.oidcTaken' }
  return byEmail.deactivated ? { refused: 'signIn.deactivated' } : { agentId: byEmail.id, link: true }
}
