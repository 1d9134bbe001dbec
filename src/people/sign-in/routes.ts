import { Type } from 'typebox'
import { act, change, Instant, Line, Nothing, Nullable, read, strict, Uuid } from '#platform'
import { setPresence } from '../agents/service.ts'
import { findAgent } from '../agents/store.ts'
import { Email } from '../agents/views.ts'
import type { People } from '../open.ts'
import { noSessionCookie, sessionCookie } from '../sessions/cookie.ts'
import { endSessions, leaveSession } from '../sessions/service.ts'
import { liveSessionsOf } from '../sessions/store.ts'
import { hasTotp } from '../totp/store.ts'
import { askForReset, readLink, signIn, signInByLink } from './service.ts'
import { anybodyHasWayIn } from './store.ts'

/** Longer than any that is accepted, shorter than what would cost something to hash. */
const Password = Type.String({ minLength: 1, maxLength: 1_000 })
const Code = Type.String({ maxLength: 40 })
const Secret = Type.String({ minLength: 1, maxLength: 200 })
const SignedInView = Type.Object({ id: Uuid, name: Type.String() })
const MethodsView = Type.Object({ password: Type.Boolean(), oidc: Nullable(Type.Object({ name: Type.String() })), firstRun: Type.Boolean() })
const LinkView = Type.Object({
  purpose: Type.Enum(['first', 'invite', 'reset']), name: Nullable(Type.String()), email: Nullable(Type.String()), totp: Type.Boolean(), expiresAt: Instant,
})
const tags = ['sign-in']

export const signInRoutes = (people: People) => ({
  'GET /api/v1/sign-ins/methods': read({
    summary: 'How one can sign in here', permission: 'signIn.use', tags, answer: MethodsView,
    handle: async ({ db }) => ({ password: true, oidc: people.oidc ? { name: people.oidc.name } : null, firstRun: !await anybodyHasWayIn(db) }),
  }),
  'POST /api/v1/sign-ins': act({
    summary: 'Sign in with address and password, and a code where a second factor is set up', permission: 'signIn.use', tags, answer: SignedInView, perMinuteMax: 120,
    body: Type.Object({ email: Type.String({ minLength: 1, maxLength: 300 }), password: Password, code: Type.Optional(Code) }, strict),
    handle: async ({ body, answer, ...caller }) => {
      const { agent, secret } = await signIn(people, body, caller)
      answer.header('set-cookie', sessionCookie(people.publicUrl, secret))
      return { id: agent.id, name: agent.name }
    },
  }),
  // The secret stands in the body, not in the address, which logs and histories keep.
  'POST /api/v1/sign-ins/links/checks': act({
    summary: 'What a one-time link is for', permission: 'signIn.use', tags, answer: LinkView, status: 200, perMinuteMax: 60,
    body: Type.Object({ token: Secret }, strict),
    handle: async ({ db, body }) => {
      const { link, agent } = await readLink(people, body.token)
      return { purpose: link.purpose, name: agent?.name ?? null, email: agent?.email ?? null, totp: agent !== null && await hasTotp(db, agent.id), expiresAt: link.expiresAt }
    },
  }),
  'POST /api/v1/sign-ins/links': act({
    summary: 'Use a one-time link: the first administrator, an invitation, a new password', permission: 'signIn.use', tags, answer: SignedInView, perMinuteMax: 60,
    body: Type.Object({ token: Secret, name: Type.Optional(Line(200)), email: Type.Optional(Email), password: Type.Optional(Password), code: Type.Optional(Code) }, strict),
    handle: async ({ body, answer, ...caller }) => {
      const { agent, secret } = await signInByLink(people, body, caller)
      answer.header('set-cookie', sessionCookie(people.publicUrl, secret))
      return { id: agent.id, name: agent.name }
    },
  }),
  'POST /api/v1/sign-ins/resets': act({
    summary: 'Tell the administrators that a password was forgotten; the answer is the same for every address', permission: 'signIn.use', tags, answer: Nothing, status: 202, perMinuteMax: 30,
    body: Type.Object({ email: Type.String({ minLength: 1, maxLength: 300 }) }, strict),
    handle: async ({ body, ...caller }) => {
      await askForReset(people, body.email, caller)
      return {}
    },
  }),
  'DELETE /api/v1/session': change({
    summary: 'Sign out', permission: 'me.change', tags, answer: Nothing,
    handle: async ({ work, actor, sessionId, answer }) => {
      answer.header('set-cookie', noSessionCookie(people.publicUrl))
      if (sessionId === null) return {}
      await leaveSession(work, sessionId)
      people.forgetAfter(work)
      // Who has left every browser does not take work any more.
      if ((await liveSessionsOf(work.tx, actor.id, work.at)).length === 0 && await findAgent(work.tx, actor.id)) await setPresence(work, actor.id, 'off')
      return {}
    },
  }),
  'DELETE /api/v1/me/sessions': change({
    summary: 'Sign out everywhere else', permission: 'me.change', tags: ['me'], answer: Type.Object({ ended: Type.Integer() }),
    handle: async ({ work, actor, sessionId }) => {
      const ended = await endSessions(work, actor.id, sessionId)
      people.forgetAfter(work)
      return { ended }
    },
  }),
})
