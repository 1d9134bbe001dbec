import { canonicalCustomers } from '#accounts'
import { decodeCursor, refuse, type Actor, type Db } from '#platform'
import { priorities, statuses } from '../cases/model.ts'
import type { CaseListQuery } from '../cases/views.ts'
import { isFieldTerm, parseQuery, termsOf, type Field, type Query, type Term } from '../query/model.ts'
import { conditionOf } from '../query/sql.ts'
import { allQueues } from '../queues/store.ts'
import { requireView } from '../views/service.ts'
import type { Place } from './branches.ts'
import { isBetterGathered } from './guide.ts'
import { sorts, type Sort } from './model.ts'
import { asListed, reachOf, restOf } from './reach.ts'
import { isFollowUpOf, wordsCondition, type CaseFilter } from './store.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** What a list shows, and the order that its view or its query asks for. */
export interface Listing {
  filter: CaseFilter
  query: Query
  sort: Sort | null
}

/**
 * Reads a list's query string, whose fields are terms of the query language said otherwise: several values with commas, `me` and `none` as
 * assignees, queues by key or id; a view and a query narrow it further. @throws request.invalid naming the field.
 */
export async function readListing(db: Db, actor: Actor, asked: CaseListQuery): Promise<Listing> {
  const view = asked.view ? await requireView(db, actor, asked.view) : null
  const written = [view?.query ?? '', asked.query ?? ''].map((text, nth) => readQuery(text, nth === 0 ? 'view' : 'query'))
  const query = asListed({ terms: [...await plainTerms(db, actor, asked), ...written.flatMap(({ terms }) => terms.filter((term) => !isSort(term)))] })
  const sort = written.map((one) => termsOf(one, 'sort')[0]?.values[0]).reverse().find((word) => word !== undefined)
  const [condition, gather] = await Promise.all([conditionOf(db, actor, restOf(query)), isBetterGathered(db, actor, query)])
  const extra = [...(asked.q?.trim() ? [wordsCondition(asked.q)] : []), ...(asked.followUpOf ? [isFollowUpOf(asked.followUpOf)] : [])]
  return {
    filter: { reach: reachOf(query), conditions: [condition.where, ...extra], gather, readerId: actor.kind === 'agent' ? actor.id : null },
    query, sort: sorts.find((one) => one === sort) ?? view?.sort ?? null,
  }
}

/** The same without its order. */
export const readFilter = async (db: Db, actor: Actor, asked: CaseListQuery): Promise<CaseFilter> => (await readListing(db, actor, asked)).filter

const isSort = (term: Term) => isFieldTerm(term) && term.field === 'sort'

function readQuery(text: string, field: 'view' | 'query'): Query {
  const { query, problems } = parseQuery(text)
  // A view was checked when it was saved; what it says is shown as far as this version understands it.
  if (field === 'query' && problems.length > 0) throw refuse('request.invalid', { errors: problems.map(({ code }) => ({ path: 'querystring/query', code })), problems })
  return query
}

const term = (field: Field, values: readonly string[]): Term => ({ field, not: false, values: [...values] })

async function plainTerms(db: Db, actor: Actor, asked: CaseListQuery): Promise<Term[]> {
  return [
    ...(asked.status ? [term('status', words('status', asked.status, statuses))] : []), ...(asked.removed ? [term('is', [asked.removed])] : []),
    ...(asked.priority ? [term('priority', words('priority', asked.priority, priorities))] : []), ...(asked.queue ? [term('queue', await queues(db, actor, asked.queue))] : []),
    ...(asked.assignee ? [term('assignee', split(asked.assignee).map((word) => (word === 'none' || word === 'me' ? word : uuid('assignee', word))))] : []),
    ...(asked.team ? [term('team', split(asked.team).map((word) => (word === 'mine' || word === 'none' ? word : uuid('team', word))))] : []),
    ...(asked.account ? [term('account', split(asked.account).map((word) => uuid('account', word)))] : []),
    ...(asked.customer ? [term('customer', await customers(db, split(asked.customer).map((word) => uuid('customer', word))))] : []),
    ...(asked.topic ? [term('topic', plain(asked.topic))] : []), ...(asked.tag ? [term('tag', plain(asked.tag))] : []), ...(asked.suggested ? [term('has', ['suggestion'])] : []),
  ]
}

/** A star has a meaning in the language, and none here. */
const plain = (text: string) => split(text).map((word) => word.toLowerCase().replace(/\*+$/, ''))
const split = (text: string) => text.split(',').map((word) => word.trim()).filter(Boolean)
const invalid = (field: string) => refuse('request.invalid', { errors: [{ path: `querystring/${field}`, code: 'unknownValue' }] })

function words<W extends string>(field: string, text: string, known: readonly W[]): W[] {
  return split(text).map((word) => known.find((candidate) => candidate === word) ?? (() => { throw invalid(field) })())
}

function uuid(field: string, word: string): string {
  if (!UUID.test(word)) throw invalid(field)
  return word.toLowerCase()
}

async function queues(db: Db, actor: Actor, text: string): Promise<string[]> {
  const known = (await allQueues(db)).filter(({ id }) => actor.kind === 'system' || !actor.barred.includes(id))
  return split(text).map((word) => known.find(({ id, key }) => id === word || key === word)?.id ?? (() => { throw invalid('queue') })())
}

/** A person who was merged is the one whom they were merged into. */
async function customers(db: Db, ids: string[]): Promise<string[]> {
  const kept = await canonicalCustomers(db, ids)
  const found = [...new Set([...kept.values()].map(({ id }) => id))]
  return found.length > 0 ? found : ids
}

/** The place in a list from which a page goes on. @throws cursor.invalid when no list gave it. */
export function readPlace(cursor: string): Place {
  const [value, id] = decodeCursor(cursor, 2).map(String)
  if (!value || !id || !UUID.test(id) || !/^(?:infinity|\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d){0,2})$/.test(value)) throw refuse('cursor.invalid')
  return { value, id }
}
