import { canonicalCustomers, idsMergedInto } from '#accounts'
import { decodeCursor, refuse, type Actor, type Db } from '#platform'
import { priorities, statuses, unsolved, type Status } from '../cases/model.ts'
import type { CaseListQuery } from '../cases/views.ts'
import { allQueues } from '../queues/store.ts'
import type { Place } from './branches.ts'
import type { Reach } from './reach.ts'
import type { CaseFilter } from './store.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Reads a list's query string: several values with commas; `me` and `none` as assignees; queues by key or id. @throws request.invalid naming the field. */
export async function readFilter(db: Db, actor: Actor, query: CaseListQuery): Promise<CaseFilter> {
  const filter: CaseFilter = { reach: reachFrom(query), barred: actor.kind === 'system' ? [] : actor.barred, readerId: actor.kind === 'agent' ? actor.id : null }
  if (query.priority) filter.priorities = words('priority', query.priority, priorities)
  if (query.queue) filter.queues = await queues(db, actor, query.queue)
  if (query.assignee) filter.assignees = split(query.assignee).map((word) => assignee(actor, word))
  if (query.team) filter.teams = split(query.team).map((word) => (word === 'mine' ? actor.teamId ?? NOBODY : uuid('team', word)))
  if (query.account) filter.accounts = split(query.account).map((word) => uuid('account', word))
  if (query.customer) filter.customers = await customers(db, split(query.customer).map((word) => uuid('customer', word)))
  if (query.topic) filter.topics = split(query.topic)
  if (query.tag) filter.tags = split(query.tag)
  if (query.q?.trim()) filter.words = query.q
  if (query.removed) filter.removed = query.removed
  if (query.suggested) filter.suggested = true
  if (query.followUpOf) filter.followUpOf = query.followUpOf
  return filter
}

/** What is removed is not at hand, nor done. */
function reachFrom(query: CaseListQuery): Reach {
  const wanted: readonly Status[] = query.status ? words('status', query.status, statuses) : statuses
  const atHand = (status: Status) => unsolved.some((one) => one === status)
  return query.removed
    ? { hand: [], done: [], merged: false, removed: [...wanted] }
    : { hand: wanted.filter(atHand), done: wanted.filter((status) => !atHand(status)), merged: false, removed: [] }
}

/** An id that nobody has: what belongs to no team matches nothing. */
const NOBODY = '00000000-0000-0000-0000-000000000000'
const split = (text: string) => text.split(',').map((word) => word.trim()).filter(Boolean)
const invalid = (field: string) => refuse('request.invalid', { errors: [{ path: `querystring/${field}`, code: 'unknownValue' }] })

function words<W extends string>(field: string, text: string, known: readonly W[]): W[] {
  return split(text).map((word) => known.find((candidate) => candidate === word) ?? (() => { throw invalid(field) })())
}

function uuid(field: string, word: string): string {
  if (!UUID.test(word)) throw invalid(field)
  return word
}

function assignee(actor: Actor, word: string): string {
  if (word === 'none') return 'none'
  if (word === 'me') return actor.kind === 'agent' ? actor.id : NOBODY
  return uuid('assignee', word)
}

async function queues(db: Db, actor: Actor, text: string): Promise<string[]> {
  const known = (await allQueues(db)).filter(({ id }) => actor.kind === 'system' || !actor.barred.includes(id))
  return split(text).map((word) => known.find(({ id, key }) => id === word || key === word)?.id ?? (() => { throw invalid('queue') })())
}

/** A person who was merged has written under several ids; the cases of each are the person's. */
async function customers(db: Db, ids: string[]): Promise<string[]> {
  const kept = await canonicalCustomers(db, ids)
  return idsMergedInto(db, [...new Set([...kept.values()].map(({ id }) => id))])
}

/** The place in a list from which a page goes on. @throws cursor.invalid when no list gave it. */
export function readPlace(cursor: string): Place {
  const [value, id] = decodeCursor(cursor, 2).map(String)
  if (!value || !id || !UUID.test(id) || !/^(?:infinity|\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d){0,2})$/.test(value)) throw refuse('cursor.invalid')
  return { value, id }
}
