import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { raw, refuse as refuseAnything, Refusal, system } from '#platform'
import type { People } from '../open.ts'
import { refuse } from '../refusals.ts'
import { cookie, sessionCookie } from '../sessions/cookie.ts'
import { innerPath } from './model.ts'
import { signInByIdentity } from './service.ts'

const TRIP_COOKIE = 'meridian_oidc'
const PATH = '/api/v1/sign-ins/oidc'
const TRIP_SECONDS = 600
const tags = ['sign-in']

/** Redirects, since a browser and not a program comes here. What goes wrong is told by the sign-in screen: `/sign-in?problem=CODE`. */
export const oidcRoutes = (people: People) => ({
  'GET /api/v1/sign-ins/oidc': raw({
    summary: 'Go and sign in at the company\'s own service', permission: 'signIn.use', tags, perMinuteMax: 60, produces: 'text/html',
    query: Type.Object({ to: Type.Optional(Type.String({ maxLength: 1_000 })) }),
    handle: async ({ query, request, reply }) => {
      if (!people.oidc) throw refuse('oidc.off')
      try {
        const { address, trip } = await people.oidc.begin(innerPath(query.to))
        return await away(reply, address, cookie(TRIP_COOKIE, trip, { publicUrl: people.publicUrl, path: PATH, seconds: TRIP_SECONDS }))
      } catch (error) {
        request.log.warn({ err: error }, 'the sign-in service cannot be reached')
        return away(reply, `${people.publicUrl}/sign-in?problem=signIn.oidcUnreachable`)
      }
    },
  }),
  'GET /api/v1/sign-ins/oidc/callback': raw({
    summary: 'Come back from there', permission: 'signIn.use', tags, perMinuteMax: 60, produces: 'text/html',
    query: Type.Object({}, { additionalProperties: true }),
    handle: async ({ request, reply, address, browser }) => {
      if (!people.oidc) throw refuse('oidc.off')
      const noTrip = cookie(TRIP_COOKIE, '', { publicUrl: people.publicUrl, path: PATH, seconds: 0 })
      try {
        const finished = await people.oidc.finish(new URL(`${people.publicUrl}${request.url}`), request.cookies[TRIP_COOKIE])
        if (!finished) return await away(reply, `${people.publicUrl}/sign-in?problem=signIn.oidcLate`, noTrip)
        const result = await people.perform(system('sign-in'), (work) => signInByIdentity(work, finished.claims, { address, browser }))
        if ('refused' in result) return await away(reply, `${people.publicUrl}/sign-in?problem=${result.refused}`, noTrip)
        people.authenticate.forget()
        return await away(reply, `${people.publicUrl}${finished.to}`, noTrip, sessionCookie(people.publicUrl, result.secret))
      } catch (error) {
        if (error instanceof Refusal) throw refuseAnything('program.fault')
        request.log.warn({ err: error }, 'a sign-in through the other service failed')
        return away(reply, `${people.publicUrl}/sign-in?problem=signIn.oidcFailed`, noTrip)
      }
    },
  }),
})

const away = (reply: FastifyReply, address: string, ...cookies: string[]) =>
  reply.header('cache-control', 'no-store').header('set-cookie', cookies).redirect(address, 303)
