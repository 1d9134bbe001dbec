import { Type } from 'typebox'
import { Instant, Line, Nullable, PageQuery, roles, strict, Uuid, Version, type Db, type Tx } from '#platform'
import { presences, type Agent } from './model.ts'
import type { WaysIn } from './list.ts'
import { skillsOf } from './store.ts'

export const RoleWord = Type.Enum([...roles])
export const PresenceWord = Type.Enum([...presences])
/** What the service makes of it: lower case, one form. */
export const Email = Line(254, 3)
export const TimeZone = Line(100)

const WaysInView = Type.Object({
  password: Type.Boolean(), totp: Type.Boolean(), oidc: Type.Boolean(), link: Nullable(Type.Object({ purpose: Type.String(), expiresAt: Instant })),
  resetAskedAt: Nullable(Instant), lastSeenAt: Nullable(Instant),
})

export const AgentView = Type.Object({
  id: Uuid, name: Type.String(), email: Type.String(), roles: Type.Array(RoleWord), teamId: Nullable(Uuid), siteId: Nullable(Uuid), timeZone: Nullable(Type.String()),
  capacity: Type.Integer(), presence: PresenceWord, presenceAt: Instant, deactivated: Type.Boolean(), deactivatedAt: Nullable(Instant), createdAt: Instant,
  version: Version, demo: Type.Boolean(),
  skills: Type.Array(Type.Object({ skillId: Uuid, key: Type.String(), name: Type.String(), level: Type.Integer() })),
  /** Null for those who do not administer agents. */
  waysIn: Nullable(WaysInView),
})

const Roles = Type.Array(RoleWord, { minItems: 1, maxItems: roles.length, uniqueItems: true })
const Capacity = Type.Integer({ minimum: 0, maximum: 1000 })
const placed = { teamId: Type.Optional(Nullable(Uuid)), siteId: Type.Optional(Nullable(Uuid)), timeZone: Type.Optional(Nullable(TimeZone)), capacity: Type.Optional(Capacity) }

export const NewAgentBody = Type.Object({ name: Line(200), email: Email, roles: Roles, ...placed }, strict)
export const AgentChangeBody = Type.Object({ name: Type.Optional(Line(200)), email: Type.Optional(Email), roles: Type.Optional(Roles), ...placed }, { ...strict, minProperties: 1 })
export const SkillsBody = Type.Object({ skills: Type.Array(Type.Object({ skillId: Uuid, level: Type.Integer({ minimum: 1, maximum: 5 }) }, strict), { maxItems: 200 }) }, strict)
export const AgentListQuery = Type.Object({
  ...PageQuery, q: Type.Optional(Type.String({ maxLength: 200 })), team: Type.Optional(Uuid), site: Type.Optional(Uuid), skill: Type.Optional(Uuid), role: Type.Optional(RoleWord),
  presence: Type.Optional(PresenceWord), state: Type.Optional(Type.Enum(['active', 'deactivated', 'all'])),
}, strict)

/** Agents as the API shows them, in the order given. */
export async function presentAgents(db: Db | Tx, agents: readonly Agent[], waysIn: ReadonlyMap<string, WaysIn> | null) {
  const held = await skillsOf(db, agents.map(({ id }) => id))
  return agents.map((agent) => ({
    ...agent, waysIn: waysIn?.get(agent.id) ?? null,
    skills: held.filter(({ agentId }) => agentId === agent.id).map(({ agentId: _, ...skill }) => skill),
  }))
}

/** One agent, without how it gets in. */
export async function presentAgent(db: Db | Tx, agent: Agent) {
  const [view] = await presentAgents(db, [agent], null)
  if (!view) throw new Error('one agent gives one view')
  return view
}
