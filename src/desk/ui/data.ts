import { client, useMe, useQuery, useQueryClient } from '#web'
import type { AccountsApi } from '#accounts'
import type { PeopleApi } from '#people'
import { useMemo } from 'react'
import type { DeskApi } from '../routes.ts'
import { withHead, type Pages } from './inbox/pages.ts'
import type { CaseQuery } from './inbox/lists.ts'
import type { Names } from './timeline/facts.ts'
import type { Case, Fact, Message } from './wire.ts'

export const api = client<DeskApi>()
export const accountsApi = client<AccountsApi>()
const peopleApi = client<PeopleApi>()

type Queries = ReturnType<typeof useQueryClient>

/** Where a case's parts are kept: all under `['case', number]`, which its facts refresh. */
export const keys = {
  case: (number: number) => ['case', number, 'view'] as const,
  messages: (number: number) => ['case', number, 'messages'] as const,
  facts: (number: number) => ['case', number, 'facts'] as const,
  drafts: (number: number) => ['case', number, 'drafts'] as const,
  list: (key: string) => ['cases', 'list', key] as const,
}

const caseQuery = (number: number) => ({ queryKey: keys.case(number), queryFn: () => api('GET /api/v1/cases/:number', { params: { number } }) })
const messagesQuery = (number: number) => ({ queryKey: keys.messages(number), queryFn: () => allMessages(number) })
const factsQuery = (number: number) => ({ queryKey: keys.facts(number), queryFn: () => allFacts(number) })
const draftsQuery = (number: number) => ({ queryKey: keys.drafts(number), queryFn: async () => (await api('GET /api/v1/cases/:number/drafts', { params: { number } })).items })

/** So many pages of a case are read; beyond that somebody is not reading any more. */
const PAGES_MAX = 20

async function allMessages(number: number): Promise<Message[]> {
  const messages: Message[] = []
  let cursor: string | undefined
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = await api('GET /api/v1/cases/:number/messages', { params: { number }, query: { limit: 200, ...(cursor ? { cursor } : {}) } })
    messages.push(...answer.items)
    if (answer.nextCursor === null) break
    cursor = answer.nextCursor
  }
  return messages
}

async function allFacts(number: number): Promise<Fact[]> {
  const facts: Fact[] = []
  let cursor: string | undefined
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = await api('GET /api/v1/cases/:number/events', { params: { number }, query: { limit: 200, ...(cursor ? { cursor } : {}) } })
    facts.push(...answer.items)
    if (answer.nextCursor === null) break
    cursor = answer.nextCursor
  }
  return facts
}

export const useCase = (number: number) => useQuery(caseQuery(number))
export const useMessages = (number: number) => useQuery(messagesQuery(number))
export const useFacts = (number: number) => useQuery(factsQuery(number))
export const useCaseDrafts = (number: number, every: number | false = false) => useQuery({ ...draftsQuery(number), refetchOnWindowFocus: 'always', refetchInterval: every })

/** Reads a case ahead, so that opening it shows its messages at once. */
export function readAhead(queries: Queries, number: number): void {
  void queries.prefetchQuery(caseQuery(number))
  void queries.prefetchQuery(messagesQuery(number))
  void queries.prefetchQuery(factsQuery(number))
}

const HEAD_ROWS = 100
export const PAGE_ROWS = 200

export const listPage = (query: CaseQuery, cursor?: string): Promise<Pages> =>
  api('GET /api/v1/cases', { query: { ...query, limit: cursor ? PAGE_ROWS : HEAD_ROWS, ...(cursor ? { cursor } : {}) } })

/** A list of cases: its head as it is now, and below it what was read by scrolling. */
export function useList(key: string, query: CaseQuery | null) {
  const queries = useQueryClient()
  const queryKey = keys.list(key)
  return useQuery({
    queryKey, enabled: query !== null,
    queryFn: async () => {
      if (!query) return { items: [], nextCursor: null }
      return withHead(queries.getQueryData<Pages>(queryKey), await listPage(query), query.sort)
    },
  })
}

export const useCounts = () => useQuery({ queryKey: ['counts'], queryFn: () => api('GET /api/v1/counts') })

/** Lists that change seldom are read anew when they are looked at after a while. */
const SELDOM_MS = 60_000

export function useQueues() {
  const me = useMe()
  return useQuery({ queryKey: ['queues'], staleTime: SELDOM_MS, enabled: me.may('queue.read'), queryFn: async () => (await api('GET /api/v1/queues')).items })
}

export function useTopics() {
  const me = useMe()
  return useQuery({ queryKey: ['topics'], staleTime: SELDOM_MS, enabled: me.may('queue.read'), queryFn: async () => (await api('GET /api/v1/topics')).items })
}

/** Every page of a list of people or places, which have at most some hundred. */
async function everyPage<T>(page: (cursor: string | undefined) => Promise<{ items: T[]; nextCursor: string | null }>): Promise<T[]> {
  const items: T[] = []
  let cursor: string | undefined
  for (let count = 0; count < PAGES_MAX; count++) {
    const answer = await page(cursor)
    items.push(...answer.items)
    if (answer.nextCursor === null) break
    cursor = answer.nextCursor
  }
  return items
}

const agentsQuery = {
  queryKey: ['agents', 'all'], staleTime: SELDOM_MS,
  queryFn: () => everyPage((cursor) => peopleApi('GET /api/v1/agents', { query: { limit: 200, ...(cursor ? { cursor } : {}) } })),
}
const teamsQuery = {
  queryKey: ['teams', 'all'], staleTime: SELDOM_MS,
  queryFn: () => everyPage((cursor) => peopleApi('GET /api/v1/teams', { query: { limit: 200, ...(cursor ? { cursor } : {}) } })),
}

/** Everybody who works cases, those who left too: old facts still name them. */
export const useAgents = () => useQuery(agentsQuery)
export const useTeams = () => useQuery(teamsQuery)
export const agentsNow = (queries: Queries) => queries.ensureQueryData(agentsQuery)
export const teamsNow = (queries: Queries) => queries.ensureQueryData(teamsQuery)

const naming = <T extends { id: string }>(items: readonly T[] | undefined, name: (item: T) => string) => {
  const names = new Map((items ?? []).map((item) => [item.id, name(item)]))
  return (id: string) => names.get(id) ?? null
}

/** Names for the ids that facts hold. */
export function useNames(view?: Case, messages?: readonly Message[]): Names {
  const me = useMe()
  const [agents, teams, queues, topics] = [useAgents().data, useTeams().data, useQueues().data, useTopics().data]
  return useMemo(() => {
    const people = new Map((view?.participants ?? []).map(({ customerId, name, address }) => [customerId, name || address]))
    for (const { from } of messages ?? []) if (from.id !== null && from.kind === 'customer') people.set(from.id, from.name || from.address || '')
    return {
      me: me.kind === 'agent' ? me.id : null,
      agent: naming(agents, ({ name }) => name), team: naming(teams, ({ name }) => name), queue: naming(queues, ({ name }) => name),
      topic: (key: string) => topics?.find((topic) => topic.key === key)?.title ?? null,
      customer: (id: string) => people.get(id) ?? null,
    }
  }, [me, agents, teams, queues, topics, view?.participants, messages])
}
