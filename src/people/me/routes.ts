import { Type } from 'typebox'
import { act, change, Instant, Line, Nothing, Nullable, read, strict, Uuid, type Actor, type Db, type Tx } from '#platform'
import type { Agent } from '../agents/model.ts'
import { changeAgent, setPresence } from '../agents/service.ts'
import { findAgent } from '../agents/store.ts'
import { PresenceWord, RoleWord, TimeZone } from '../agents/views.ts'
import type { People } from '../open.ts'
import { findSite, findTeam } from '../places/store.ts'
import { refuse } from '../refusals.ts'
import { endSession } from '../sessions/service.ts'
import { liveSessionsOf } from '../sessions/store.ts'
import { changePassword, confirmPassword, requireMe } from '../sign-in/service.ts'
import { passwordHashOf } from '../sign-in/store.ts'
import { beginTotp, confirmSecondFactor, removeTotp } from '../totp/service.ts'
import { hasTotp, recoveryCodesLeft } from '../totp/store.ts'

const Password = Type.String({ minLength: 1, maxLength: 1_000 })
const Code = Type.String({ minLength: 1, maxLength: 40 })
const MeView = Type.Object({
  id: Uuid, kind: Type.Enum(['agent', 'token']), name: Type.String(), email: Nullable(Type.String()), roles: Type.Array(RoleWord), permissions: Type.Array(Type.String()),
  team: Nullable(Type.Object({ id: Uuid, name: Type.String() })), site: Nullable(Type.Object({ id: Uuid, name: Type.String(), timeZone: Type.String(), country: Type.String() })),
  timeZone: Nullable(Type.String()), presence: Nullable(PresenceWord), capacity: Nullable(Type.Integer()), totp: Type.Boolean(), recoveryCodesLeft: Type.Integer(), passwordSet: Type.Boolean(),
  undoSendSeconds: Type.Integer(),
})
const SessionView = Type.Object({
  id: Uuid, method: Type.Enum(['password', 'link', 'oidc']), createdAt: Instant, lastSeenAt: Instant, expiresAt: Instant, address: Type.String(), browser: Type.String(), current: Type.Boolean(),
})
const tags = ['me']

export interface MeParts {
  /** Every permission that the actor has, from the one authorisation function. */
  permissions(actor: Actor): string[]
  undoSendSeconds: number
}

