import type { Agent, Role, Site, Team } from '../wire.ts'
import { rolesWords } from '../words.ts'

/** A person as the form holds it: text, until it is sent. */
export interface AgentDraft {
  name: string
  email: string
  roles: Role[]
  teamId: string | null
  siteId: string | null
  timeZone: string | null
  capacity: string
}

export const CAPACITY_MAX = 1_000

export const newAgent: AgentDraft = { name: '', email: '', roles: ['agent'], teamId: null, siteId: null, timeZone: null, capacity: '20' }

export const draftOf = ({ name, email, roles, teamId, siteId, timeZone, capacity }: Agent): AgentDraft => ({ name, email, roles, teamId, siteId, timeZone, capacity: String(capacity) })

export const bodyOf = (draft: AgentDraft) => ({ ...draft, name: draft.name.trim(), email: draft.email.trim(), capacity: Number(draft.capacity) })

/** Only what the draft changes of what was there. */
export function changeOf(seen: Agent, draft: AgentDraft): Partial<ReturnType<typeof bodyOf>> {
  const [before, after] = [bodyOf(draftOf(seen)), bodyOf(draft)]
  return Object.fromEntries(Object.entries(after).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(Object.entries(before).find(([other]) => other === name)?.[1])))
}

/** What is wrong before anything is sent, by field. */
export function faultsIn(draft: AgentDraft): Partial<Record<'name' | 'email' | 'roles' | 'capacity', string>> {
  const capacity = /^\d{1,4}$/.test(draft.capacity.trim()) ? Number(draft.capacity) : Number.NaN
  return {
    ...(draft.name.trim() === '' ? { name: 'Write the name' } : {}),
    ...(/^\S+@\S+$/.test(draft.email.trim()) ? {} : { email: 'Write the whole address, such as lee@example.com' }),
    ...(draft.roles.length === 0 ? { roles: 'Choose at least one role' } : {}),
    ...(capacity >= 0 && capacity <= CAPACITY_MAX ? {} : { capacity: `0 to ${CAPACITY_MAX}` }),
  }
}

/** The order in which roles are shown is the order in which they are kept. */
export const withRole = (roles: readonly Role[], role: Role, on: boolean, order: readonly Role[]): Role[] => order.filter((other) => (other === role ? on : roles.includes(other)))

export const fieldNames = { name: 'name', email: 'address', roles: 'roles', team: 'team', site: 'site', timeZone: 'time zone', capacity: 'capacity' } as const

/** What an agent's fields say to people, for telling what somebody else changed. */
export const saidOf = (agent: Agent, teams: readonly Team[], sites: readonly Site[]): Record<keyof typeof fieldNames, string | null> => ({
  name: agent.name, email: agent.email, roles: rolesWords(agent.roles), team: teams.find(({ id }) => id === agent.teamId)?.name ?? null,
  site: sites.find(({ id }) => id === agent.siteId)?.name ?? null, timeZone: agent.timeZone, capacity: String(agent.capacity),
})
