import { Time } from '#web'
import type { ReactNode } from 'react'
import type { Column, Sort } from '../../lists/model.ts'
import { RowPromise } from '../sla/bar.tsx'
import { PriorityMark, StatusMark } from '../marks.tsx'
import type { Summary } from '../wire.ts'
import { personName, segmentNames } from '../words.ts'

/** The columns of the wide table. */

interface Drawn {
  /** As a track of the table's grid. */
  width: string
  cell: (row: Summary) => ReactNode
  /** The order that its head leads to. */
  sort?: Sort
  right?: boolean
}

const kindNames: Readonly<Record<Summary['kind'], string>> = { question: 'Question', incident: 'Incident', problem: 'Problem', request: 'Request' }
const at = (time: string | null): ReactNode => (time === null ? null : <Time at={time} form="short" />)

export const drawnColumns: Readonly<Record<Column, Drawn>> = {
  number: { width: '64px', right: true, cell: ({ number }) => <span className="figure desk-table-quiet">#{number}</span> },
  status: { width: '92px', cell: ({ status }) => <StatusMark status={status} word /> },
  priority: { width: '84px', sort: 'priority', cell: ({ priority }) => (priority === 'normal' ? null : <PriorityMark priority={priority} word />) },
  kind: { width: '80px', cell: ({ kind }) => kindNames[kind] },
  customer: { width: 'minmax(90px, 1fr)', cell: ({ customer }) => personName(customer) },
  account: { width: 'minmax(90px, 1fr)', cell: ({ account }) => account?.name ?? '' },
  segment: { width: '90px', cell: ({ account }) => (account ? segmentNames[account.segment] ?? account.segment : '') },
  queue: { width: 'minmax(76px, 0.7fr)', cell: ({ queue }) => queue.name },
  team: { width: 'minmax(76px, 0.7fr)', cell: ({ team }) => team?.name ?? '' },
  assignee: { width: 'minmax(84px, 0.8fr)', cell: ({ assignee }) => assignee?.name ?? <span className="desk-table-quiet">Nobody</span> },
  topic: { width: 'minmax(90px, 1fr)', cell: ({ topic }) => topic?.title ?? '' },
  tags: { width: 'minmax(80px, 0.8fr)', cell: ({ tags }) => tags.slice(0, 3).map((tag) => <span key={tag} className="desk-row-tag">{tag}</span>) },
  channel: { width: '60px', cell: ({ channel }) => channel },
  due: { width: '84px', sort: 'due', right: true, cell: ({ sla }) => <RowPromise shown={sla} /> },
  waiting: { width: '72px', sort: 'waiting', right: true, cell: ({ waitingSince }) => at(waitingSince) },
  opened: { width: '72px', sort: 'newest', right: true, cell: ({ openedAt }) => at(openedAt) },
  active: { width: '96px', sort: 'active', right: true, cell: ({ lastMessageAt }) => at(lastMessageAt) },
  updated: { width: '76px', sort: 'updated', right: true, cell: ({ updatedAt }) => at(updatedAt) },
}

/** The tracks of the table: what is chosen and unread, the subject, then the columns. */
export const tracksOf = (columns: readonly Column[]): string => ['8px', 'minmax(180px, 2.4fr)', ...columns.map((column) => drawnColumns[column].width)].join(' ')
