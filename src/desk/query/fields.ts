import { kinds, priorities, statuses } from '../cases/model.ts'
import { spanOf } from './spans.ts'
import type { Field, ProblemCode } from './terms.ts'

/** The fields of the language: what each means, and the values that it takes. */

/** Things with names that a field's values may be; screens complete them from where they are kept. */
export type Named = 'queue' | 'topic' | 'tag' | 'team' | 'agent' | 'account' | 'customer' | 'address' | 'channel' | 'segment' | 'language'

export interface FieldInfo {
  /** What the field says of a case, for those who learn the language. */
  about: string
  /** Values that are always there. */
  words: readonly string[]
  /** What else its values name; null when the words are all. */
  names: Named | null
  form: 'words' | 'names' | 'time' | 'number' | 'text'
  example: string
}

export const sortWords = ['newest', 'oldest', 'active', 'due', 'waiting', 'priority', 'updated'] as const
export type SortWord = (typeof sortWords)[number]
const days = ['today', 'yesterday', '<7d', '>30d'] as const

const words = (about: string, list: readonly string[], example: string): FieldInfo => ({ about, words: list, names: null, form: 'words', example })
const named = (about: string, names: Named, example: string, list: readonly string[] = []): FieldInfo => ({ about, words: list, names, form: 'names', example })
const time = (about: string, list: readonly string[], example: string): FieldInfo => ({ about, words: list, names: null, form: 'time', example })

export const fields: Readonly<Record<Field, FieldInfo>> = {
  status: words('Where the case stands', statuses, 'status:new,open'),
  priority: words('How urgent it is', priorities, 'priority:high,urgent'),
  kind: words('What it is', kinds, 'kind:incident'),
  channel: named('How it came', 'channel', 'channel:email', ['email', 'form', 'api']),
  queue: named('The queue it lies in', 'queue', 'queue:payouts'),
  team: named('The team it is with', 'team', 'team:mine', ['mine', 'none']),
  assignee: named('Who has it', 'agent', 'assignee:me', ['me', 'none']),
  account: named('The business it is about', 'account', 'account:"Northwind Ltda."', ['none']),
  customer: named('Who it is for: a name, a mail address', 'customer', 'customer:"Ana Ruiz"'),
  from: named('An address that takes part; @ and a domain for all of its addresses', 'address', 'from:@northwind.example'),
  topic: named('What it is about', 'topic', 'topic:payout-missing', ['none']),
  tag: named('A tag it carries', 'tag', 'tag:vip', ['none']),
  segment: named('How large the business is', 'segment', 'segment:enterprise', ['independent', 'startup', 'smb', 'enterprise', 'none']),
  language: named('The language of its customer', 'language', 'language:pt', ['none']),
  subject: { about: 'Words of the subject', words: [], names: null, form: 'text', example: 'subject:"payout of 4 Nov"' },
  number: { about: 'Its number', words: [], names: null, form: 'number', example: 'number:10482' },
  before: time('Opened before a day, or longer ago than', ['today', '7d', '30d'], 'before:2026-10-01'),
  after: time('Opened on a day or later, or not longer ago than', ['today', 'yesterday', '7d', '30d'], 'after:7d'),
  solved: time('When it was solved', days, 'solved:<7d'),
  updated: time('When something last changed', days, 'updated:today'),
  due: time('When the next promise falls due', ['overdue', '<2h', 'today', 'tomorrow', 'none'], 'due:<2h'),
  waiting: time('How long the customer has been waiting', ['>1h', '>1d', '>3d', 'none'], 'waiting:>1d'),
  is: words('What else is true of it', ['unsolved', 'unassigned', 'unread', 'snoozed', 'overdue', 'merged', 'problem', 'incident', 'spam', 'trash'], 'is:unassigned'),
  has: words('What it holds', ['attachment', 'suggestion'], 'has:attachment'),
  sort: words('The order', sortWords, 'sort:oldest'),
}

const TIME_FIELDS = ['before', 'after', 'solved', 'updated', 'due', 'waiting'] as const
export type TimeField = (typeof TIME_FIELDS)[number]
export const timeField = (field: Field): TimeField | null => TIME_FIELDS.find((name) => name === field) ?? null

/** Any moment does: whether a time can be read does not depend on when. */
const SOME_DAY = Date.UTC(2026, 0, 1)
const NUMBER_MAX_DIGITS = 15

/** A value in the one form in which it is kept and compared, or what is wrong with it. */
export function readValue(field: Field, text: string): { value: string } | { problem: ProblemCode } {
  const info = fields[field]
  const plain = text.toWellFormed().normalize('NFC').trim()
  if (plain === '') return { problem: 'value.missing' }
  const lower = plain.toLowerCase().normalize('NFC')
  const time = timeField(field)
  if (time) {
    const value = /^\d{4}-\d\d-\d\dt/.test(lower) ? lower.toUpperCase() : lower
    return (info.words.includes(value) || spanOf(time, value, SOME_DAY) !== null) ? { value } : { problem: 'date.invalid' }
  }
  if (info.form === 'number') {
    const digits = new RegExp(`^#?0*(\\d{1,${NUMBER_MAX_DIGITS}})$`).exec(lower)?.[1]
    return digits === undefined ? { problem: 'number.invalid' } : { value: digits }
  }
  if (info.form === 'words') {
    const word = lower.replaceAll('-', '_').replace(/^hold$/, 'on_hold')
    return info.words.includes(word) ? { value: word } : { problem: 'value.unknown' }
  }
  return info.form === 'text' ? { value: plain } : { value: lower }
}
