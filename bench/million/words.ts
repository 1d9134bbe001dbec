import { materials } from '../../src/demo/material/index.ts'
import { agentVoices, customerVoices } from '../../src/demo/material/voices.ts'
import type { Random } from '../../src/demo/random.ts'

/** What people write in a million cases: the sample centre's pieces, with names and ids of their own, so that words are as common and as rare as in life. */
export interface Texts {
  topic: string
  subject: string
  /** The customer's mail, the agent's answer, what the customer says to it. */
  opening: string
  answer: string
  thanks: string
}

const SLOT = /\{(\w+)\}|\?\?/g
const MARK = /^(\d(?:,\d)*)?(?:\?([\d-]))?\|/
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const SYLLABLES = ['ka', 'lo', 'mi', 'ra', 'ten', 'su', 'vel', 'dor', 'ni', 'pa', 'gri', 'ost', 'ban', 'the', 'qui', 'zer', 'ul', 'fre', 'nor', 'cha', 'mun', 'dis', 'per', 'ala', 'ist', 'wo']
const voices = Object.values(customerVoices)

/** A word of so great a rarity: the lower the rank, the more often it comes (Zipf). 17,576 words and more. */
export function wordOf(rank: number): string {
  let [rest, word] = [rank, '']
  do {
    word += SYLLABLES[rest % SYLLABLES.length]
    rest = Math.floor(rest / SYLLABLES.length)
  } while (rest > 0 || word.length < 5)
  return word
}

/** Ranks by Zipf's law over so many words. */
export const zipf = (random: Random, words: number): number => Math.floor(Math.exp(random.next() * Math.log(words)))

export const code = (random: Random, length: number): string => Array.from({ length }, () => LETTERS[Math.floor(random.next() * LETTERS.length)]).join('')

/** Makes texts for one case after the other. */
export function makeTexts(random: Random): (people: { first: string; me: string; business: string }) => Texts {
  const topics = materials.flatMap((material) => Array.from({ length: material.weight }, () => material))
  return (people) => {
    const material = random.pick(topics)
    const ids = idsOf(random, people)
    const fill = (text: string) => text.replace(MARK, '').replace(SLOT, (_whole, slot: string | undefined) => ids(slot ?? ''))
    const [voice, agent] = [random.pick(voices), random.pick(agentVoices)]
    const rare = `${people.business} ${wordOf(zipf(random, 300_000))} ${wordOf(zipf(random, 300_000))}`
    return {
      topic: material.topic, subject: fill(random.pick(material.subjects)),
      opening: fill([random.pick<string>(voice.greetings), random.pick(material.openings), material.details.length > 0 ? random.pick(material.details) : '', random.pick<string>(voice.closings), rare].filter(Boolean).join('\n\n')),
      answer: fill([random.pick(agent.greetings), random.pick(material.answers), random.pick(agent.closings)].join('\n\n')),
      thanks: fill(material.gives.length > 0 ? random.pick(material.gives) : 'Thank you, all clear now.'),
    }
  }
}

/** Values of slots: the same through one case. */
function idsOf(random: Random, people: { first: string; me: string; business: string }): (slot: string) => string {
  const known = new Map<string, string>(Object.entries(people))
  return (slot) => {
    const found = known.get(slot) ?? valueOf(random, slot)
    known.set(slot, found)
    return found
  }
}

const prefixes: Readonly<Record<string, string>> = { payout: 'po_1', payment: 'pi_3', charge: 'ch_3', refund: 're_3', dispute: 'dp_1', acct: 'acct_1', invoice: 'in_1', sub: 'sub_1', event: 'evt_1', transfer: 'tr_1', trace: 'TRC' }

function valueOf(random: Random, slot: string): string {
  const prefix = prefixes[slot]
  if (prefix) return `${prefix}${code(random, 14)}`
  if (/amount|fee/.test(slot)) return `USD ${random.between(12, 9_999)}.${random.between(10, 99)}`
  if (/date/.test(slot)) return `${random.between(1, 28)} ${random.pick(['January', 'March', 'May', 'July', 'October', 'November'])}`
  if (/last4/.test(slot)) return String(random.between(1000, 9999))
  if (/bank/.test(slot)) return random.pick(['Banorte', 'Revolut', 'ICICI', 'Santander', 'AIB', 'HSBC', 'BBVA', 'Axis'])
  return String(random.between(2, 40))
}
