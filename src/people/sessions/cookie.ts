import { SESSION_COOKIE } from '#platform'
import { SESSION_DAYS_MAX } from './model.ts'

/** A cookie that scripts cannot read, that other sites' forms do not carry, and that goes over https alone where we are reached by it. */
export function cookie(name: string, value: string, { publicUrl, path = '/', seconds }: { publicUrl: string; path?: string; seconds: number }): string {
  return `${name}=${value}; Path=${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${publicUrl.startsWith('https:') ? '; Secure' : ''}`
}

export const sessionCookie = (publicUrl: string, secret: string): string => cookie(SESSION_COOKIE, secret, { publicUrl, seconds: SESSION_DAYS_MAX * 86_400 })
export const noSessionCookie = (publicUrl: string): string => cookie(SESSION_COOKIE, '', { publicUrl, seconds: 0 })
