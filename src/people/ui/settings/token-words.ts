const DAY_MS = 86_400_000

export const expiries = [
  { value: 'never', label: 'It is revoked' }, { value: '30', label: '30 days' }, { value: '90', label: '90 days' }, { value: '365', label: 'One year' },
] as const
export type Expiry = (typeof expiries)[number]['value']

export const expiryAt = (expiry: Expiry, now: Date): string | null => (expiry === 'never' ? null : new Date(now.getTime() + Number(expiry) * DAY_MS).toISOString())

export function tokenState(token: { revokedAt: string | null; expiresAt: string | null }, now: Date): 'works' | 'revoked' | 'ended' {
  if (token.revokedAt !== null) return 'revoked'
  return token.expiresAt !== null && new Date(token.expiresAt) <= now ? 'ended' : 'works'
}