export const meRoutes = (people: People, parts: MeParts) => ({
  'GET /api/v1/me': read({
    summary: 'Who I am and what I may', permission: 'me.read', tags, answer: MeView,
    handle: async ({ db, actor, answer }) => {
      const agent = actor.kind === 'agent' ? await findAgent(db, actor.id) : null
      if (agent) answer.etag(agent.version)
      return { ...await presentMe(db, actor, agent), permissions: parts.permissions(actor), undoSendSeconds: parts.undoSendSeconds }
    },
  }),
  'PATCH /api/v1/me': change({
    summary: 'Change my name, my time zone', permission: 'me.change', tags, answer: MeView,
    body: Type.Object({ name: Type.Optional(Line(200)), timeZone: Type.Optional(Nullable(TimeZone)) }, { ...strict, minProperties: 1 }),
    handle: async ({ work, actor, body, ifMatch, answer }) => {
      const agent = await changeAgent(work, requireAgent(actor), body, ifMatch)
      people.forgetAfter(work)
      answer.etag(agent.version)
      return { ...await presentMe(work.tx, actor, agent), permissions: parts.permissions(actor), undoSendSeconds: parts.undoSendSeconds }
    },
  }),
  'PUT /api/v1/me/presence': change({
    summary: 'Say whether I take work', permission: 'me.change', tags, answer: Type.Object({ presence: PresenceWord }), body: Type.Object({ presence: PresenceWord }, strict),
    handle: async ({ work, actor, body }) => ({ presence: (await setPresence(work, requireAgent(actor), body.presence)).presence }),
  }),
  'PUT /api/v1/me/password': act({
    summary: 'Set my password; all other sessions end', permission: 'me.change', tags, answer: Nothing, perMinuteMax: 30,
    body: Type.Object({ current: Type.Optional(Password), password: Password }, strict),
    handle: async ({ actor, body, ...caller }) => {
      await changePassword(people, await requireMe(people, requireAgent(actor)), body, caller)
      return {}
    },
  }),
  'POST /api/v1/me/totp': act({
    summary: 'A new second factor to scan; it counts once a code was given', permission: 'me.change', tags, perMinuteMax: 30,
    body: Type.Object({ current: Type.Optional(Password) }, strict), answer: Type.Object({ secret: Type.String(), uri: Type.String(), svg: Type.String() }),
    handle: async ({ actor, body, ...caller }) => {
      const agent = await requireMe(people, requireAgent(actor))
      await confirmPassword(people, agent, body.current, caller)
      return people.perform(actor, (work) => beginTotp(work, people.keys, agent))
    },
  }),
  'POST /api/v1/me/totp/confirmations': change({
    summary: 'Confirm the second factor by a code; the answer has the recovery codes, this once', permission: 'me.change', tags, perMinuteMax: 30, secret: true,
    body: Type.Object({ code: Code }, strict), answer: Type.Object({ recoveryCodes: Type.Array(Type.String()) }),
    handle: async ({ work, actor, body }) => ({ recoveryCodes: await confirmSecondFactor(work, people.keys, requireAgent(actor), body.code) }),
  }),
  'DELETE /api/v1/me/totp': act({
    summary: 'Remove my second factor', permission: 'me.change', tags, answer: Nothing, perMinuteMax: 30, body: Type.Object({ current: Type.Optional(Password) }, strict),
    handle: async ({ actor, body, ...caller }) => {
      const agent = await requireMe(people, requireAgent(actor))
      await confirmPassword(people, agent, body.current, caller)
      await people.perform(actor, (work) => removeTotp(work, agent.id))
      return {}
    },
  }),
  'GET /api/v1/me/sessions': read({
    summary: 'Where I am signed in', permission: 'me.read', tags, answer: Type.Object({ items: Type.Array(SessionView), nextCursor: Type.Null() }),
    handle: async ({ db, actor, sessionId }) => ({
      items: (await liveSessionsOf(db, requireAgent(actor), people.clock.now())).map(({ agentId: _, revokedAt: __, ...session }) => ({ ...session, current: session.id === sessionId })),
      nextCursor: null,
    }),
  }),
  'DELETE /api/v1/me/sessions/:id': change({
    summary: 'Sign out there', permission: 'me.change', tags, params: Type.Object({ id: Uuid }), answer: Nothing,
    handle: async ({ work, actor, params }) => {
      await endSession(work, requireAgent(actor), params.id)
      people.forgetAfter(work)
      return {}
    },
  }),
})

function requireAgent(actor: Actor): string {
  if (actor.kind !== 'agent') throw refuse('me.noAgent')
  return actor.id
}

/** A token is somebody, too, with less to say about itself. */
async function presentMe(db: Db | Tx, actor: Actor, agent: Agent | null) {
  if (!agent) {
    return {
      id: actor.id, kind: 'token' as const, name: actor.name, email: null, roles: [...actor.roles], team: null, site: null, timeZone: null, presence: null, capacity: null, totp: false,
      recoveryCodesLeft: 0, passwordSet: false,
    }
  }
  const [team, site] = [agent.teamId && await findTeam(db, agent.teamId), agent.siteId && await findSite(db, agent.siteId)]
  return {
    id: agent.id, kind: 'agent' as const, name: agent.name, email: agent.email, roles: agent.roles, team: team ? { id: team.id, name: team.name } : null,
    site: site ? { id: site.id, name: site.name, timeZone: site.timeZone, country: site.country } : null, timeZone: agent.timeZone ?? (site ? site.timeZone : null),
    presence: agent.presence, capacity: agent.capacity, totp: await hasTotp(db, agent.id), recoveryCodesLeft: await recoveryCodesLeft(db, agent.id),
    passwordSet: await passwordHashOf(db, agent.id) !== null,
  }
}
