import type { Message } from '../wire.ts'

export type Tone = 'quiet' | 'done' | 'soon' | 'late'

export interface DeliveryWords {
  short: string
  /** The whole story, for those who ask. */
  long: string
  tone: Tone
  /** Seconds in which the reply can still be taken back. */
  secondsLeft: number
}

const said: Readonly<Record<NonNullable<Message['delivery']> & string, Omit<DeliveryWords, 'secondsLeft'>>> = {
  waiting: { short: 'On its way', long: 'The mail is being handed to the mail server', tone: 'quiet' },
  queued: { short: 'On its way', long: 'The mail is being handed to the mail server', tone: 'quiet' },
  sent: { short: 'Delivered to the mail server', long: 'The customer’s side has not said anything against it', tone: 'quiet' },
  uncertain: {
    short: 'Uncertain', tone: 'soon',
    long: 'The connection broke before the mail server said whether it took the mail. It is tried again under the same Message-ID, so that nobody reads it twice',
  },
  failed: { short: 'Not sent', long: 'The mail server refused the mail', tone: 'late' },
  bounced: { short: 'Bounced', long: 'The mail came back: the address does not take it', tone: 'late' },
  recalled: { short: 'Taken back', long: 'This reply was taken back before it left', tone: 'quiet' },
}

/** What became of a reply of ours, in words; null for what is no mail. */
export function deliveryWords(message: Pick<Message, 'delivery' | 'sendAt'>, now: number): DeliveryWords | null {
  if (message.delivery === null) return null
  const words = said[message.delivery]
  if (!words) return null
  const secondsLeft = message.delivery === 'waiting' && message.sendAt ? Math.max(0, Math.ceil((Date.parse(message.sendAt) - now) / 1000)) : 0
  return secondsLeft > 0 ? { ...words, short: `Sending in ${secondsLeft} s`, long: 'It can still be taken back', secondsLeft } : { ...words, secondsLeft: 0 }
}

/** Whether the words change by themselves with every second. */
export const countsDown = (message: Pick<Message, 'delivery' | 'sendAt'>, now: number): boolean => (deliveryWords(message, now)?.secondsLeft ?? 0) > 0
