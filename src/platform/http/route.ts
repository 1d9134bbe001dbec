import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Actor } from '../actor.ts'
import type { Db } from '../db/database.ts'
import type { Work } from '../work/work.ts'

/** Lets a handler add to its answer without knowing the server. */
export interface Answer {
  status(code: number): void
  /** The version seen, as the ETag; the client sends it back as If-Match. */
  etag(version: number): void
  header(name: string, value: string): void
}

export interface Caller {
  actor: Actor
  /** Null on routes for everybody when nobody is signed in. */
  signedIn: Actor | null
  address: string
  browser: string
  /** The id of the caller's browser session; null for tokens. */
  sessionId: string | null
}

type Shape<S> = S extends TSchema ? Static<S> : Record<never, never>

export interface ReadContext<P, Q> extends Caller {
  db: Db
  params: Shape<P>
  query: Shape<Q>
  answer: Answer
}

export interface ChangeContext<P, Q, B> extends Caller {
  work: Work
  params: Shape<P>
  query: Shape<Q>
  body: Shape<B>
  /** The version that the client saw, from If-Match. */
  ifMatch: number | null
  answer: Answer
}

interface RouteWords {
  summary: string
  permission: string
  tags?: string[]
  /** At most this many calls per minute and sender address; for sign-in and the like. */
  perMinuteMax?: number
}

export interface ReadRoute<P, Q, A> extends RouteWords {
  does: 'read'
  params?: P
  query?: Q
  answer: A
  handle(context: ReadContext<P, Q>): Promise<Shape<A>>
}

export interface ChangeRoute<P, Q, B, A> extends RouteWords {
  does: 'change'
  params?: P
  query?: Q
  body?: B
  answer: A
  /** The status of success: 201 for POST unless said. */
  status?: number
  /** The answer holds a secret: it is not kept for a repeated Idempotency-Key. */
  secret?: boolean
  handle(context: ChangeContext<P, Q, B>): Promise<Shape<A>>
}

export interface ActContext<P, Q, B> extends Caller {
  db: Db
  params: Shape<P>
  query: Shape<Q>
  body: Shape<B>
  answer: Answer
}

/**
 * A change that opens its own units of work, as many as it needs: no transaction is held around a slow check or a network call, and what
 * must be remembered also when the answer is a refusal (an attempt to sign in) is. An Idempotency-Key is not looked at.
 */
export interface ActRoute<P, Q, B, A> extends RouteWords {
  does: 'change'
  alone: true
  params?: P
  query?: Q
  body?: B
  answer: A
  /** The status of success: 201 for POST unless said. */
  status?: number
  handle(context: ActContext<P, Q, B>): Promise<Shape<A>>
}

/** For what is not JSON in and out: uploads, downloads, event streams, redirects. */
export interface RawRoute<P, Q> extends RouteWords {
  does: 'raw'
  params?: P
  query?: Q
  /** Content types of the request that reach the handler as a stream or buffer. */
  bodyLimit?: number
  produces?: string
  handle(context: Caller & { db: Db; params: Shape<P>; query: Shape<Q>; request: FastifyRequest; reply: FastifyReply }): Promise<unknown>
}

export type AnyRoute = ReadRoute<any, any, any> | ChangeRoute<any, any, any, any> | ActRoute<any, any, any, any> | RawRoute<any, any> // eslint-disable-line -- the one place where routes of all shapes meet
export type Routes = Readonly<Record<`${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`, AnyRoute>>

export const read = <A extends TSchema, P extends TSchema | undefined = undefined, Q extends TSchema | undefined = undefined>(
  route: Omit<ReadRoute<P, Q, A>, 'does'>,
): ReadRoute<P, Q, A> => ({ ...route, does: 'read' })

export const change = <A extends TSchema, P extends TSchema | undefined = undefined, Q extends TSchema | undefined = undefined, B extends TSchema | undefined = undefined>(
  route: Omit<ChangeRoute<P, Q, B, A>, 'does'>,
): ChangeRoute<P, Q, B, A> => ({ ...route, does: 'change' })

export const act = <A extends TSchema, P extends TSchema | undefined = undefined, Q extends TSchema | undefined = undefined, B extends TSchema | undefined = undefined>(
  route: Omit<ActRoute<P, Q, B, A>, 'does' | 'alone'>,
): ActRoute<P, Q, B, A> => ({ ...route, does: 'change', alone: true })

export const raw = <P extends TSchema | undefined = undefined, Q extends TSchema | undefined = undefined>(
  route: Omit<RawRoute<P, Q>, 'does'>,
): RawRoute<P, Q> => ({ ...route, does: 'raw' })

/** As JSON carries it: a Date arrives as text. */
export type Wire<T> = T extends Date ? string : T extends (infer I)[] ? Wire<I>[] : T extends object ? { [K in keyof T]: Wire<T[K]> } : T

/** What the browser's client knows of a room's routes. */
export type ApiOf<F> = F extends (...inputs: never[]) => infer R
  ? { [K in keyof R]: R[K] extends ReadRoute<infer P, infer Q, infer A>
      ? { params: Shape<P>; query: Partial<Shape<Q>>; body: undefined; answer: Wire<Shape<A>> }
      : R[K] extends ActRoute<infer P, infer Q, infer B, infer A>
        ? { params: Shape<P>; query: Partial<Shape<Q>>; body: Shape<B>; answer: Wire<Shape<A>> }
      : R[K] extends ChangeRoute<infer P, infer Q, infer B, infer A>
        ? { params: Shape<P>; query: Partial<Shape<Q>>; body: Shape<B>; answer: Wire<Shape<A>> }
        : never }
  : never
