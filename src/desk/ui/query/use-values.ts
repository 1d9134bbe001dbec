import { useMe, useQuery } from '#web'
import { fields, writeValue, type Field } from '../../query/model.ts'
import { accountsApi, api, useAgents, useQueues, useTeams, useTopics } from '../data.ts'

/** What may stand behind a field: its own words, and the names of what there is. */
export interface Offer {
  /** As it is written down. */
  insert: string
  label: string
  detail?: string
}

const SHOWN_MAX = 12

/** Values for a field that begin with, or hold, what was typed. Names of businesses and people are asked for, since there are too many to have. */
export function useValues(field: Field | null, typed: string): Offer[] {
  const me = useMe()
  const { names, words } = field ? fields[field] : { names: null, words: [] }
  const [queues, topics, teams, agents] = [useQueues().data, useTopics().data, useTeams().data, useAgents().data]
  const asked = useQuery({
    queryKey: ['query-values', names, typed], enabled: (names === 'account' && typed !== '' && me.may('account.read')) || ((names === 'customer' || names === 'address') && typed !== '' && me.may('customer.read')) || names === 'tag',
    staleTime: 30_000, placeholderData: (before) => before, queryFn: () => namesFor(names, typed),
  })
  const plain = words.map((word): Offer => ({ insert: word, label: word }))
  const found: Offer[] = !field ? [] : names === 'queue' ? (queues ?? []).filter(({ archived }) => !archived).map(({ key, name }) => named(key, name))
    : names === 'topic' ? (topics ?? []).filter(({ archived }) => !archived).map(({ key, title }) => named(key, title))
      : names === 'team' ? (teams ?? []).filter(({ archivedAt }) => archivedAt === null).map(({ name }) => named(name))
        : names === 'agent' ? (agents ?? []).filter(({ deactivated }) => !deactivated).map(({ name, email }) => named(name, undefined, email))
          : asked.data ?? []
  const sought = typed.toLowerCase()
  const holds = ({ label, detail }: Offer) => [label, detail ?? ''].some((text) => text.toLowerCase().includes(sought))
  return [...plain, ...found].filter((offer) => offer.insert !== '' && holds(offer)).toSorted((a, b) => begins(b, sought) - begins(a, sought)).slice(0, SHOWN_MAX)
}

const named = (value: string, name?: string, detail?: string): Offer => ({ insert: writeValue(value), label: name ?? value, ...(name !== undefined && name.toLowerCase() !== value.toLowerCase() ? { detail: value } : detail ? { detail } : {}) })
const begins = ({ label, detail }: Offer, sought: string) => Number(label.toLowerCase().startsWith(sought) || (detail ?? '').toLowerCase().startsWith(sought))

async function namesFor(names: string | null, typed: string): Promise<Offer[]> {
  if (names === 'tag') return (await api('GET /api/v1/tags', { query: typed ? { q: typed.slice(0, 60) } : {} })).items.map(({ tag }) => named(tag))
  if (names === 'account') return (await accountsApi('GET /api/v1/accounts', { query: { q: typed.slice(0, 200), limit: SHOWN_MAX } })).items.map(({ name, segment }) => named(name, undefined, segment))
  const people = (await accountsApi('GET /api/v1/customers', { query: { q: typed.slice(0, 200), limit: SHOWN_MAX } })).items
  return people.flatMap(({ name, addresses }) => (names === 'address' || name === '' ? addresses.map((address) => named(address, undefined, name)) : [named(name, undefined, addresses[0])]))
}
