import type { Priority, Status } from '../../cases/model.ts'

/** The end of a shift: how each open case stands, in facts, and what is done with it. Also runs in the browser. */

export const handoverDeeds = ['keep', 'snooze', 'queue', 'give'] as const
export type HandoverDeed = (typeof handoverDeeds)[number]

/** Whose turn it is. */
export const turns = ['us', 'customer', 'partner'] as const
export type Turn = (typeof turns)[number]

/** How a case stands, as the log and its clocks have it. */
export interface Standing {
  status: Status
  priority: Priority
  turn: Turn
  /** Since when it is their turn. */
  since: Date
  dueAt: Date | null
  /** The newest message, and whether it was the customer's. */
  last: { at: Date; ours: boolean } | null
  replies: number
  /** Something that somebody began to write and has not sent. */
  drafts: number
  snoozedUntil: Date | null
}

/** A case that is put to a partner waits for the partner, one that is pending for its customer, everything else for us. */
export function turnOf({ status, statusAt, waitingSince }: { status: Status; statusAt: Date; waitingSince: Date | null }): { turn: Turn; since: Date } {
  if (status === 'pending') return { turn: 'customer', since: statusAt }
  if (status === 'on_hold') return { turn: 'partner', since: statusAt }
  return { turn: 'us', since: waitingSince ?? statusAt }
}

const turnWords: Readonly<Record<Turn, string>> = { us: 'It is our turn', customer: 'Waits for the customer', partner: 'Waits for somebody outside' }

/** A note that says how a case stands, to be written on by whoever hands it over. `say` puts an instant into words. */
export function suggestedNote(standing: Standing, now: Date, say: (at: Date) => string): string {
  const { turn, since, last, dueAt, replies, drafts } = standing
  return [
    `${turnWords[turn]} since ${say(since)}.`,
    ...(last ? [`Last word: ${last.ours ? 'ours' : 'the customer’s'}, ${say(last.at)}${replies === 0 ? '; not answered yet' : ''}.`] : []),
    ...(dueAt ? [dueAt <= now ? `Late since ${say(dueAt)}.` : `Due ${say(dueAt)}.`] : []),
    ...(drafts > 0 ? [drafts === 1 ? 'An answer is begun and not sent.' : `${drafts} drafts are begun and not sent.`] : []),
  ].join(' ')
}

/** What is proposed for a case: what waits for others sleeps until one is back, what is due before goes on to somebody, the rest is kept. */
export function proposedDeed({ turn, dueAt, snoozedUntil }: Standing, backAt: Date): HandoverDeed {
  if (snoozedUntil !== null) return 'keep'
  if (dueAt !== null && dueAt < backAt && turn === 'us') return 'queue'
  return turn === 'us' ? 'keep' : 'snooze'
}
