import { Empty, Link, navigate, Problem, Section, Skeleton, Table, Time, useQuery, type Column, type Fill } from '#web'
import { api } from './data.ts'
import { WatchersSection } from './attention/watchers-section.tsx'
import { AccountFigures } from './figures/account-figures.tsx'
import { PriorityMark, StatusMark } from './marks.tsx'
import type { Summary } from './wire.ts'
import { Jump } from './search/jump.ts'
import { RailViews } from './views/rail-views.tsx'
import { personName } from './words.ts'
import { CaseRoutingFill } from './routing/fill.tsx'

/** The cases of an account, and of a customer, on their pages. */

const columns: Column<Summary>[] = [
  { id: 'status', name: 'Status', width: 110, cell: ({ status }) => <StatusMark status={status} word /> },
  { id: 'subject', name: 'Case', cell: (row) => <div className="desk-cell"><Link href={`/cases/${row.number}`} className="desk-cell-name">{row.subject}</Link><span className="desk-cell-detail">#{row.number} · {personName(row.customer)}{row.topic ? ` · ${row.topic.title}` : ''}</span></div> },
  { id: 'priority', name: 'Priority', width: 100, wideOnly: true, cell: ({ priority }) => <PriorityMark priority={priority} word /> },
  { id: 'assignee', name: 'Assignee', width: 140, wideOnly: true, cell: ({ assignee }) => assignee?.name ?? <span className="desk-cell-detail">Nobody</span> },
  { id: 'at', name: 'Last message', width: 110, align: 'right', cell: ({ lastMessageAt }) => <Time at={lastMessageAt} /> },
]

function CasesOf({ kind, id }: { kind: 'account' | 'customer'; id: string }) {
  const found = useQuery({ queryKey: ['cases', 'of', kind, id], queryFn: () => api('GET /api/v1/cases', { query: { [kind]: id, sort: 'newest', limit: 50 } }) })
  const rows = found.data?.items
  return (
    <Section title="Cases" {...(rows ? { count: rows.length } : {})} {...(found.data?.nextCursor ? { detail: 'The newest 50.' } : {})}>
      {found.isPending ? <Skeleton rows={4} /> : found.isError ? <Problem error={found.error} what="The cases" onRetry={() => void found.refetch()} compact />
        : <Table label="Cases" columns={columns} rows={found.data.items} keyOf={({ number }) => String(number)} onOpen={({ number }) => navigate(`/cases/${number}`)} empty={<Empty title="No cases">What they write to us stands here.</Empty>} />}
    </Section>
  )
}

const idIn = (props: object, name: string): string | null => {
  const value: unknown = Object.entries(props).find(([key]) => key === name)?.[1]
  return typeof value === 'string' ? value : null
}

const filled = (kind: 'account' | 'customer') => function CasesFill(props: object) {
  const id = idIn(props, `${kind}Id`)
  return id === null ? null : <CasesOf kind={kind} id={id} />
}

function FiguresFill(props: object) {
  const id = idIn(props, 'accountId')
  return id === null ? null : <AccountFigures accountId={id} />
}

function WatchersFill(props: object) {
  const about: unknown = Object.entries(props).find(([key]) => key === 'case')?.[1]
  const number = typeof about === 'object' && about !== null && 'number' in about ? about.number : null
  return typeof number === 'number' ? <WatchersSection number={number} /> : null
}

export const deskFills: Fill[] = [
  { slot: 'rail.places', id: 'desk.views', order: 10, component: RailViews },
  { slot: 'rail.places', id: 'desk.jump', order: 11, component: Jump },
  { slot: 'case.panel', id: 'desk.watchers', order: 90, component: WatchersFill },
  { slot: 'case.panel', id: 'desk.routing', order: 30, component: CaseRoutingFill },
  { slot: 'account.panel', id: 'desk.figures', order: 5, component: FiguresFill },
  { slot: 'account.panel', id: 'desk.cases', order: 10, component: filled('account') },
  { slot: 'customer.panel', id: 'desk.cases', order: 10, component: filled('customer') },
]
