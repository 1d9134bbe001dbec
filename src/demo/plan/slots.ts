import { code, type SampleAccount, type SampleCustomer } from '../cast/accounts.ts'
import type { Random } from '../random.ts'
import { DAY_MS } from './hours.ts'

/** Fills the `{slots}` of a piece of text; `people` are those who write and are written to, `at` is when it is written: days to come are after it. */
export type Fill = (text: string, people?: Readonly<Record<string, string>>, at?: number) => string

const sizes = { independent: [60, 1_800], startup: [150, 7_500], smb: [400, 22_000], enterprise: [4_000, 160_000] } as const
const products = ['hand-made soap', 'concert tickets', 'a yearly plan', 'winter tyres', 'two roasters', 'an online course', 'ceramic tiles', 'a weekend workshop', 'gift cards', 'bicycle parts', 'a booking of nine nights', 'school books', 'spare parts', 'printed posters', 'flower boxes', 'a wooden desk']
const tools = ['Ledgerly', 'Saldo Pro', 'BookWell', 'our own spreadsheet', 'Tally Ho', 'Kontora']
/** English everywhere, but for those who write in the language of their country. */
const localeOf = (language: string, { country }: SampleAccount) => (language === 'en' ? (country.code === 'US' ? 'en-US' : 'en-GB') : `${language}-${country.code}`)

/** A case's own amounts, ids and dates: each stays the same through its conversation. */
export function slotsOf(random: Random, given: { account: SampleAccount; customer: SampleCustomer; at: number; language: string; /** Payments are smaller than payouts. */ share: number }): Fill {
  const days = daysOf(random, given)
  const makers = { ...moneyOf(random, given), ...idsOf(random, given.account, given.customer), ...timesOf(random, given, days.format), ...wordsOf(random, given.account) }
  const known = new Map<string, string>()
  const valueOf = (slot: string): string => {
    const maker = Object.entries(makers).find(([name]) => name === slot)?.[1]
    if (!maker) throw new Error(`nothing fills {${slot}}`)
    const value = known.get(slot) ?? maker()
    known.set(slot, value)
    return value
  }
  return (text, people = {}, at = given.at) => text.replace(/\{(\w+)\}/g, (_, slot: string) => people[slot] ?? (slot === 'date2' ? days.due(at) : valueOf(slot)))
}

type Given = Parameters<typeof slotsOf>[1]

function moneyOf(random: Random, { account, language, share }: Given) {
  const { currency, scale } = account.country
  const [least, most] = sizes[account.segment]
  const whole = currency === 'JPY' || currency === 'COP'
  const format = new Intl.NumberFormat(localeOf(language, account), { style: 'currency', currency, minimumFractionDigits: whole ? 0 : 2, maximumFractionDigits: whole ? 0 : 2, numberingSystem: 'latn' })
  const base = share * least * (most / least) ** random.next()
  const money = (value: number) => format.format(Math.round(value * scale * 100) / 100)
  return {
    amount: () => money(base), amount2: () => money(base * (1.06 + 0.2 * random.next())), fee: () => money(base * (0.012 + 0.03 * random.next()) + 0.3), fee2: () => money(base * (0.02 + 0.05 * random.next())),
    pct: () => (2 + 34 * random.next() ** 2).toFixed(random.chance(0.5) ? 0 : 1), rate: () => (0.8 + 0.5 * random.next()).toFixed(4), n: () => String(random.between(3, 48)),
  }
}

const idsOf = (random: Random, account: SampleAccount, customer: SampleCustomer) => ({
  payout: () => `po_1Q${code(random, 12)}`, payment: () => `pi_3Q${code(random, 12)}`, refund: () => `re_3Q${code(random, 12)}`, dispute: () => `du_1Q${code(random, 10)}`, sub: () => `sub_1Q${code(random, 10)}`,
  event: () => `evt_1Q${code(random, 12)}`, request: () => `req_${code(random, 14)}`, acct: () => account.platformId, invoice: () => `${code(random, 4).toUpperCase()}-${random.between(100, 999)}`,
  trace: () => `TR${code(random, 9).toUpperCase()}`, arn: () => `ARN-${code(random, 10).toUpperCase()}`, last4: () => String(random.between(1000, 9999)), last4b: () => String(random.between(1000, 9999)),
  endpoint: () => `https://hooks.${customer.address.split('@')[1] ?? 'shop.example'}/payments`,
})

/** A day that is to come: the same through a conversation until it has passed, then another. */
function daysOf(random: Random, { at: openedAt, language, account }: Given) {
  const style = random.pick([{ day: 'numeric', month: 'short' }, { day: 'numeric', month: 'long' }, { weekday: 'long', day: 'numeric', month: 'long' }] as const)
  const format = new Intl.DateTimeFormat(localeOf(language, account), { ...style, timeZone: account.country.timeZone, numberingSystem: 'latn' })
  let due = onWorkday(openedAt + random.between(3, 8) * DAY_MS)
  return {
    format,
    due: (at: number) => {
      if (at > due - DAY_MS) due = onWorkday(at + random.between(2, 6) * DAY_MS)
      return format.format(due)
    },
  }
}

function timesOf(random: Random, { at, language, account }: Given, format: Intl.DateTimeFormat) {
  const month = new Intl.DateTimeFormat(localeOf(language, account), { month: 'long' })
  return {
    date: () => format.format(at - random.between(2, 9) * DAY_MS), month: () => month.format(at - 25 * DAY_MS), days: () => String(random.between(3, 14)), hours: () => String(random.between(2, 9)),
    since: () => String(account.since.getUTCFullYear()),
  }
}

const onWorkday = (at: number) => at + ([1, 0, 0, 0, 0, 0, 2][new Date(at).getUTCDay()] ?? 0) * DAY_MS

function wordsOf(random: Random, account: SampleAccount) {
  const { country } = account
  const [bank, bank2 = bank] = random.shuffled(country.banks)
  return {
    bank: () => bank ?? '', bank2: () => bank2 ?? '', country: () => country.name, business: () => account.name, product: () => random.pick(products), tool: () => random.pick(tools),
    person: () => `${random.pick(country.firsts)} ${random.pick(country.lasts)}`,
  }
}
