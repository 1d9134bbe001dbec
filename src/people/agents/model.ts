import type { Role } from '#platform'

/** Who acts: a person who works here, with what they may and can do. */

export const presences = ['available', 'busy', 'away', 'off'] as const
export type Presence = (typeof presences)[number]

export interface Agent {
  id: string
  name: string
  /** Lower case; also the name to sign in with. */
  email: string
  siteId: string | null
  teamId: string | null
  /** IANA; null means that of the site, or of the browser. */
  timeZone: string | null
  roles: Role[]
  /** How many cases the agent may hold at once. */
  capacity: number
  presence: Presence
  presenceAt: Date
  deactivated: boolean
  deactivatedAt: Date | null
  createdAt: Date
  version: number
  demo: boolean
}

export interface SkillLevel {
  skillId: string
  /** From 1 (beginning) to 5 (teaches others). */
  level: number
}

export const CAPACITY_STANDARD = 20
const EMAIL_MAX = 254
const NAME_MAX = 200
/** What a mail program takes without quoting; the rest of RFC 5321 is nobody's sign-in name. */
const EMAIL = /^[^\s@<>()[\]\\,;:"\p{C}\p{Z}]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}.-]*[\p{L}\p{N}\p{M}])?$/u

/** The address in the one form in which it is kept and compared, or null when it is none. */
export function normaliseEmail(text: string): string | null {
  const email = text.trim().normalize('NFC').toLowerCase().normalize('NFC')
  return email.length <= EMAIL_MAX && EMAIL.test(email) && !email.includes('..') ? email : null
}

/** A name as one line without invisible marks of direction; empty when nothing visible is left. */
export function normaliseName(text: string): string {
  const line = text.toWellFormed().normalize('NFC').replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').replace(/\s+/g, ' ').trim()
  return /[^\p{C}\p{Z}\p{M}]/u.test(line) ? [...line].slice(0, NAME_MAX).join('') : ''
}

/** Whether this machine knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** An active administrator, and whether there is a password or an identity to sign in with. */
export interface Administrator {
  id: string
  canSignIn: boolean
}

/**
 * Whether somebody may stop being an administrator. Of those who can sign in one is always left; who cannot sign in anyway may go as soon
 * as anybody else is left.
 */
export function mayStepDown(id: string, administrators: readonly Administrator[]): boolean {
  const leaving = administrators.find((administrator) => administrator.id === id)
  if (!leaving) return true
  const others = administrators.filter((administrator) => administrator.id !== id)
  return leaving.canSignIn ? others.some(({ canSignIn }) => canSignIn) : others.length > 0
}
