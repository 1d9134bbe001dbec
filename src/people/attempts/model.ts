/** How often somebody may try to sign in: few times for one name, more often from one address, where a whole site may sit behind one. */

export interface AttemptLimits {
  nameMax: number
  addressMax: number
  minutes: number
}

export const attemptLimits: AttemptLimits = { nameMax: 10, addressMax: 100, minutes: 15 }

/** Attempts of one bucket that still count. */
export interface Counted {
  count: number
  oldest: Date | null
}

/** Whether another attempt is allowed; else after how many seconds the oldest one stops counting. */
export function decideAttempt(counted: Counted, max: number, minutes: number, now: Date): { allowed: true } | { allowed: false; retryAfterSeconds: number } {
  if (counted.count < max) return { allowed: true }
  const free = (counted.oldest?.getTime() ?? now.getTime()) + minutes * 60_000
  return { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil((free - now.getTime()) / 1_000)) }
}

/** The part of an address that one sender holds: an IPv4 address, or a whole /64 of IPv6 (RFC 6177). */
export function senderOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::')
  const front = head.split(':').filter(Boolean)
  const back = (tail ?? '').split(':').filter(Boolean)
  const groups = tail === undefined ? front : [...front, ...Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0'), ...back]
  return groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}
