/** Codes that change every 30 seconds (TOTP, RFC 6238), and codes on paper for when the telephone is gone. */

export const STEP_SECONDS = 30
/** A clock may be this many steps ahead or behind. */
export const DRIFT_STEPS = 1
export const RECOVERY_CODES = 10

export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1_000 / STEP_SECONDS)

/**
 * The step whose code was given, if it may be used: within the drift, and later than the last one used, so that a code seen over a shoulder
 * opens nothing. `drift` is by how many steps the code is ahead of now, null when it is no code of this secret.
 */
export function acceptStep(drift: number | null, now: Date, lastStep: number): number | null {
  if (drift === null || Math.abs(drift) > DRIFT_STEPS) return null
  const step = stepAt(now) + drift
  return step > lastStep ? step : null
}

const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

/** 12 characters without look-alikes, 59 bits: `k7mq-x2hd-9wab`. @param random whole numbers from 0 to below the limit given */
export function recoveryCode(random: (limit: number) => number): string {
  const letters = Array.from({ length: 12 }, () => ALPHABET[random(ALPHABET.length)])
  return [0, 4, 8].map((from) => letters.slice(from, from + 4).join('')).join('-')
}

/** As it was made, however it was typed; null when it cannot be a recovery code. */
export function normaliseRecoveryCode(text: string): string | null {
  const letters = text.toLowerCase().replace(/[^a-z0-9]/g, '')
  return letters.length === 12 ? letters : null
}
