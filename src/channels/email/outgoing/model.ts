/** An outgoing mail: its life as a pure function over what the mail server answered. */

import type { OutgoingMessage as Handed, Recipient } from '#desk'

export type { Recipient } from '#desk'

/** What the desk hands over, and what only mails of other origin have. */
export interface OutgoingMessage extends Handed {
  /** Set on mails that no person wrote (RFC 3834). */
  automatic?: 'auto-generated' | 'auto-replied'
}

/** A mail as it stands still from its submission on: everything that its bytes are made of. */
export interface Letter {
  internetId: string
  caseNumber: number
  date: string
  subject: string
  text: string
  from: Recipient
  to: Recipient[]
  cc: Recipient[]
  replyTo: string
  /** What differs for those in copy: nobody learns the address by which another one answers. */
  copies: { address: string; subject: string; replyTo: string }[]
  inReplyTo: string | null
  references: string[]
  attachments: { sha256: string; name: string; type: string; size: number }[]
  automatic: 'auto-generated' | 'auto-replied' | null
  quoted: { from: string; at: string; text: string } | null
}

/** The letter as this recipient gets it. */
export function letterFor(letter: Letter, address: string): Letter {
  const own = letter.copies.find((copy) => copy.address === address)
  return own ? { ...letter, subject: own.subject, replyTo: own.replyTo } : letter
}

/** `waiting` says that surely no server has taken it; `uncertain` that one may have. */
export const mailStates = ['waiting', 'sending', 'sent', 'uncertain', 'failed', 'recalled'] as const
export type MailState = (typeof mailStates)[number]

/** What was said to one address: taken, or refused in the server's words. */
export interface Answer {
  address: string
  outcome: 'accepted' | 'refused'
  response: string
}

/** Said in place of a server of an address to which nothing is sent. */
export const HELD = 'the address is held'

export interface Refused {
  address: string
  permanent: boolean
  response: string
}

/** How one try to send went, as far as SMTP can know it. */
export type Attempt =
  /** The server took the mail for at least one recipient. */
  | { kind: 'taken'; refused: Refused[]; response: string }
  /** The server answered and took it for nobody; `permanent` when the refusal is of the mail and not of single recipients. */
  | { kind: 'refused'; permanent: boolean; refused: Refused[]; response: string }
  /** The conversation ended before the mail was handed over whole. */
  | { kind: 'unreached'; problem: string }
  /** The mail was handed over whole and no answer came: nobody knows. */
  | { kind: 'unanswered'; problem: string }
  /** The mail cannot be made, so that trying again as it is will not help. */
  | { kind: 'broken'; problem: string }

export interface Progress {
  to: readonly string[]
  answers: readonly Answer[]
  attempts: number
  doubts: number
}

export interface Patience {
  /** The pause after the first try in seconds; each further one doubles it up to `pauseSecondsMax`. */
  pauseSeconds: number
  pauseSecondsMax: number
  attemptsMax: number
  /** Tries of unknown outcome after which a person decides: each of them may have arrived. */
  doubtsMax: number
}

/** About a day and a half of tries, and four of unknown outcome. */
export const patience: Patience = { pauseSeconds: 30, pauseSecondsMax: 7_200, attemptsMax: 24, doubtsMax: 4 }

export interface Course {
  state: 'waiting' | 'sent' | 'uncertain' | 'failed'
  answers: Answer[]
  doubts: number
  nextAt: Date | null
  problem: string | null
  response: string | null
}

/** Who has not got a final answer yet. */
export const pendingOf = (progress: Pick<Progress, 'to' | 'answers'>): string[] =>
  progress.to.filter((address) => !progress.answers.some((answer) => answer.address === address))

export const pauseAfter = (attempts: number, limits: Patience): number =>
  Math.min(limits.pauseSecondsMax, limits.pauseSeconds * 2 ** Math.max(0, Math.min(attempts - 1, 30)))

/** What becomes of a mail after a try. `attempts` counts this try already. */
export function decideAfter(before: Progress, attempt: Attempt, at: Date, limits: Patience = patience): Course {
  const nextAt = new Date(at.getTime() + pauseAfter(before.attempts, limits) * 1000)
  const spent = before.attempts >= limits.attemptsMax
  const base = { answers: [...before.answers], doubts: before.doubts, problem: null, response: null }
  if (attempt.kind === 'unanswered') {
    const doubts = before.doubts + 1
    return { ...base, state: 'uncertain', doubts, nextAt: doubts >= limits.doubtsMax || spent ? null : nextAt, problem: attempt.problem }
  }
  if (attempt.kind === 'unreached') return spent ? given({ ...base, problem: attempt.problem }) : later({ ...base, problem: attempt.problem }, nextAt)
  if (attempt.kind === 'broken') return given({ ...base, problem: attempt.problem })
  return afterAnswer(before, attempt, nextAt, spent)
}

function afterAnswer(before: Progress, attempt: Extract<Attempt, { response: string }>, nextAt: Date, spent: boolean): Course {
  const refusedNow = attempt.refused.filter((refused) => refused.permanent || spent)
  const refusals = refusedNow.map(({ address, response }): Answer => ({ address, outcome: 'refused', response }))
  const named = new Set(attempt.refused.map(({ address }) => address))
  const taken = attempt.kind === 'taken' ? pendingOf(before).filter((address) => !named.has(address)) : []
  const answers = [...before.answers, ...taken.map((address): Answer => ({ address, outcome: 'accepted', response: attempt.response })), ...refusals]
  const doubts = attempt.kind === 'taken' ? 0 : before.doubts
  const base = { answers, doubts, problem: attempt.kind === 'taken' && named.size === 0 ? null : firstWords(attempt), response: attempt.response }
  const over = spent || pendingOf({ to: before.to, answers }).length === 0 || (attempt.kind === 'refused' && attempt.permanent)
  return over ? given(base) : later(base, nextAt)
}

const firstWords = (attempt: { refused: Refused[]; response: string }) => attempt.refused[0]?.response ?? attempt.response

type Base = Omit<Course, 'state' | 'nextAt'>

/** No further try by itself. A try of unknown outcome before this one may have arrived, so only a person can call that failed. */
const given = (base: Base): Course =>
  ({ ...base, state: base.doubts > 0 ? 'uncertain' : base.answers.some((answer) => answer.outcome === 'accepted') ? 'sent' : 'failed', nextAt: null })

const later = (base: Base, nextAt: Date): Course => ({ ...base, state: base.doubts > 0 ? 'uncertain' : 'waiting', nextAt })

/** A worker died while it held the mail: as if no answer had come. */
export const afterDeath = (before: Progress, at: Date, limits: Patience = patience): Course =>
  decideAfter(before, { kind: 'unanswered', problem: 'the program stopped while it was sending' }, at, limits)

export const bounceOutcomes = ['hard', 'soft', 'delayed'] as const
export type BounceOutcome = (typeof bounceOutcomes)[number]

/** Whether a refusal in the middle of the conversation says that the address itself is wrong (RFC 3463, X.1.x and a closed mailbox). */
export const isBadAddress = (response: string): boolean => /^5\d\d[ -]5\.(1\.(1|2|3|6|10)|2\.1)\b/.test(response)

/** The enhanced status (RFC 3463) in a server's words; null when it gave none. */
export const statusIn = (response: string): string | null => /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? null
