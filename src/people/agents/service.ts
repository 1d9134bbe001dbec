import { newId, refuse as refuseAnything, type Role, type Work } from '#platform'
import { refuse } from '../refusals.ts'
import { revokeLinksOf } from '../links/store.ts'
import { endSessions } from '../sessions/service.ts'
import { CAPACITY_STANDARD, isTimeZone, mayStepDown, normaliseEmail, normaliseName, type Agent, type Presence, type SkillLevel } from './model.ts'
import { deleteAgent, demoAgents, findAgent, lockAdministrators, lockAgent, saveAgent, saveSkills } from './store.ts'

export interface AgentWords {
  name: string
  email: string
  roles: readonly Role[]
  teamId?: string | null
  siteId?: string | null
  timeZone?: string | null
  capacity?: number
}

/** Adds an agent, who gets in by a link. @throws agent.emailTaken, agent.roleNeeded, name.invalid, email.invalid, timeZone.invalid, team.unknown, site.unknown */
export async function createAgent(work: Work, words: AgentWords & { demo?: boolean }): Promise<Agent> {
  const agent: Agent = {
    id: newId(), name: nameOf(words.name), email: emailOf(words.email), roles: rolesOf(words.roles), teamId: words.teamId ?? null, siteId: words.siteId ?? null,
    timeZone: zoneOf(words.timeZone ?? null), capacity: words.capacity ?? CAPACITY_STANDARD, presence: 'off', presenceAt: work.at, deactivated: false,
    deactivatedAt: null, createdAt: work.at, version: 1, demo: words.demo ?? false,
  }
  await saveAgent(work.tx, agent)
  work.tell('people', { kind: 'agent.created', subject: `agent:${agent.id}`, data: { roles: agent.roles, team: agent.teamId, site: agent.siteId } })
  return agent
}

/** Changes what the words name. @throws version.stale, agent.notFound, agent.lastAdministrator, and what createAgent throws */
export async function changeAgent(work: Work, id: string, words: Partial<AgentWords>, versionSeen: number | null = null): Promise<Agent> {
  const before = await loadAgent(work, id, versionSeen)
  const next: Agent = {
    ...before, ...(words.name === undefined ? {} : { name: nameOf(words.name) }), ...(words.email === undefined ? {} : { email: emailOf(words.email) }),
    ...(words.roles === undefined ? {} : { roles: rolesOf(words.roles) }), ...(words.timeZone === undefined ? {} : { timeZone: zoneOf(words.timeZone) }),
    teamId: words.teamId === undefined ? before.teamId : words.teamId, siteId: words.siteId === undefined ? before.siteId : words.siteId,
    capacity: words.capacity ?? before.capacity, version: before.version + 1,
  }
  if (before.roles.includes('admin') && !next.roles.includes('admin')) await refuseLastAdministrator(work, id)
  await saveAgent(work.tx, next)
  const fields = Object.entries(words).filter(([, value]) => value !== undefined).map(([field]) => field)
  work.tell('people', { kind: 'agent.changed', subject: `agent:${id}`, data: { fields, ...(words.roles ? { roles: next.roles } : {}) } })
  return next
}

/** The agent leaves: all sessions and links end at once, the history stays. @throws agent.notFound, agent.lastAdministrator */
export async function deactivateAgent(work: Work, id: string, versionSeen: number | null = null): Promise<Agent> {
  const before = await loadAgent(work, id, versionSeen)
  if (before.deactivated) return before
  await refuseLastAdministrator(work, id)
  const next: Agent = { ...before, deactivated: true, deactivatedAt: work.at, presence: 'off', presenceAt: work.at, version: before.version + 1 }
  await saveAgent(work.tx, next)
  await endSessions(work, id)
  await revokeLinksOf(work.tx, id, work.at)
  work.tell('people', { kind: 'agent.deactivated', subject: `agent:${id}` })
  return next
}

