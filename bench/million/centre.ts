import { makeIds } from './ids.ts'
import { code, wordOf } from './words.ts'
import { materials } from '../../src/demo/material/index.ts'
import { queueOfTopic, queues as sampleQueues, skills, sites, teams as sampleTeams } from '../../src/demo/cast/places.ts'
import type { Random } from '../../src/demo/random.ts'
import type { Row } from './copy.ts'

/** Who works in the loaded centre and who writes to it, as rows and as what cases refer to. */
export interface Centre {
  rows: Readonly<Record<string, Row[]>>
  agents: { id: string; team: string; first: string }[]
  queueOf(topic: string): { id: string; team: string[] }
  accounts: { id: string; name: string }[]
  customers: { id: string; account: number; name: string; address: string }[]
}

const AGENTS = 200

/** A centre of 200 people with so many accounts and customers. */
export function makeCentre(random: Random, now: Date, { accounts, customers }: { accounts: number; customers: number }): Centre {
  const ids = makeIds()
  const id = () => ids(now.getTime() - 400 * 86_400_000)
  const siteIds = new Map(sites.map(({ key }) => [String(key), id()]))
  const teamIds = new Map(sampleTeams.map(({ key }) => [String(key), id()]))
  const queueIds = new Map(sampleQueues.map(({ key }) => [key, id()]))
  const skillIds = skills.map(() => id())
  const agents = Array.from({ length: AGENTS }, (_, index) => {
    const team = sampleTeams[index % sampleTeams.length] ?? sampleTeams[0]
    return { id: id(), first: nameOf(index + 40), team: teamIds.get(team.key) ?? '', site: siteIds.get(team.site) ?? '' }
  })
  const clients = makeClients(random, id, accounts, customers)
  const since = new Date(now.getTime() - 390 * 86_400_000)
  return {
    agents, accounts: clients.accounts, customers: clients.customers,
    queueOf: (topic) => {
      const queue = sampleQueues.find(({ key }) => key === queueOfTopic[topic]) ?? sampleQueues[0]
      return { id: queueIds.get(queue?.key ?? '') ?? '', team: (queue?.teams ?? []).map((key) => teamIds.get(key) ?? '') }
    },
    rows: {
      'site (id, name, time_zone, country)': sites.map((site) => [siteIds.get(site.key) ?? '', site.name, site.timeZone, site.country]),
      'team (id, name, site_id)': sampleTeams.map((team) => [teamIds.get(team.key) ?? '', team.name, siteIds.get(team.site) ?? '']),
      'skill (id, key, name)': skills.map(({ key, name }, index) => [skillIds[index] ?? '', key, name]),
      'agent (id, name, email, site_id, team_id, capacity, presence, presence_at, created_at)': agents.map((agent, index) =>
        [agent.id, `${agent.first} ${nameOf(index + 300)}`, `${agent.first.toLowerCase()}.${index}@centre.example`, agent.site, agent.team, 20, index % 3 === 0 ? 'off' : 'available', since, since]),
      'agent_role (agent_id, role)': agents.map((agent, index) => [agent.id, index % 20 === 0 ? 'lead' : 'agent']),
      'agent_skill (agent_id, skill_id, level)': agents.flatMap((agent, index) => [0, 1, 2].map((step) => [agent.id, skillIds[(index + step * 5) % skillIds.length] ?? '', 1 + ((index + step) % 5)])),
      'queue (id, key, name, description, walled)': sampleQueues.map((queue) => [queueIds.get(queue.key) ?? '', queue.key, queue.name, queue.description, queue.walled]),
      'queue_team (queue_id, team_id)': sampleQueues.flatMap((queue) => queue.teams.map((team) => [queueIds.get(queue.key) ?? '', teamIds.get(team) ?? ''])),
      'topic (key, title, queue_id)': materials.map(({ topic }) => [topic, topic.replaceAll('-', ' '), queueIds.get(queueOfTopic[topic] ?? '') ?? null]),
      'account (id, name, segment, country, platform_id, since, created_at)': clients.accounts.map((account, index) =>
        [account.id, account.name, ['independent', 'startup', 'smb', 'enterprise'][Math.floor(index / 7) % 4] ?? 'smb', ['MX', 'IE', 'IN', 'US'][index % 4] ?? 'US', `acct_1N${code(random, 12)}${index.toString(36)}`, since, since]),
      'customer (id, account_id, name, language, created_at)': clients.customers.map((customer) => [customer.id, clients.accounts[customer.account]?.id ?? null, customer.name, 'en', since]),
      'customer_address (address, customer_id, added_at)': clients.customers.map((customer) => [customer.address, customer.id, since]),
    },
  }
}

/** Names as of people and businesses: pronounceable, many, and the same each time. */
const nameOf = (rank: number): string => {
  const word = wordOf(rank)
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}

function makeClients(random: Random, id: () => string, accountCount: number, customerCount: number) {
  const accounts = Array.from({ length: accountCount }, (_, index) => ({ id: id(), name: `${nameOf(index + 900)} ${random.pick(['Ltd', 'SA de CV', 'GmbH', 'Studio', 'Foods', 'Traders', 'Labs', 'Books'])}` }))
  const customers = Array.from({ length: customerCount }, (_, index) => {
    const account = index % accountCount
    const name = `${nameOf(index % 700)} ${nameOf(5_000 + Math.floor(index / 700))}`
    return { id: id(), account, name, address: `${name.toLowerCase().replace(' ', '.')}.${index}@${nameOf(account + 900).toLowerCase()}.example` }
  })
  return { accounts, customers }
}
