/** The life of a case as data, and the pure decisions about it. Also runs in the browser. */

export const statuses = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] as const
export type Status = (typeof statuses)[number]
export const priorities = ['low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof priorities)[number]
export const kinds = ['question', 'incident', 'problem', 'request'] as const
export type Kind = (typeof kinds)[number]

/** Statuses of work at hand. */
export const unsolved = ['new', 'open', 'pending', 'on_hold'] as const satisfies readonly Status[]
export const isUnsolved = (status: Status): boolean => status !== 'solved' && status !== 'closed'

/** The fact that a change of status tells: what happened, in words that process analysis reads as activities. */
export type StatusFact = 'case.begun' | 'case.resumed' | 'case.pended' | 'case.held' | 'case.solved' | 'case.reopened' | 'case.closed'

/**
 * From (row) to (column): the fact it tells, `same` when nothing changes, `never` when it cannot be.
 * Nothing goes back to new; solved is left only by reopening or closing; closed is for good and gets a follow-up instead.
 */
export const transitions: Readonly<Record<Status, Readonly<Record<Status, StatusFact | 'same' | 'never'>>>> = {
  new: { new: 'same', open: 'case.begun', pending: 'case.pended', on_hold: 'case.held', solved: 'case.solved', closed: 'never' },
  open: { new: 'never', open: 'same', pending: 'case.pended', on_hold: 'case.held', solved: 'case.solved', closed: 'never' },
  pending: { new: 'never', open: 'case.resumed', pending: 'same', on_hold: 'case.held', solved: 'case.solved', closed: 'never' },
  on_hold: { new: 'never', open: 'case.resumed', pending: 'case.pended', on_hold: 'same', solved: 'case.solved', closed: 'never' },
  solved: { new: 'never', open: 'case.reopened', pending: 'never', on_hold: 'never', solved: 'same', closed: 'case.closed' },
  closed: { new: 'never', open: 'never', pending: 'never', on_hold: 'never', solved: 'never', closed: 'same' },
}

/** What becomes of a case when its customer writes: `followUp` opens a new one instead. An automatic mail moves nothing. */
export const afterCustomerWrote: Readonly<Record<Status, Status | 'followUp'>> = {
  new: 'new', open: 'open', pending: 'open', on_hold: 'open', solved: 'open', closed: 'followUp',
}

/** What becomes of a case when an agent replies and does not say. */
export const afterReply: Readonly<Record<Status, Status | 'refused'>> = {
  new: 'open', open: 'open', pending: 'pending', on_hold: 'on_hold', solved: 'solved', closed: 'refused',
}

export interface Life {
  status: Status
  statusAt: Date
  solvedAt: Date | null
  closedAt: Date | null
  reopens: number
}

export type StatusDecision = { life: Life; fact: StatusFact | null } | { refused: 'status.never' }

/** Moves a case to a status at an instant. */
export function decideStatus(life: Life, to: Status, at: Date): StatusDecision {
  const fact = transitions[life.status][to]
  if (fact === 'never') return { refused: 'status.never' }
  if (fact === 'same') return { life, fact: null }
  return {
    fact,
    life: {
      status: to, statusAt: at,
      solvedAt: to === 'solved' ? at : to === 'closed' ? life.solvedAt : null,
      closedAt: to === 'closed' ? at : null,
      reopens: life.reopens + (fact === 'case.reopened' ? 1 : 0),
    },
  }
}

/** Since when the customer waits for us: while it is their turn, or all is done, they do not. */
export const waitingAfter = (status: Status, waitingSince: Date | null): Date | null => (status === 'pending' || status === 'solved' || status === 'closed' ? null : waitingSince)

/** Tags are single words in lower case, so that one tag is written one way. Null when nothing usable is left. */
export function normaliseTag(text: string): string | null {
  const tag = text.normalize('NFKC').toLowerCase().replace(/[\s,\p{Z}\p{C}]+/gu, ' ').trim().replaceAll(' ', '-')
  return tag.length > 0 && tag.length <= 60 ? tag : null
}

/** Statuses that an agent may choose from a given one, in the order in which menus show them. */
export const choicesFrom = (status: Status): Status[] =>
  statuses.filter((to) => to !== 'closed' && transitions[status][to] !== 'never' && transitions[status][to] !== 'same')
