import { createAccount, createCustomer, mergeCustomers } from '#accounts'
import { createQueue, createTopic } from '#desk'
import { createAgent, createSite, createSkill, createTeam, setPresence, setSkills } from '#people'
import { system, type Actor, type Perform, type Work } from '#platform'
import { agents, mailOf } from '../cast/agents.ts'
import { queueOfTopic, queues, sites, skills, teams } from '../cast/places.ts'
import type { Plan } from '../plan/plan.ts'
import playbooks from '../playbooks.json' with { type: 'json' }

/** The people and places of the plan, as they are in the database. */
export interface Cast {
  agents: Actor[]
  /** Ids by key. */
  queues: ReadonlyMap<string, string>
  /** A walled queue's members see it, nobody else of the cast does. */
  customers: { id: string; address: string; name: string }[]
}

const demo = true
const builder = system('sample centre')
const CUSTOMERS_AT_ONCE = 100

/** Sets up everything that the cases need, by the rooms' own verbs, as of `at`. */
export async function raiseCast(perform: Perform, plan: Plan, at: Date): Promise<Cast> {
  const place = await perform(builder, setUpPlaces, at)
  const people = await perform(builder, (work) => hire(work, place), at)
  const queueIds = await perform(builder, (work) => setUpQueues(work, place.teams), at)
  const barredFrom = (team: string) => queues.filter((queue) => queue.walled && !queue.teams.some((key) => key === team)).map(({ key }) => idOf(queueIds, key))
  const accounts = await perform(builder, (work) => inTurn(plan.accounts, async ({ name, segment, country, platformId, since }) => (await createAccount(work, { name, segment, country: country.code, platformId, since, demo })).id), at)
  const customers: Cast['customers'] = []
  for (let from = 0; from < plan.customers.length; from += CUSTOMERS_AT_ONCE) {
    customers.push(...await perform(builder, (work) => inTurn(plan.customers.slice(from, from + CUSTOMERS_AT_ONCE), async ({ name, address, language, account }) => {
      const timeZone = plan.accounts[account]?.country.timeZone ?? null
      const customer = await createCustomer(work, { name, addresses: [address], language, timeZone, accountId: accounts[account] ?? null, demo })
      return { id: customer.id, address, name }
    }), at))
  }
  return {
    customers, queues: queueIds,
    agents: people.map((id, index) => ({ kind: 'agent', id, name: agents[index]?.name ?? '', roles: [agents[index]?.role ?? 'agent'], teamId: place.teams.get(agents[index]?.team ?? '') ?? null, barred: barredFrom(agents[index]?.team ?? '') })),
  }
}

interface Place {
  sites: Map<string, string>
  teams: Map<string, string>
  skills: Map<string, string>
}

async function setUpPlaces(work: Work): Promise<Place> {
  const siteIds = new Map(await inTurn(sites, async ({ key, name, timeZone, country }) => [key, (await createSite(work, { name, timeZone, country, demo })).id] as const))
  const teamIds = new Map<string, string>(await inTurn(teams, async ({ key, name, site }) => [key, (await createTeam(work, { name, siteId: siteIds.get(site) ?? null, demo })).id] as const))
  const skillIds = new Map<string, string>(await inTurn(skills, async ({ key, name }) => [key, (await createSkill(work, { key, name, demo })).id] as const))
  return { sites: siteIds, teams: teamIds, skills: skillIds }
}

const hire = (work: Work, { sites: siteIds, teams: teamIds, skills: skillIds }: Place) => inTurn(agents, async (given) => {
  const site = teams.find(({ key }) => key === given.team)?.site ?? ''
  const agent = await createAgent(work, {
    name: given.name, email: mailOf(given.name), roles: [given.role], teamId: idOf(teamIds, given.team), siteId: idOf(siteIds, site), capacity: given.capacity, demo,
  })
  await setSkills(work, agent.id, given.skills.map(([key, level]) => ({ skillId: idOf(skillIds, key), level })))
  return agent.id
})

async function setUpQueues(work: Work, teamIds: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
  const made = await inTurn(queues, async ({ key, name, description, walled, teams: members }) =>
    [key, (await createQueue(work, { key, name, description, walled, teams: members.map((team) => idOf(teamIds, team)) })).id] as const)
  await inTurn(playbooks, ({ key, title }) => createTopic(work, { key, title, queue: queueOfTopic[key] ?? null }))
  return new Map(made)
}

/** At the end: who is at work now, and who turned out to be one person. */
export async function settleCast(perform: Perform, plan: Plan, cast: Cast, now: Date): Promise<void> {
  await perform(builder, (work) => inTurn(cast.agents, async ({ id }, index) => setPresence(work, id, presenceOf(plan.present[index] ?? false, index))), now)
  const lead = cast.agents[0] ?? builder
  for (const { kept, address } of plan.twins) {
    const person = cast.customers[kept]
    if (!person) continue
    await perform(lead, async (work) => {
      const twin = await createCustomer(work, { name: person.name, addresses: [address], demo })
      await mergeCustomers(work, { kept: person.id, merged: twin.id })
    }, now)
  }
}

const presenceOf = (there: boolean, index: number) => (there ? (['available', 'available', 'busy', 'available', 'away'] as const)[index % 5] ?? 'available' : 'off')

export function idOf(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`the sample centre has no ${key}`)
  return id
}

async function inTurn<T, R>(items: readonly T[], action: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const [index, item] of items.entries()) results.push(await action(item, index))
  return results
}
