import type { Priority } from '#desk'
import { makeClientele, type Clientele, type SampleAccount, type SampleCustomer } from '../cast/accounts.ts'
import { agents } from '../cast/agents.ts'
import { queueOfTopic, type SkillKey } from '../cast/places.ts'
import { abroad } from '../material/abroad.ts'
import { materials } from '../material/index.ts'
import type { Material } from '../material/model.ts'
import { randomOf, type Random } from '../random.ts'
import { arrivalOf } from './arrivals.ts'
import { closedAt } from './closing.ts'
import { courseOf } from './course.ts'
import { addColour } from './colour.ts'
import type { PlannedCase } from './model.ts'
import type { Ground } from './ground.ts'
import { makeRota } from './rota.ts'
import { slotsOf } from './slots.ts'
import { makeDeck, wordsOf, type Thread } from './words.ts'

export interface Plan extends Clientele {
  /** Roughly in the order in which they open; cases name each other by their place here. */
  cases: PlannedCase[]
  /** Which agents are at work at the end. */
  present: boolean[]
  /** Customers who turn out to have written from another address too. */
  twins: { kept: number; address: string }[]
}

export interface PlanGiven {
  seed: string
  cases: number
  accounts: number
  now: Date
}

/** Everything that will have happened by `now`. The same words give the same plan. */
export function makePlan({ seed, cases, accounts, now }: PlanGiven): Plan {
  const clientele = makeClientele(seed, accounts, now)
  const random = randomOf(`${seed} cases`)
  const ground: Ground = { random, deck: makeDeck(randomOf(`${seed} deck`)), rota: makeRota(agents, randomOf(`${seed} rota`), now.getTime()), clientele, now: now.getTime() }
  const openings = Array.from({ length: cases }, () => openingOf(ground)).toSorted((a, b) => a.at - b.at)
  const planned: PlannedCase[] = []
  for (const opening of openings) planned.push(planCase(ground, opening, planned))
  addColour(randomOf(`${seed} colour`), { ...ground, cases: planned })
  return { ...clientele, cases: planned, present: agents.map((_, place) => ground.rota.onShift(place, now.getTime())), twins: twinsOf(randomOf(`${seed} twins`), clientele) }
}

/** Private addresses of people who are known by that of their business. */
const twinsOf = (random: Random, { customers }: Clientele) =>
  random.shuffled(customers.map((_, place) => place)).slice(0, Math.min(4, customers.length)).map((kept) => ({ kept, address: `${customers[kept]?.address.split('@')[0] ?? 'me'}@private-mail.example` }))

interface Opening {
  at: number
  customer: number
  material: Material
  thread: Thread | null
}

const weights = { independent: 1, startup: 1.5, smb: 2, enterprise: 4.5 } as const

function openingOf({ random, clientele, now }: Ground): Opening {
  const account = random.weighted(clientele.accounts, ({ segment }) => weights[segment])
  const customer = random.pick(account.customers)
  const language = clientele.customers[customer]?.language ?? 'en'
  const threads = abroad[language]?.threads
  const thread = threads && random.chance(0.75) ? random.pick(threads) : null
  const chosen = random.weighted(materials, ({ weight }) => weight)
  const material = thread ? materials.find(({ topic }) => topic === thread.topic) ?? chosen : chosen
  return { at: arrivalOf(random, account, queueOfTopic[material.topic] === 'payouts', now), customer, material, thread }
}

const skillOfLanguage: Readonly<Record<string, SkillKey>> = { es: 'spanish', pt: 'portuguese', fr: 'french', de: 'german', hi: 'hindi' }

function planCase(ground: Ground, { at, customer: place, material, thread }: Opening, before: readonly PlannedCase[]): PlannedCase {
  const { random, deck, rota, clientele, now } = ground
  const customer = clientele.customers[place]
  const account = customer && clientele.accounts[customer.account]
  if (!customer || !account) throw new Error('a case without a customer')
  const queue = queueOfTopic[material.topic] ?? 'general'
  const follows = random.chance(0.5) ? closedBefore(before, place, queue, at) : null
  const language = thread ? customer.language : 'en'
  const words = wordsOf({ random, deck, fill: slotsOf(random, { account, customer, at, language, share: smallMoney.includes(queue) ? 0.08 : 1 }), customer, business: account.name, material, thread })
  const channel = follows !== null || random.chance(0.5) ? 'email' : random.chance(0.85) ? 'form' : 'api'
  const steps = courseOf({
    random, deck, rota, words, material, customer, zone: account.country.timeZone, queue, priority: priorityOf(random, account, material, customer),
    skill: thread && abroad[language]?.answered ? skillOfLanguage[language] ?? null : null, channel, tags: random.shuffled(material.tags).slice(0, random.between(1, 2)), followedSubject: subjectOf(before[follows ?? -1]), openedAt: at, now,
  })
  return { writer: { customer: place }, follows, queue, steps, closedAt: closedAt(steps, now) }
}

/** Queues in which it is about single payments, not about a day's sales. */
const smallMoney = ['payments', 'disputes', 'billing']

function subjectOf(planned: PlannedCase | undefined): string | null {
  const opening = planned?.steps[0]?.does
  return opening?.kind === 'open' ? opening.subject.replace(/^(Re: )+/, '') : null
}

/** The last case of the same customer in the same queue that had been answered and closed by then. */
function closedBefore(before: readonly PlannedCase[], customer: number, queue: string, at: number): number | null {
  const index = before.findLastIndex((earlier) => 'customer' in earlier.writer && earlier.writer.customer === customer && earlier.queue === queue && earlier.closedAt !== null && earlier.closedAt < at)
  return index === -1 ? null : index
}

function priorityOf(random: Random, { segment }: SampleAccount, { priority }: Material, { temper }: SampleCustomer): Priority {
  if (priority === 'urgent') return 'urgent'
  if (segment === 'enterprise') return random.chance(0.12) ? 'urgent' : random.chance(0.6) ? 'high' : 'normal'
  if (temper === 'upset' && random.chance(0.3)) return 'high'
  return priority ?? (segment === 'independent' && random.chance(0.2) ? 'low' : 'normal')
}
