import { decodePunycode } from './punycode.ts'

/** Who writes to us: businesses (accounts), and the people who write for them (customers). */

export const segments = ['independent', 'startup', 'smb', 'enterprise'] as const
export type Segment = (typeof segments)[number]

/** The words of a list as a query carries it (`smb,startup`); null when one of them is none of these. */
export function readMany<const W extends string>(words: readonly W[], text: string): W[] | null {
  const asked = text.split(',').map((part) => words.find((word) => word === part))
  return asked.includes(undefined) ? null : asked.filter((word) => word !== undefined)
}

export interface Account {
  id: string
  name: string
  segment: Segment
  country: string | null
  /** What the business is called on the platform that we support, such as acct_1Nv0FG. */
  platformId: string | null
  /** Since when it is a customer of the platform. */
  since: Date | null
  createdAt: Date
  version: number
  demo: boolean
}

export interface Customer {
  id: string
  accountId: string | null
  name: string
  /** BCP 47. */
  language: string | null
  /** IANA. */
  timeZone: string | null
  /** In the order in which they became known; the first is the one to write to. */
  addresses: string[]
  /** The customer who took this one's place. */
  mergedInto: string | null
  createdAt: Date
  version: number
  demo: boolean
}

export interface Merge {
  id: string
  kept: string
  merged: string
  addresses: string[]
  at: Date
  by: string
  undoneAt: Date | null
}

const LOCAL_BYTES_MAX = 64
const ADDRESS_BYTES_MAX = 254
const DOMAIN_BYTES_MAX = 253
const LABEL_BYTES_MAX = 63

/** RFC 5322 atext with RFC 6531's letters of the world. Dots may stand anywhere: telephone companies gave out `a..b@` and `a.@` for years. */
const ATOMS = /^[\p{L}\p{N}\p{M}\p{S}\p{P}]+$/u
const NOT_IN_ATOMS = /[()<>[\]:;@\\,"]/
const QUOTED = /^"((?:[^"\\]|\\.)+)"$/u
const INVISIBLE = /[\p{C}\p{Z}]/u

/**
 * A mail address (RFC 5321, RFC 6531) in the one form in which it is compared and kept: NFC, lower case, no needless quotes, the domain in
 * its own script. Local parts are compared without regard to case, as every large provider does. Null when it is no address.
 */
export function normaliseAddress(text: string): string | null {
  const whole = text.trim()
  if (whole.length > 2 * ADDRESS_BYTES_MAX) return null
  const at = whole.lastIndexOf('@')
  if (at < 1) return null
  const local = normaliseLocal(whole.slice(0, at))
  const domain = normaliseDomain(whole.slice(at + 1))
  if (local === null || domain === null) return null
  const address = `${local}@${domain.said}`
  return bytesOf(`${local}@${domain.wire}`) <= ADDRESS_BYTES_MAX && bytesOf(address) <= 2 * ADDRESS_BYTES_MAX ? address : null
}

const bytesOf = (text: string) => new TextEncoder().encode(text).length
const fold = (text: string) => text.normalize('NFC').toLowerCase().normalize('NFC')

function normaliseLocal(text: string): string | null {
  const folded = fold(text)
  if (INVISIBLE.test(folded)) return null
  const content = QUOTED.exec(folded)?.[1]?.replace(/\\(.)/gu, '$1')
  const plain = content ?? folded
  const isAtoms = ATOMS.test(plain) && !NOT_IN_ATOMS.test(plain)
  if (!isAtoms && content === undefined) return null
  const local = isAtoms ? plain : `"${plain.replace(/["\\]/g, '\\$&')}"`
  return bytesOf(local) <= LOCAL_BYTES_MAX ? local : null
}

/** The domain as people read it, and as it stands on the wire. */
interface Domain {
  said: string
  wire: string
}

const LITERAL = /^\[(?:(\d{1,3}(?:\.\d{1,3}){3})|ipv6:([0-9a-f:.]{2,45}))\]$/i

function normaliseDomain(text: string): Domain | null {
  const literal = LITERAL.exec(text)
  if (literal) return normaliseLiteral(literal[1], literal[2])
  const folded = fold(text)
  // Nothing that an URL's host would read as something else (ports, percent signs, user names) reaches the parser.
  if (!/^(?:[\p{L}\p{N}\p{M}._\u3002\uff0e\uff61·-]|\u{200c}|\u{200d})+$/u.test(folded)) return null
  const wire = hostOf(`http://${folded}/`)
  if (wire === null || bytesOf(wire) > DOMAIN_BYTES_MAX) return null
  const labels = wire.split('.')
  if (/^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '') || !labels.every((label) => /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?$/.test(label) && label.length <= LABEL_BYTES_MAX)) return null
  const said = labels.map((label) => (label.startsWith('xn--') ? decodePunycode(label.slice(4)) : label))
  if (said.includes(null)) return null
  const spoken = said.join('.')
  // A label that says something else on its way back, or in the database's idea of lower case, would be two customers.
  return fold(spoken) === spoken && hostOf(`http://${spoken}/`) === wire ? { said: spoken, wire } : null
}

function normaliseLiteral(ip4: string | undefined, ip6: string | undefined): Domain | null {
  if (ip4) return ip4.split('.').every((part) => Number(part) < 256 && String(Number(part)) === part) ? { said: `[${ip4}]`, wire: `[${ip4}]` } : null
  const host = hostOf(`http://[${ip6}]/`)
  return host === null ? null : { said: `[ipv6:${host.slice(1, -1)}]`, wire: `[ipv6:${host.slice(1, -1)}]` }
}

/** The host of a URL, with IDNA applied (UTS 46) by the platform, in Node and in browsers alike. */
const hostOf = (url: string): string | null => (URL.canParse(url) ? new URL(url).hostname : null)

const NAME_MAX = 200

/** A person's or business's name as one line. A name that only repeats the address says nothing. */
export function normaliseName(text: string, address?: string): string {
  const line = text.toWellFormed().normalize('NFC').replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').replace(/\s+/g, ' ').trim()
  const name = line.length > 1 && /^(?:"[^"]*"|'[^']*')$/.test(line) ? line.slice(1, -1).trim() : line
  if (address !== undefined && normaliseAddress(name) === address) return ''
  return [...name].slice(0, NAME_MAX).join('')
}

/** The tag in its own spelling (`pt-BR`), or null when it is none (BCP 47). */
export function normaliseLanguage(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

export function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

type Undo = { addresses: string[] } | { refused: 'merge.undone' | 'merge.covered' }

/**
 * What taking a merge back moves: the addresses that came with it and are still with the one who was kept. While the kept one itself
 * stands merged into a third, that later merge has to be taken back first.
 */
export function decideUndo(merge: Merge, kept: Customer): Undo {
  if (merge.undoneAt) return { refused: 'merge.undone' }
  if (kept.mergedInto) return { refused: 'merge.covered' }
  return { addresses: merge.addresses.filter((address) => kept.addresses.includes(address)) }
}

type MergeDecision = { addresses: string[] } | { refused: 'merge.self' | 'customer.merged' }

/** Neither of the two may stand merged already: who that one became is to be merged instead. */
export function decideMerge(kept: Customer, merged: Customer): MergeDecision {
  if (kept.id === merged.id) return { refused: 'merge.self' }
  if (kept.mergedInto ?? merged.mergedInto) return { refused: 'customer.merged' }
  return { addresses: merged.addresses }
}
