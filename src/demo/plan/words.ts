import { agents } from '../cast/agents.ts'
import type { SampleCustomer } from '../cast/accounts.ts'
import { abroad, type Tongue } from '../material/abroad.ts'
import { fitting } from '../material/fitting.ts'
import type { Material } from '../material/model.ts'
import { agentVoices, customerVoices, followUps, holdReplies, nudges, reminders, reopenings, thanks } from '../material/voices.ts'
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

/** What is said in one conversation, and how. Agents write at an instant, because they name days to come. */
export interface Words {
  opening(): { subject: string; text: string; signature: string | null }
  followUp(): string
  mayAsk(): boolean
  ask(by: AgentPlace, at: number): string
  give(): string
  remind(by: AgentPlace, at: number): string
  hold(by: AgentPlace, at: number): string
  answer(by: AgentPlace, at: number): string
  thanks(to: AgentPlace): string
  nudge(): string
  reopening(): string
  note(at: number): string
  fill: Fill
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
  const opening = random.between(0, material.openings.length - 1)
  let asked: number | null = null
  const fill: Fill = (text, people = {}, at) => given.fill(text, { me: customer.name, ...people }, at)
  const says = (body: string) => customerSays(given, tongue, fill, body)
  const piece = (pieces: readonly string[]) => deck.deal(fitting(pieces, opening, asked))
  return {
    fill, mayAsk: () => !thread && fitting(material.asks, opening, null).length > 0,
    opening: () => {
      const details = fitting(material.details, opening, null)
      const body = thread ? thread.opening : [material.openings[opening] ?? '', ...(details.length > 0 && random.chance(0.5) ? [deck.deal(details)] : [])].join(random.chance(0.5) ? '\n\n' : ' ')
      return { subject: fill(thread ? thread.subject : piece(material.subjects)), ...says(body) }
    },
    followUp: () => says(thread ? thread.opening : deck.deal(followUps)).text,
    ask: (by, at) => {
      const question = piece(material.asks)
      asked = material.asks.findIndex((text) => text.endsWith(question))
      return agentWrites(given, null, by, question, at)
    },
    give: () => short(random, fill(piece(material.gives)), customer),
    remind: (by, at) => fill(deck.deal(reminders), { first: customer.first, me: firstOf(by) }, at),
    hold: (by, at) => agentWrites(given, null, by, deck.deal(holdReplies), at),
    answer: (by, at) => agentWrites(given, tongue, by, thread ? thread.answer : piece(material.answers), at),
    thanks: (to) => (tongue ? fill(deck.deal(tongue.thanks), { first: firstOf(to) }) : short(random, fill(deck.deal(thanks), { first: firstOf(to) }), customer)),
    nudge: () => (tongue ? fill(tongue.nudge) : short(random, fill(deck.deal(nudges)), customer)),
    reopening: () => short(random, fill(deck.deal(reopenings)), customer),
    note: (at) => fill(piece(material.notes), {}, at),
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

function agentWrites({ fill, deck, customer }: Given, tongue: Tongue | null, by: AgentPlace, body: string, at: number): string {
  const people = { first: customer.first, me: firstOf(by) }
  if (tongue) return fill(`${tongue.agentGreeting}\n\n${body}\n\n${tongue.agentClosing}`, people, at)
  const voice = agentVoices[by % agentVoices.length] ?? agentVoices[0]
  if (!voice) throw new Error('agents have no voice')
  const told = [deck.deal(voice.prefaces), body].filter(Boolean).join(' ')
  return fill([deck.deal(voice.greetings), told, deck.deal(voice.closings)].join('\n\n'), people, at)
}
