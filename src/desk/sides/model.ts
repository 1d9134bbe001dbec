/** Side conversations: what is asked of partners in a case, and what comes back. Pure decisions; also runs in the browser. */

export const sideStatuses = ['open', 'waiting', 'done'] as const
/** `open`: it is our turn; `waiting`: theirs; `done`: nobody's. */
export type SideStatus = (typeof sideStatuses)[number]

export interface SideLife {
  status: SideStatus
  /** Since when we wait for them. */
  askedAt: Date | null
  dueAt: Date | null
  /** When it was told that the answer is overdue. */
  overdueAt: Date | null
}

/** We wrote: from now on we wait for them, until an instant if one was named. */
export const afterAsked = (at: Date, dueAt: Date | null): SideLife => ({ status: 'waiting', askedAt: at, dueAt, overdueAt: null })

/** They wrote: it is our turn. What a program answers by itself ("out of office") is no answer. */
export const afterAnswered = (life: SideLife, automatic: boolean): SideLife => (automatic ? life : { status: 'open', askedAt: null, dueAt: null, overdueAt: null })

/** Somebody sets it by hand. What waits again has waited since it was asked last, or since now. */
export function afterSet(life: SideLife, status: SideStatus, at: Date): SideLife {
  if (status === life.status) return life
  return status === 'waiting' ? { ...life, status, askedAt: at } : { status, askedAt: null, dueAt: null, overdueAt: null }
}

export const isOverdue = ({ status, dueAt }: Pick<SideLife, 'status' | 'dueAt'>, at: Date): boolean => status === 'waiting' && dueAt !== null && dueAt <= at

/** What is known of a mail that carries the mark of a side conversation. */
export interface Sender {
  /** One of those who were asked. */
  asked: boolean
  /** Of the same organisation as one of them, by the domain of the address. */
  colleague: boolean
  /** Somebody on the case: its customer, or in copy. */
  participant: boolean
  /** The mail also carries a mark of the customer's conversation. */
  markedForCase: boolean
}

/**
 * Where such a mail goes. Whoever was asked is heard in the side conversation, whatever else the mail refers to: what a partner writes is never shown as
 * the customer's. The customer who answers to everything at once is heard where customers are heard. Anybody else waits for a decision.
 */
export function decideSide({ asked, colleague, participant, markedForCase }: Sender): 'side' | 'suggestion' | 'case' {
  if (asked) return 'side'
  if (participant) return markedForCase ? 'case' : 'suggestion'
  return colleague ? 'side' : 'suggestion'
}

/** Where anybody can have an address: the same domain says nothing there. */
const ANYBODYS = /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|proton|protonmail|mail|fastmail|zoho|yandex|qq|163|126|naver)\.[a-z.]{2,6}$/

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

export function isColleague(address: string, asked: readonly string[]): boolean {
  const domain = domainOf(address)
  return domain.includes('.') && !ANYBODYS.test(domain) && asked.some((other) => domainOf(other) === domain)
}

export const PARTIES_MAX = 20
