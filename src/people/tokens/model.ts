import type { Role } from '#platform'

/** An API token: a program that acts for itself, with roles of its own. */
export interface ApiToken {
  id: string
  name: string
  roles: Role[]
  /** `kind:id` of whoever made it. */
  createdBy: string
  createdAt: Date
  lastUsedAt: Date | null
  expiresAt: Date | null
  revokedAt: Date | null
}

/** So that scanners of leaked secrets know one when they see one. */
export const TOKEN_PREFIX = 'mrd_'

export const isTokenLike = (text: string): boolean => /^mrd_[\w-]{43}$/.test(text)

export const isTokenValid = (token: Pick<ApiToken, 'revokedAt' | 'expiresAt'>, now: Date): boolean =>
  token.revokedAt === null && (token.expiresAt === null || now < token.expiresAt)
