import { agents } from '../cast/agents.ts'
import type { SampleCustomer } from '../cast/accounts.ts'
import { abroad, type Tongue } from '../material/abroad.ts'
import type { Material } from '../material/model.ts'
import { agentVoices, customerVoices, followUps, holdReplies, nudges, reopenings, thanks } from '../material/voices.ts'
import type { Random } from '../random.ts'
import type { AgentPlace } from './model.ts'
import type { Fill } from './slots.ts'

/** Deals the pieces of a list like cards, so that one comes again only after all others came. */
export interface Deck {
  deal<T>(from: readonly T[]): T
}

export function makeDeck(random: Random): Deck {
  const rest = new Map<readonly unknown[], number[]>()
  return {
    deal: <T>(from: readonly T[]): T => {
      const left = rest.get(from)?.length ? rest.get(from) ?? [] : random.shuffled(from.map((_, index) => index))
      const index = left.pop() ?? 0
      rest.set(from, left)
      const item = from[index]
      if (item === undefined) throw new Error('nothing to deal')
      return item
    },
  }
}

/** What is said in one conversation, and how. */
export interface Words {
  opening(): { subject: string; text: string; signature: string | null }
  followUp(): string
  ask(by: AgentPlace): string | null
  give(): string
  hold(by: AgentPlace): string
  answer(by: AgentPlace): string
  thanks(to: AgentPlace): string
  nudge(): string
  reopening(): string
  note(): string
  fill(text: string, people?: Record<string, string>): string
}

export type Thread = Tongue['threads'][number]
interface Given {
  random: Random
  deck: Deck
  fill: Fill
  customer: SampleCustomer
  business: string
  material: Material
  thread: Thread | null
}

export function wordsOf(given: Given): Words {
  const { random, deck, material, thread, customer } = given
  const tongue = thread ? abroad[customer.language] ?? null : null
  const me = { me: customer.name }
  const fill = (text: string, people: Record<string, string> = {}) => given.fill(text, { ...me, ...people })
  const says = (body: string) => customerSays(given, tongue, fill, body)
  const agentSays = (by: AgentPlace, body: string, own: boolean) => agentWrites(given, own ? tongue : null, by, body)
  return {
    fill,
    opening: () => {
      const body = thread ? thread.opening : [deck.deal(material.openings), ...(random.chance(0.5) ? [deck.deal(material.details)] : [])].join(random.chance(0.5) ? '\n\n' : ' ')
      return { subject: fill(thread ? thread.subject : deck.deal(material.subjects)), ...says(body) }
    },
    followUp: () => says(deck.deal(followUps)).text,
    ask: (by) => (thread || material.asks.length === 0 ? null : agentSays(by, deck.deal(material.asks), false)),
    give: () => short(random, fill(deck.deal(material.gives)), customer),
    hold: (by) => agentSays(by, deck.deal(holdReplies), false),
    answer: (by) => agentSays(by, thread ? thread.answer : deck.deal(material.answers), true),
    thanks: (to) => (tongue ? fill(deck.deal(tongue.thanks), { first: firstOf(to) }) : short(random, fill(deck.deal(thanks), { first: firstOf(to) }), customer)),
    nudge: () => (tongue ? fill(tongue.nudge) : short(random, fill(deck.deal(nudges)), customer)),
    reopening: () => short(random, fill(deck.deal(reopenings)), customer),
    note: () => fill(deck.deal(material.notes)),
  }
}

export const firstOf = (agent: AgentPlace) => agents[agent]?.name.split(' ')[0] ?? ''

function customerSays({ deck, random, customer }: Given, tongue: Tongue | null, fill: Fill, body: string): { text: string; signature: string | null } {
  if (tongue) return { text: fill(`${tongue.greeting}\n\n${body}\n\n${tongue.closing}`), signature: null }
  const voice = customerVoices[customer.temper]
  const [greeting, preface, closing] = [deck.deal<string>(voice.greetings), deck.deal<string>(voice.prefaces), fill(deck.deal<string>(voice.closings))]
  const told = [preface, fill(body)].filter(Boolean).join(' ')
  const apart = closing.includes('\n') && random.chance(0.4)
  return { text: fill([greeting, told, apart ? '' : closing].filter(Boolean).join('\n\n')), signature: apart ? closing : null }
}

/** Answers in a running conversation are shorter, and often without any form. */
const short = (random: Random, body: string, customer: SampleCustomer) => {
  const first = customer.name.split(' ')[0] ?? customer.name
  return [random.chance(0.35) ? 'Hi,' : '', body, random.chance(0.5) ? first : ''].filter(Boolean).join('\n\n')
}

function agentWrites({ fill, deck, customer }: Given, tongue: Tongue | null, by: AgentPlace, body: string): string {
  const people = { first: customer.first, me: firstOf(by) }
  if (tongue) return fill(`${tongue.agentGreeting}\n\n${body}\n\n${tongue.agentClosing}`, people)
  const voice = agentVoices[by % agentVoices.length] ?? agentVoices[0]
  if (!voice) throw new Error('agents have no voice')
  const told = [deck.deal(voice.prefaces), body].filter(Boolean).join(' ')
  return fill([deck.deal(voice.greetings), told, deck.deal(voice.closings)].join('\n\n'), people)
}
