/** Text with variables: `Hello {{customer.firstName|there}}`. Also runs in the browser. */

/** What the variables of one case stand for, at one instant. */
export interface TextFacts {
  /** Null for what is not known of this case. */
  values: Readonly<Record<string, string | null>>
  now: Date
  /** The customer's IANA time zone, in which dates are theirs. */
  zone: string
  /** The customer's language (BCP 47), in which months and weekdays are written. */
  language: string
}

export interface Filled {
  /** What was not known stands in it as it was written. */
  text: string
  /** The names of what was not known, each once, in the order of the text. */
  missing: string[]
}

/** What can stand between the braces: menus and help are made from it. */
export const variables = [
  { name: 'customer.firstName', says: 'The customer’s first name', example: 'Ana' },
  { name: 'customer.name', says: 'The customer’s name', example: 'Ana Ruiz' },
  { name: 'customer.email', says: 'The customer’s mail address', example: 'ana@northwind.example' },
  { name: 'account.name', says: 'The account’s name', example: 'Northwind' },
  { name: 'case.number', says: 'The number of the case', example: '10482' },
  { name: 'case.subject', says: 'The subject of the case', example: 'Payout not received' },
  { name: 'case.topic', says: 'The topic of the case', example: 'Payouts' },
  { name: 'case.queue', says: 'The queue of the case', example: 'Payouts' },
  { name: 'case.openedOn', says: 'The day on which the case was opened', example: '4 November 2026' },
  { name: 'agent.firstName', says: 'The first name of whoever sends it', example: 'Maya' },
  { name: 'agent.name', says: 'The name of whoever sends it', example: 'Maya Lindgren' },
  { name: 'agent.team', says: 'The team of whoever sends it', example: 'Payouts Lisbon' },
  { name: 'date.today', says: 'Today, where the customer is', example: '24 November 2026' },
  { name: 'date.tomorrow', says: 'Tomorrow, where the customer is', example: '25 November 2026' },
  { name: 'date.today+3', says: 'So many days from today', example: '27 November 2026' },
  { name: 'date.workday+3', says: 'So many working days from today', example: '27 November 2026' },
] as const

/** `{{name}}`, `{{name|what to say when it is not known}}`; a backslash before it makes it plain text. */
const BRACES = /\\?\{\{\s*([a-zA-Z][\w.]*(?:\+\d{1,3})?)\s*(?:\|([^{}]*))?\}\}/g

/** Puts values in place of variables. What is not known is left as it stands, and named. */
export function fillText(text: string, facts: TextFacts): Filled {
  const missing = new Set<string>()
  const filled = text.replace(BRACES, (whole, name: string, otherwise: string | undefined) => {
    if (whole.startsWith('\\')) return whole
    const value = valueOf(name, facts) ?? otherwise?.trim()
    if (value) return escaped(value)
    if (value === '') return ''
    missing.add(name)
    return whole
  })
  return { text: filled, missing: [...missing] }
}

/** A value is never read as a variable: a customer may be called `{{case.number}}`. */
const escaped = (value: string) => value.replaceAll(BRACES, (whole) => (whole.startsWith('\\') ? whole : `\\${whole}`))

/** The variables that stand in a text still, each once: with one of them it must not leave. */
export const unfilledIn = (text: string): string[] =>
  [...new Set([...text.matchAll(BRACES)].flatMap(([whole, name]) => (whole.startsWith('\\') || name === undefined ? [] : [name])))]

/** A text as it leaves: what a backslash kept from being a variable loses its backslash. */
export const unescaped = (text: string): string => text.replace(BRACES, (whole) => (whole.startsWith('\\') ? whole.slice(1) : whole))

/** Variables of a text that nobody knows: misspelt, or made up. Said when a text is saved. */
export const unknownIn = (text: string): string[] =>
  unfilledIn(text).filter((name) => !/^date\.(?:today|tomorrow|workday)(?:\+\d{1,3})?$/.test(name) && !variables.some((variable) => variable.name === name))

function valueOf(name: string, facts: TextFacts): string | null {
  const [, day, plus] = /^date\.(today|tomorrow|workday)(?:\+(\d{1,3}))?$/.exec(name) ?? []
  if (day === undefined) return Object.hasOwn(facts.values, name) ? facts.values[name]?.trim() || null : null
  const days = Number(plus ?? 0)
  if (day === 'workday') return dayWords(workdaysFrom(dayAt(facts.now, facts.zone), days), facts.language)
  return dayWords(dayAt(facts.now, facts.zone) + (day === 'tomorrow' ? 1 : 0) + days, facts.language)
}

const DAY_MS = 86_400_000

/** The day of an instant in a zone, as days since 1970. A zone that nobody knows is taken as UTC. */
export function dayAt(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: isZone(zone) ? zone : 'UTC', year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
  return Math.floor(Date.parse(`${parts}T00:00:00Z`) / DAY_MS)
}

/** Monday to Friday; counted from the next working day when today is none. */
export function workdaysFrom(day: number, count: number): number {
  let at = day
  for (let left = count; left > 0 || isWeekend(at);) {
    at++
    if (!isWeekend(at)) left--
  }
  return at
}

/** 1970 began on a Thursday. */
const isWeekend = (day: number) => [6, 0].includes((day + 4) % 7)

/** "4 November 2026", in the words of a language. */
export function dayWords(day: number, language: string): string {
  const locale = isLanguage(language) ? language : 'en-GB'
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone: 'UTC', dateStyle: 'long' }).format(new Date(day * DAY_MS))
}

const holds = (make: () => unknown): boolean => {
  try {
    return Boolean(make())
  } catch {
    return false
  }
}
const isZone = (zone: string) => zone !== '' && holds(() => new Intl.DateTimeFormat('en', { timeZone: zone }))
const isLanguage = (language: string) => language !== '' && holds(() => Intl.DateTimeFormat.supportedLocalesOf(language).length > 0)

const TITLES = /^(?:mr|mrs|ms|mx|dr|prof|herr|frau|sr|sra|monsieur|madame|mme|m)\.?$/i

/** What somebody is called by: the first of several names, without titles; "Ruiz, Ana" is Ana. Null when the name says nothing of that. */
export function firstNameOf(name: string): string | null {
  const plain = name.trim().replace(/\s+/g, ' ')
  if (plain === '' || /[@\d/]/.test(plain)) return null
  const [last, first] = plain.split(',').map((part) => part.trim())
  const words = (first ? first : last ?? '').split(' ').filter((word) => !TITLES.test(word))
  const word = words[0] ?? ''
  return /^\p{L}.*\p{L}$/u.test(word) ? word : null
}
