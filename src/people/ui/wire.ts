import { client, queries, usePages, useQuery } from '#web'
import type { PeopleApi } from '../routes.ts'

/** What the screens of people ask of the server. Keys begin with the words of the live facts, so that these keep them fresh. */

export const people = client<PeopleApi>()

export type Agent = PeopleApi['GET /api/v1/agents']['answer']['items'][number]
export type Site = PeopleApi['GET /api/v1/sites']['answer']['items'][number]
export type Team = PeopleApi['GET /api/v1/teams']['answer']['items'][number]
export type Skill = PeopleApi['GET /api/v1/skills']['answer']['items'][number]
export type Token = PeopleApi['GET /api/v1/tokens']['answer']['items'][number]
export type MadeToken = PeopleApi['POST /api/v1/tokens']['answer']
export type Session = PeopleApi['GET /api/v1/me/sessions']['answer']['items'][number]
export type MeView = PeopleApi['GET /api/v1/me']['answer']
export type LinkCheck = PeopleApi['POST /api/v1/sign-ins/links/checks']['answer']
export type IssuedLink = PeopleApi['POST /api/v1/agents/:id/invitations']['answer']
export type Role = Agent['roles'][number]

export const useMethods = () => useQuery({ queryKey: ['sign-in-methods'], queryFn: ({ signal }) => people('GET /api/v1/sign-ins/methods', { signal }), staleTime: 0 })

/** The same entry that the frame reads, with all that the answer says. */
export const useMyself = () => useQuery({ queryKey: ['me'], queryFn: ({ signal }) => people('GET /api/v1/me', { signal }) })

/** What I changed about myself shows at once, everywhere. */
export const knowMyself = (answer: MeView) => void queries.setQueryData(['me'], answer)

export const useSessions = () => useQuery({ queryKey: ['my-sessions'], queryFn: ({ signal }) => people('GET /api/v1/me/sessions', { signal }) })

export interface AgentFilter {
  q?: string
  team?: string
  site?: string
  role?: Role
  state?: 'active' | 'deactivated' | 'all'
}

export const useAgents = (filter: AgentFilter) => usePages(['agents', filter], (page, signal) => people('GET /api/v1/agents', { query: { ...filter, ...page }, signal }))
export const useTokens = () => usePages(['tokens'], (query, signal) => people('GET /api/v1/tokens', { query, signal }))

export const useAgent = (id: string | null) =>
  useQuery({ queryKey: ['agent', id], enabled: id !== null, queryFn: ({ signal }) => people('GET /api/v1/agents/:id', { params: { id: id ?? '' }, signal }) })

/** Sites, teams and skills are few: all of them come at once. */
const ALL = { limit: 200 }
export const useSites = (archived = false) => useQuery({ queryKey: ['sites', archived], queryFn: ({ signal }) => people('GET /api/v1/sites', { query: { ...ALL, archived }, signal }) })
export const useTeams = (archived = false) => useQuery({ queryKey: ['teams', archived], queryFn: ({ signal }) => people('GET /api/v1/teams', { query: { ...ALL, archived }, signal }) })
export const useSkills = (archived = false) => useQuery({ queryKey: ['skills', archived], queryFn: ({ signal }) => people('GET /api/v1/skills', { query: { ...ALL, archived }, signal }) })
