/** One-time links: how the first administrator, somebody invited, and somebody who forgot the password get in. */

export const purposes = ['first', 'invite', 'reset'] as const
export type Purpose = (typeof purposes)[number]

export interface SignInLink {
  id: string
  purpose: Purpose
  /** Null for the first administrator, who is made by the link. */
  agentId: string | null
  issuedBy: string
  issuedAt: Date
  expiresAt: Date
  usedAt: Date | null
  revokedAt: Date | null
}

const HOUR_MS = 3_600_000
export const LINK_HOURS: Record<Purpose, number> = { first: 24, invite: 7 * 24, reset: 24 }

export const linkExpiry = (purpose: Purpose, at: Date): Date => new Date(at.getTime() + LINK_HOURS[purpose] * HOUR_MS)

export const isLinkValid = (link: Pick<SignInLink, 'expiresAt' | 'usedAt' | 'revokedAt'>, now: Date): boolean =>
  link.usedAt === null && link.revokedAt === null && now < link.expiresAt

export const LINK_PATH = '/sign-in/link'

/** The secret stands behind the #, which browsers send to nobody: it is in no log and in no referrer. */
export const linkAddress = (publicUrl: string, secret: string): string => `${publicUrl}${LINK_PATH}#token=${secret}`

/** The secret in the address that a browser shows (its `location.hash`), or null. */
export const secretInHash = (hash: string): string | null => /^#token=([\w-]{20,100})$/.exec(hash)?.[1] ?? null

export interface LinkFields {
  name?: string
  email?: string
  password?: string
}

/** What has to be filled in before a link of this purpose does its work. */
export const fieldsNeeded = (purpose: Purpose): (keyof LinkFields)[] => (purpose === 'first' ? ['name', 'email', 'password'] : ['password'])
