import { Type } from 'typebox'
import { change, Instant, Nothing, PageOf, read, Uuid, type Actor } from '#platform'
import { issueLink } from '../links/service.ts'
import { linkAddress } from '../links/model.ts'
import type { People } from '../open.ts'
import { refuse } from '../refusals.ts'
import { endSessions } from '../sessions/service.ts'
import { removeTotp } from '../totp/service.ts'
import { listAgents, waysInOf } from './list.ts'
import { changeAgent, createAgent, deactivateAgent, reactivateAgent, setPresence, setSkills } from './service.ts'
import { findAgent } from './store.ts'
import { AgentChangeBody, AgentListQuery, AgentView, NewAgentBody, presentAgent, presentAgents, PresenceWord, SkillsBody } from './views.ts'

const AgentId = Type.Object({ id: Uuid })
const LinkView = Type.Object({ link: Type.String(), purpose: Type.Enum(['first', 'invite', 'reset']), expiresAt: Instant })
const tags = ['people']

export const agentRoutes = (people: People, permissions: (actor: Actor) => string[]) => ({
  'GET /api/v1/agents': read({
    summary: 'Agents', permission: 'agent.read', tags, query: AgentListQuery, answer: PageOf(AgentView),
    handle: async ({ db, actor, query: { limit = 50, cursor, ...filter } }) => {
      const page = await listAgents(db, filter, { limit, ...(cursor === undefined ? {} : { cursor }) })
      const waysIn = permissions(actor).includes('agent.change') ? await waysInOf(db, page.items.map(({ id }) => id), people.clock.now()) : null
      return { items: await presentAgents(db, page.items, waysIn), nextCursor: page.nextCursor }
    },
  }),
  'GET /api/v1/agents/:id': read({
    summary: 'One agent', permission: 'agent.read', tags, params: AgentId, answer: AgentView,
    handle: async ({ db, actor, params, answer }) => {
      const agent = await findAgent(db, params.id)
      if (!agent) throw refuse('agent.notFound')
      answer.etag(agent.version)
      const waysIn = permissions(actor).includes('agent.change') ? await waysInOf(db, [agent.id], people.clock.now()) : null
      return { ...await presentAgent(db, agent), waysIn: waysIn?.get(agent.id) ?? null }
    },
  }),
  'POST /api/v1/agents': change({
    summary: 'Add an agent, who gets in by an invitation', permission: 'agent.change', tags, body: NewAgentBody, answer: AgentView,
    handle: async ({ work, body, answer }) => {
      const agent = await createAgent(work, body)
      answer.etag(agent.version)
      answer.header('location', `/api/v1/agents/${agent.id}`)
      return presentAgent(work.tx, agent)
    },
  }),
  'PATCH /api/v1/agents/:id': change({
    summary: 'Change an agent: name, address, roles, team, site, time zone, capacity', permission: 'agent.change', tags, params: AgentId, body: AgentChangeBody, answer: AgentView,
    handle: async ({ work, params, body, ifMatch, answer }) => {
      const agent = await changeAgent(work, params.id, body, ifMatch)
      people.forgetAfter(work)
      answer.etag(agent.version)
      return presentAgent(work.tx, agent)
    },
  }),
  'PUT /api/v1/agents/:id/deactivation': change({
    summary: 'Let an agent go: sessions and links end at once, the history stays', permission: 'agent.change', tags, params: AgentId, answer: AgentView,
    handle: async ({ work, params, ifMatch, answer }) => {
      const agent = await deactivateAgent(work, params.id, ifMatch)
      people.forgetAfter(work)
      answer.etag(agent.version)
      return presentAgent(work.tx, agent)
    },
  }),
  'DELETE /api/v1/agents/:id/deactivation': change({
    summary: 'Take an agent back', permission: 'agent.change', tags, params: AgentId, answer: AgentView,
    handle: async ({ work, params, ifMatch, answer }) => {
      const agent = await reactivateAgent(work, params.id, ifMatch)
      answer.etag(agent.version)
      return presentAgent(work.tx, agent)
    },
  }),
  'PUT /api/v1/agents/:id/skills': change({
    summary: 'Say what an agent can', permission: 'agent.skills', tags, params: AgentId, body: SkillsBody, answer: AgentView,
    handle: async ({ work, params, body, ifMatch, answer }) => {
      const agent = await setSkills(work, params.id, body.skills, ifMatch)
      answer.etag(agent.version)
      return presentAgent(work.tx, agent)
    },
  }),
  'PUT /api/v1/agents/:id/presence': change({
    summary: 'Say for an agent whether work is taken', permission: 'agent.skills', tags, params: AgentId, body: Type.Object({ presence: PresenceWord }), answer: AgentView,
    handle: async ({ work, params, body }) => presentAgent(work.tx, await setPresence(work, params.id, body.presence)),
  }),
  'POST /api/v1/agents/:id/invitations': change({
    summary: 'A one-time link to hand on: an invitation, or a new password for who has one', permission: 'agent.change', tags, params: AgentId, answer: LinkView, secret: true,
    handle: async ({ work, params }) => {
      const { link, secret } = await issueLink(work, params.id)
      return { link: linkAddress(people.publicUrl, secret), purpose: link.purpose, expiresAt: link.expiresAt }
    },
  }),
  'DELETE /api/v1/agents/:id/sessions': change({
    summary: 'End all sessions of an agent', permission: 'session.revoke', tags, params: AgentId, answer: Type.Object({ ended: Type.Integer() }),
    handle: async ({ work, params }) => {
      if (!await findAgent(work.tx, params.id)) throw refuse('agent.notFound')
      const ended = await endSessions(work, params.id)
      people.forgetAfter(work)
      return { ended }
    },
  }),
  'DELETE /api/v1/agents/:id/totp': change({
    summary: 'Remove the second factor of an agent who lost it', permission: 'agent.change', tags, params: AgentId, answer: Nothing,
    handle: async ({ work, params }) => {
      await removeTotp(work, params.id)
      return {}
    },
  }),
})
