import { timeField } from './fields.ts'
import { spanOf, within } from './spans.ts'
import { asksFor, isFieldTerm, type FieldTerm, type Query, type TextTerm } from './terms.ts'
import { standsIn, wordsIn } from './text.ts'

/** One case as plain values. */
export interface QuerySubject {
  number: number
  subject: string
  status: string
  priority: string
  kind: string
  channel: string
  queue: { id: string; key: string; name: string }
  team: { id: string; name: string } | null
  assignee: { id: string; name: string; mail: string } | null
  account: { id: string; name: string; segment: string } | null
  customer: { id: string; name: string; language: string | null; addresses: readonly string[] }
  /** Addresses of those who take part. */
  from: readonly string[]
  topic: { key: string; title: string } | null
  tags: readonly string[]
  openedAt: Date
  updatedAt: Date
  solvedAt: Date | null
  dueAt: Date | null
  waitingSince: Date | null
  snoozedUntil: Date | null
  removed: 'spam' | 'trash' | null
  merged: boolean
  /** Something was written since the reader last looked; without a reader never. */
  unread: boolean
  attachments: boolean
  suggestions: boolean
  /** What was written in the case, for terms over text; empty when the query has none (`needsTexts`). */
  texts: readonly string[]
}

export interface QueryContext {
  now: Date
  /** The reader, for `me` and `mine`. */
  me?: { id: string; teamId: string | null }
  /** The IANA zone in which days begin; UTC unless said. */
  zone?: string
}

/** Whether a query asks about what was written, so that it must be read first. */
export const needsTexts = (query: Query): boolean => query.terms.some((term) => !isFieldTerm(term))

/** What is removed or merged is not there unless it is asked for. */
export const asksForRemoved = (query: Query): boolean => asksFor(query, 'is', 'spam', 'trash')
export const asksForMerged = (query: Query): boolean => asksFor(query, 'is', 'merged')

/** Whether a query fits a case. Total: whatever the values are, the answer is yes or no. */
export function holds(query: Query, subject: QuerySubject, context: QueryContext): boolean {
  if (subject.removed !== null && !asksForRemoved(query)) return false
  if (subject.merged && !asksForMerged(query)) return false
  return query.terms.every((term) => (isFieldTerm(term) ? fieldHolds(term, subject, context) : textHolds(term, subject)))
}

const fieldHolds = (term: FieldTerm, subject: QuerySubject, context: QueryContext): boolean =>
  term.field === 'sort' || term.values.some((value) => valueHolds(term.field, value, subject, context)) !== term.not

/** The subject and what was written are each a text of their own: a phrase does not reach from one into the next. */
function textHolds(term: TextTerm, subject: QuerySubject): boolean {
  const sought = wordsIn(term.text)
  return sought.length === 0 || [subject.subject, ...subject.texts].some((text) => standsIn(wordsIn(text), sought, term.form === 'prefix')) !== term.not
}

/** A name is the same in small letters; a star at its end stands for whatever follows. */
export function named(value: string, name: string): boolean {
  const lower = name.normalize('NFC').toLowerCase()
  return value.endsWith('*') ? lower.startsWith(value.slice(0, -1)) : lower === value
}

function valueHolds(field: FieldTerm['field'], value: string, subject: QuerySubject, context: QueryContext): boolean {
  const time = timeField(field)
  if (time) {
    const at = timeOf(time, subject)
    if (value === 'none') return at === null
    const span = spanOf(time, value, context.now.getTime(), context.zone)
    return at !== null && span !== null && within(span, at.getTime())
  }
  return fits[field]?.(value, subject, context) ?? false
}

function timeOf(field: string, subject: QuerySubject): Date | null {
  if (field === 'solved') return subject.solvedAt
  if (field === 'updated') return subject.updatedAt
  if (field === 'due') return subject.dueAt
  return field === 'waiting' ? subject.waitingSince : subject.openedAt
}

type Fits = (value: string, subject: QuerySubject, context: QueryContext) => boolean

const fits: Partial<Record<FieldTerm['field'], Fits>> = {
  status: (value, { status }) => status === value,
  priority: (value, { priority }) => priority === value,
  kind: (value, { kind }) => kind === value,
  channel: (value, { channel }) => named(value, channel),
  queue: (value, { queue }) => queue.id === value || named(value, queue.key) || named(value, queue.name),
  team: (value, { team }, { me }) => (value === 'none' ? team === null : team !== null && (value === 'mine' ? team.id === me?.teamId : team.id === value || named(value, team.name))),
  assignee: (value, { assignee }, { me }) => (value === 'none' ? assignee === null
    : assignee !== null && (value === 'me' ? assignee.id === me?.id : assignee.id === value || named(value, assignee.name) || named(value, assignee.mail))),
  account: (value, { account }) => (value === 'none' ? account === null : account !== null && (account.id === value || named(value, account.name))),
  customer: (value, { customer }) => customer.id === value || (customer.name !== '' && named(value, customer.name)) || customer.addresses.some((address) => named(value, address)),
  from: (value, { from }) => from.some((address) => (value.startsWith('@') ? address.endsWith(value) : named(value, address))),
  topic: (value, { topic }) => (value === 'none' ? topic === null : topic !== null && (named(value, topic.key) || named(value, topic.title))),
  tag: (value, { tags }) => (value === 'none' ? tags.length === 0 : tags.some((tag) => named(value, tag))),
  segment: (value, { account }) => (value === 'none' ? account === null : account !== null && named(value, account.segment)),
  language: (value, { customer: { language } }) => (value === 'none' ? language === null
    : language !== null && (named(value, language) || language.toLowerCase().startsWith(`${value}-`))),
  subject: (value, { subject }) => standsIn(wordsIn(subject), wordsIn(value.replace(/\*+$/, '')), value.endsWith('*')),
  number: (value, { number }) => String(number) === value,
  is: (value, subject, context) => isTrue[value]?.(subject, context) ?? false,
  has: (value, { attachments, suggestions }) => (value === 'attachment' ? attachments : value === 'suggestion' && suggestions),
}

const isTrue: Partial<Record<string, (subject: QuerySubject, context: QueryContext) => boolean>> = {
  unsolved: ({ status }) => status !== 'solved' && status !== 'closed',
  unassigned: ({ assignee }) => assignee === null,
  unread: ({ unread }) => unread,
  snoozed: ({ snoozedUntil }, { now }) => snoozedUntil !== null && snoozedUntil > now,
  overdue: ({ dueAt }, { now }) => dueAt !== null && dueAt < now,
  merged: ({ merged }) => merged,
  problem: ({ kind }) => kind === 'problem',
  incident: ({ kind }) => kind === 'incident',
  spam: ({ removed }) => removed === 'spam',
  trash: ({ removed }) => removed === 'trash',
}
