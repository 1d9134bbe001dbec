import {
  allowInsecureRequests, authorizationCodeGrant, buildAuthorizationUrl, calculatePKCECodeChallenge, discovery, fetchUserInfo, randomNonce, randomPKCECodeVerifier, randomState, type Configuration,
} from 'openid-client'
import type { Clock } from '#platform'
import type { Keys } from '../keys.ts'
import { isTripInTime, readTrip, type Claims, type Trip } from './model.ts'

export interface OidcOptions {
  issuer: string
  clientId: string
  clientSecret: string
}

/** The other side of the sign-in: a provider that speaks OpenID Connect (authorization code with PKCE, RFC 7636). */
export interface Oidc {
  /** How the button names it. */
  name: string
  /** Where to send the browser, and what it has to bring back. */
  begin(to: string): Promise<{ address: string; trip: string }>
  /** Who came back; null when the browser brings nothing of ours, or too late. @throws when the provider says no, or something does not match. */
  finish(address: URL, trip: string | undefined): Promise<{ claims: Claims; to: string } | null>
}

const CALLBACK_PATH = '/api/v1/sign-ins/oidc/callback'
const TRIP = 'oidc trip'

/** Asks the provider's description at the first sign-in, and again after a failure. */
export function openOidc({ issuer, clientId, clientSecret }: OidcOptions, { publicUrl, keys, clock }: { publicUrl: string; keys: Keys; clock: Clock }): Oidc {
  let described: Promise<Configuration> | null = null
  const configuration = () => {
    // Plain http is for a provider on this machine or in a closed network; the operator wrote it so.
    described ??= discovery(new URL(issuer), clientId, clientSecret || undefined, undefined, issuer.startsWith('http:') ? { execute: [allowInsecureRequests] } : {})
    described.catch(() => { described = null })
    return described
  }
  return {
    name: new URL(issuer).hostname,
    begin: async (to) => {
      const trip: Trip = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), to, begunAt: clock.now().getTime() }
      const address = buildAuthorizationUrl(await configuration(), {
        redirect_uri: `${publicUrl}${CALLBACK_PATH}`, scope: 'openid email profile', state: trip.state, nonce: trip.nonce,
        code_challenge: await calculatePKCECodeChallenge(trip.verifier), code_challenge_method: 'S256',
      })
      return { address: address.href, trip: keys.seal(JSON.stringify(trip), TRIP).toString('base64url') }
    },
    finish: async (address, sealed) => {
      const trip = sealed === undefined ? null : readTrip(keys.open(Buffer.from(sealed, 'base64url'), TRIP))
      if (!trip || !isTripInTime(trip, clock.now())) return null
      const provider = await configuration()
      const answer = await authorizationCodeGrant(provider, address, {
        pkceCodeVerifier: trip.verifier, expectedState: trip.state, expectedNonce: trip.nonce, idTokenExpected: true,
      })
      const claims = answer.claims()
      if (!claims) throw new Error('the provider sent no ID token')
      // Many put the address into the ID token; those who keep to the letter (OpenID Connect Core 5.4) give it on asking.
      const about = 'email' in claims ? claims : await fetchUserInfo(provider, answer.access_token, claims.sub)
      return { to: trip.to, claims: { issuer: claims.iss, subject: claims.sub, ...emailIn(about['email'], about['email_verified']) } }
    },
  }
}

const emailIn = (email: unknown, verified: unknown) => ({ email: typeof email === 'string' ? email : null, emailVerified: verified === true })
