import { client, queries, useFact, useMe, useQuery } from '#web'
import { useEffect, useRef } from 'react'
import type { PeopleApi } from '#people'
import type { DeskApi } from '../../routes.ts'
import { api } from '../data.ts'

export type Board = DeskApi['GET /api/v1/routing/board']['answer']
export type BoardQueue = Board['queues'][number]
export type BoardAgent = Board['agents'][number]
export type BoardCase = Board['cases'][number]
export type QueueRoutingView = DeskApi['GET /api/v1/routing/queues']['answer']['items'][number]
export type KeptDecision = DeskApi['GET /api/v1/routing/decisions']['answer']['items'][number]
export type Rules = DeskApi['GET /api/v1/routing/rules']['answer']
export type NeedBody = DeskApi['PUT /api/v1/topics/:key/skills']['body']['skills'][number]
export type Skill = Board['skills'][number]
export type CaseRouting = DeskApi['GET /api/v1/cases/:number/routing']['answer']

const EVERY_MS = 10_000
const TOGETHER_MS = 300
const touching = ['cases', 'agents', 'queues', 'topics', 'routing', 'skills']

/** The board, live: read anew after whatever changes who could get what, and by the clock for what the reader hears nothing of. */
export function useBoard() {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useFact(({ refs }) => {
    if (!refs.some((ref) => touching.includes(ref))) return
    // Many facts in a moment are one look.
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void queries.invalidateQueries({ queryKey: ['routing'] }), TOGETHER_MS)
  })
  return useQuery({ queryKey: ['routing', 'board'], refetchInterval: EVERY_MS, queryFn: () => api('GET /api/v1/routing/board') })
}

export const useLastDecisions = () => useQuery({ queryKey: ['routing', 'decisions'], refetchInterval: EVERY_MS, queryFn: async () => (await api('GET /api/v1/routing/decisions', { query: { limit: 20 } })).items })

export const useQueueRoutings = () => useQuery({ queryKey: ['routing', 'queues'], queryFn: async () => (await api('GET /api/v1/routing/queues')).items })
export const useRules = () => useQuery({ queryKey: ['routing', 'rules'], queryFn: () => api('GET /api/v1/routing/rules') })

export function useTopicNeeds() {
  const me = useMe()
  return useQuery({ queryKey: ['topics', 'skills'], enabled: me.may('queue.read'), queryFn: async () => new Map((await api('GET /api/v1/routing/topics')).items.map(({ topic, skills }) => [topic, skills])) })
}

export const useCaseRouting = (number: number) => useQuery({ queryKey: ['case', number, 'routing'], queryFn: () => api('GET /api/v1/cases/:number/routing', { params: { number } }) })

const people = client<PeopleApi>()
/** The skills in use, by name. */
export const useBoardSkills = () => useQuery({ queryKey: ['skills', 'in use'], queryFn: async () => (await people('GET /api/v1/skills', { query: { limit: 200 } })).items.map(({ id, key, name }): Skill => ({ id, key, name })) })
