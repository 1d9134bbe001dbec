import { usualColumns, type Column, type Grouping, type Sort } from '../../lists/model.ts'
import type { Counts, Queue, View } from '../wire.ts'

/** The lists that cases are worked from. */

export type ListKind = 'cases' | 'drafts' | 'mentions' | 'troubled'

export interface CaseQuery {
  status?: string
  queue?: string
  assignee?: string
  team?: string
  removed?: 'spam' | 'trash'
  suggested?: '1'
  /** In the words of the query language. */
  query?: string
  sort: Sort
}

export interface List {
  /** As it stands in the address: `/lists/mine`. */
  key: string
  name: string
  kind: ListKind
  /** What is asked of the server; null for lists of something else than cases. */
  query: CaseQuery | null
  section: 'own' | 'queues' | 'all' | 'aside' | 'views'
  /** Where it is: `/lists/mine`, `/views/UUID`. */
  path: string
  /** The view that it shows. */
  view?: View
  keys?: string[]
  /** What would be here and how it gets here, for when there is nothing. */
  empty: { title: string; text: string }
  count(counts: Counts): number | null
}

const AT_HAND = 'new,open,pending,on_hold'

const lists: readonly List[] = ([
  {
    key: 'mine', name: 'My cases', kind: 'cases', section: 'own', keys: ['g m'], query: { status: AT_HAND, assignee: 'me', sort: 'active' }, count: ({ mine }) => mine,
    empty: { title: 'No case is yours', text: 'Cases that you take or are given stand here until they are solved. The unassigned ones wait for somebody.' },
  },
  {
    key: 'team', name: 'My team', kind: 'cases', section: 'own', keys: ['g t'], query: { status: AT_HAND, team: 'mine', sort: 'active' }, count: ({ team }) => team,
    empty: { title: 'Your team has no cases at hand', text: 'Cases of your team’s members stand here, whoever has them.' },
  },
  {
    key: 'unassigned', name: 'Unassigned', kind: 'cases', section: 'own', keys: ['g u'], query: { status: AT_HAND, assignee: 'none', sort: 'active' }, count: ({ unassigned }) => unassigned,
    empty: { title: 'Nothing waits for somebody', text: 'Mails that come in become cases here, until somebody takes them.' },
  },
  {
    key: 'snoozed', name: 'Put off', kind: 'cases', section: 'own', keys: ['g z'], query: { query: 'is:snoozed assignee:me', sort: 'active' }, count: () => null,
    empty: { title: 'Nothing is put off', text: 'Cases of yours that wait for a moment or for their customer stand here, and come back by themselves.' },
  },
  {
    key: 'mentions', name: 'Mentions', kind: 'mentions', section: 'own', keys: ['g n'], query: null, count: ({ mentions }) => mentions,
    empty: { title: 'Nobody has asked for you', text: 'Notes in which a colleague writes @ and your name stand here.' },
  },
  {
    key: 'drafts', name: 'Drafts', kind: 'drafts', section: 'own', keys: ['g d'], query: null, count: ({ drafts }) => drafts,
    empty: { title: 'No drafts', text: 'What you begin to write in a case is kept here until you send it.' },
  },
  {
    key: 'all', name: 'All at hand', kind: 'cases', section: 'all', keys: ['g a'], query: { status: AT_HAND, sort: 'active' }, count: ({ queues }) => Object.values(queues).reduce((sum, count) => sum + count, 0),
    empty: { title: 'Nothing is at hand', text: 'Every case is solved. New mails open new ones.' },
  },
  {
    key: 'solved', name: 'Solved', kind: 'cases', section: 'all', keys: ['g s'], query: { status: 'solved,closed', sort: 'active' }, count: () => null,
    empty: { title: 'Nothing is solved yet', text: 'Cases that are solved or closed stand here.' },
  },
  {
    key: 'suggestions', name: 'Suggested mails', kind: 'cases', section: 'aside', keys: ['g w'], query: { suggested: '1', sort: 'active' }, count: ({ suggestions }) => suggestions,
    empty: { title: 'No mail waits for a decision', text: 'A mail that points to a case, from somebody who is not on it, waits here to be accepted or declined.' },
  },
  {
    key: 'troubled', name: 'Mail in trouble', kind: 'troubled', section: 'aside', keys: ['g f'], query: null, count: ({ troubled }) => troubled,
    empty: { title: 'Every reply went out', text: 'Replies whose mail is uncertain, was refused or came back stand here.' },
  },
  {
    key: 'spam', name: 'Spam', kind: 'cases', section: 'aside', keys: ['g j'], query: { removed: 'spam', sort: 'active' }, count: ({ spam }) => spam,
    empty: { title: 'No spam', text: 'Cases that are marked as spam can be restored from here.' },
  },
  {
    key: 'trash', name: 'Trash', kind: 'cases', section: 'aside', keys: ['g x'], query: { removed: 'trash', sort: 'active' }, count: ({ trash }) => trash,
    empty: { title: 'The trash is empty', text: 'Cases that are thrown away can be restored from here.' },
  },
] satisfies readonly Omit<List, 'path'>[]).map((list) => ({ ...list, path: `/lists/${list.key}` }))

/** A queue's list. Its key begins with `queue-`, so that no queue can take the name of another list. */
export const listOfQueue = (queue: Pick<Queue, 'id' | 'key' | 'name'>): List => ({
  key: `queue-${queue.key}`, path: `/lists/queue-${queue.key}`, name: queue.name, kind: 'cases', section: 'queues', query: { status: AT_HAND, queue: queue.key, sort: 'active' },
  count: ({ queues }) => queues[queue.id] ?? 0,
  empty: { title: `${queue.name} is empty`, text: 'Cases come into a queue by their mailbox, by their topic, or because somebody moves them here.' },
})

/** A view's list. What it counts is asked for by itself, since it takes another question. */
export const listOfView = (view: View): List => ({
  key: `view-${view.id}`, path: `/views/${view.id}`, name: view.name, kind: 'cases', section: 'views', view, query: { query: view.query, sort: view.sort }, count: () => null,
  empty: { title: `Nothing fits “${view.name}”`, text: 'Cases come in by themselves as soon as they fit its filter.' },
})

/** How a list looks until somebody changes it. */
export const savedShape = (list: List): { sort: Sort; columns: readonly Column[]; grouping: Grouping | null } => (list.view
  ? { sort: list.view.sort, columns: list.view.columns.length > 0 ? list.view.columns : usualColumns, grouping: list.view.grouping }
  : { sort: list.query?.sort ?? 'active', columns: usualColumns, grouping: null })

/** All lists in the order in which they are shown. */
export function allLists(queues: readonly Queue[]): List[] {
  const order = ['own', 'queues', 'all', 'aside']
  return [...lists, ...queues.filter(({ archived }) => !archived).map(listOfQueue)].sort((a, b) => order.indexOf(a.section) - order.indexOf(b.section))
}

export const sectionNames: Readonly<Record<List['section'], string>> = { own: 'Mine', views: 'Views', queues: 'Queues', all: 'Everything', aside: 'Set aside' }

/** The list that an address names; a queue whose name has not been read yet is shown under its key. */
export function listByKey(key: string, queues: readonly Queue[]): List | null {
  const found = allLists(queues).find((list) => list.key === key)
  if (found) return found
  const queue = /^queue-(.+)$/.exec(key)?.[1]
  return queue ? listOfQueue({ id: '', key: queue, name: queue }) : null
}

export const fixedLists = lists
