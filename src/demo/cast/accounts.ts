import type { Segment } from '#accounts'
import { randomOf, type Random } from '../random.ts'
import { tempers, type Temper } from '../material/voices.ts'
import { countries, type Country } from './countries.ts'

export interface SampleAccount {
  name: string
  segment: Segment
  country: Country
  platformId: string
  since: Date
  customers: readonly number[]
}

export interface SampleCustomer {
  name: string
  /** As one is spoken to. */
  first: string
  account: number
  address: string
  language: string
  temper: Temper
}

export interface Clientele {
  accounts: SampleAccount[]
  customers: SampleCustomer[]
}

const segmentShares = [['independent', 35], ['startup', 25], ['smb', 30], ['enterprise', 10]] as const
const people = { independent: [1, 1], startup: [1, 3], smb: [1, 3], enterprise: [2, 4] } as const
const YEAR_MS = 31_557_600_000

/** The businesses and their people, each with a name, a domain and an id of its own. */
export function makeClientele(seed: string, count: number, now: Date): Clientele {
  const random = randomOf(`${seed} clientele`)
  const [accounts, customers]: [SampleAccount[], SampleCustomer[]] = [[], []]
  const taken = new Set<string>()
  for (let index = 0; index < count; index++) {
    const country = random.weighted(countries, ({ share }) => share)
    const [segment] = random.weighted(segmentShares, ([, share]) => share)
    const name = uniqueName(random, country, segment, taken)
    const domain = domainOf(name, country.code, taken)
    const [fewest, most] = people[segment]
    const team = Array.from({ length: random.between(fewest, most) }, () => customerOf(random, country, index, domain, taken))
    accounts.push({
      name, segment, country, platformId: `acct_1N${code(random, 14)}`, since: new Date(now.getTime() - (0.1 + 6 * random.next()) * YEAR_MS), customers: team.map((_, place) => customers.length + place),
    })
    customers.push(...team)
  }
  return { accounts, customers }
}

function uniqueName(random: Random, country: Country, segment: Segment, taken: Set<string>): string {
  for (let tries = 0; ; tries++) {
    const word = random.pick(country.businesses)
    const trade = segment === 'independent' && random.chance(0.5) ? '' : random.pick(country.trades)
    const name = [word, tries > 20 ? random.pick(['II', 'Nova', 'West', 'Plus', 'One', 'Sur', 'Nord']) : '', tries > 60 ? String(tries) : '', trade].filter(Boolean).join(' ')
    if (!taken.has(name) && taken.add(name)) return name
  }
}

/** Under `.example`, which nobody can own (RFC 2606). */
function domainOf(name: string, country: string, taken: Set<string>): string {
  const slug = plain(name).replace(/-(ltd|llc|inc|gmbh|sarl|sas|sl|sa-de-cv|pvt-ltd|pte-ltd|kk|fze|dac|co|ek|ltda|sas)$/, '') || 'shop'
  const free = [slug, `${slug}-${country.toLowerCase()}`].find((word) => !taken.has(`@${word}`)) ?? `${slug}-${taken.size}`
  taken.add(`@${free}`)
  return `${free}.example`
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[.']/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')

function customerOf(random: Random, country: Country, account: number, domain: string, taken: Set<string>): SampleCustomer {
  const [first, last] = [random.pick(country.firsts), random.pick(country.lasts)]
  const name = country.lastFirst ? `${last} ${first}` : `${first} ${last}`
  const [a, b] = [plain(first), plain(last)]
  const boxes = [a && b ? `${a}.${b}` : a || b, a, random.pick(['accounts', 'finance', 'office', 'hello', 'dev', 'ops']), `${a || 'team'}${random.between(2, 99)}`, `team${taken.size}`]
  const box = boxes.find((word) => word !== '' && !taken.has(`${word}@${domain}`)) ?? `box${taken.size}`
  taken.add(`${box}@${domain}`)
  return { name, first: country.lastFirst ? last : first, account, address: `${box}@${domain}`, language: random.chance(country.own) ? country.language : 'en', temper: random.pick(tempers) }
}

const LETTERS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** Letters and digits as platforms make ids of them. The first is a letter, so that no id reads as a card number. */
export const code = (random: Random, length: number): string => Array.from({ length }, (_, index) => LETTERS[random.between(index === 0 ? 10 : 0, LETTERS.length - 1)]).join('')