/** The agent is back, with the password and the second factor of before. @throws agent.notFound */
export async function reactivateAgent(work: Work, id: string, versionSeen: number | null = null): Promise<Agent> {
  const before = await loadAgent(work, id, versionSeen)
  if (!before.deactivated) return before
  const next: Agent = { ...before, deactivated: false, deactivatedAt: null, version: before.version + 1 }
  await saveAgent(work.tx, next)
  work.tell('people', { kind: 'agent.reactivated', subject: `agent:${id}` })
  return next
}

/** Says whether the agent takes work. Nothing is told when it was so before. @throws agent.notFound, agent.deactivated */
export async function setPresence(work: Work, id: string, presence: Presence): Promise<Agent> {
  const before = await loadAgent(work, id, null)
  if (before.deactivated) throw refuse('agent.deactivated')
  if (before.presence === presence) return before
  const next: Agent = { ...before, presence, presenceAt: work.at }
  await saveAgent(work.tx, next)
  work.tell('people', { kind: 'presence.changed', subject: `agent:${id}`, data: { from: before.presence, to: presence } })
  return next
}

/** Says what the agent can, instead of what was said before. @throws agent.notFound, skill.unknown, version.stale */
export async function setSkills(work: Work, id: string, skills: readonly SkillLevel[], versionSeen: number | null = null): Promise<Agent> {
  const before = await loadAgent(work, id, versionSeen)
  const levels = new Map(skills.map(({ skillId, level }) => [skillId, level]))
  await saveSkills(work.tx, id, [...levels].map(([skillId, level]) => ({ skillId, level })))
  const next: Agent = { ...before, version: before.version + 1 }
  await saveAgent(work.tx, next)
  work.tell('people', { kind: 'skills.changed', subject: `agent:${id}`, data: { skills: [...levels].map(([skill, level]) => ({ skill, level })) } })
  return next
}

/** Takes the sample centre's agents out; one to whom something of the house still refers is deactivated instead. */
export async function removeDemoAgents(work: Work): Promise<void> {
  for (const agent of await demoAgents(work.tx)) {
    if (await deleteAgent(work.tx, agent.id)) work.tell('people', { kind: 'agent.removed', subject: `agent:${agent.id}` })
    else await deactivateAgent(work, agent.id)
  }
}

async function loadAgent(work: Work, id: string, versionSeen: number | null): Promise<Agent> {
  const agent = await lockAgent(work.tx, id)
  if (!agent) throw refuse('agent.notFound')
  if (versionSeen !== null && versionSeen !== agent.version) throw refuseAnything('version.stale', { version: agent.version })
  return agent
}

/** For verbs about an agent that need no lock. @throws agent.notFound, agent.deactivated */
export async function requireActive(work: Work, id: string): Promise<Agent> {
  const agent = await findAgent(work.tx, id)
  if (!agent) throw refuse('agent.notFound')
  if (agent.deactivated) throw refuse('agent.deactivated')
  return agent
}

async function refuseLastAdministrator(work: Work, id: string) {
  if (!mayStepDown(id, await lockAdministrators(work.tx))) throw refuse('agent.lastAdministrator')
}

function nameOf(text: string): string {
  const name = normaliseName(text)
  if (name === '') throw refuse('name.invalid', { errors: [{ path: '/name', code: 'name.invalid' }] })
  return name
}

function emailOf(text: string): string {
  const email = normaliseEmail(text)
  if (email === null) throw refuse('email.invalid', { errors: [{ path: '/email', code: 'email.invalid' }] })
  return email
}

function zoneOf(name: string | null): string | null {
  if (name !== null && !isTimeZone(name)) throw refuse('timeZone.invalid', { errors: [{ path: '/timeZone', code: 'timeZone.invalid' }] })
  return name
}

function rolesOf(roles: readonly Role[]): Role[] {
  if (roles.length === 0) throw refuse('agent.roleNeeded', { errors: [{ path: '/roles', code: 'agent.roleNeeded' }] })
  return [...new Set(roles)].sort()
}
