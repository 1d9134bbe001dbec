import type { Verification } from './wire.ts'

/** `message.received` as "Message received". */
export function kindInWords(kind: string): string {
  const words = kind.replaceAll('.', ' ').replace(/([a-z])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const REASONS: Record<string, (place: string) => string> = {
  changed: (place) => `${place} was changed after it was written.`,
  removed: (place) => `A fact is missing before ${place}: it was removed after it was written.`,
  inserted: (place) => `${place} was put in past the program: it has no seal.`,
  cut: (place) => `The log was cut behind ${place}: what was sealed after it is gone.`,
}

/** What a verification found, as a sentence. */
export function verificationInWords({ verified, events, firstBroken }: Verification): string {
  const counted = `${new Intl.NumberFormat('en-GB').format(events)} ${events === 1 ? 'fact' : 'facts'}`
  if (verified || firstBroken === null) return `All ${counted} are as they were written. Nothing was changed, removed or put in.`
  const place = firstBroken.event === '' ? `place ${firstBroken.position ?? events}` : `fact ${firstBroken.event}`
  const sentence = REASONS[firstBroken.reason]?.(place) ?? `The log and its seals part at ${place}.`
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

/** The first line of a fault, for a row; the whole of it stands in the detail. */
export const firstLine = (text: string | null): string => (text ?? '').split('\n')[0]?.trim() || 'No reason was kept'

const SECRET = /password|secret|token|cookie|authorization/i

/** A payload for people: indented, without what looks like a secret. */
export const payloadText = (payload: unknown): string => JSON.stringify(payload, (name, value: unknown) => (SECRET.test(name) ? '(left out)' : value), 2) ?? ''
