import { Empty, Link, More, Page, Problem, Skeleton, Table, Tabs, Time, navigate, useNow, usePages, useQueryParams, type Column, type Tab } from '#web'
import { api } from '../data.ts'
import { useSideCounts } from '../merging/data.ts'
import type { SideRow } from '../merging/wire.ts'
import { partyNames, standingWords } from './words.ts'
import '../merging/merging.css'

type Showing = 'all' | 'waiting' | 'overdue' | 'open' | 'mine'
const showings = ['all', 'waiting', 'overdue', 'open', 'mine'] as const

const queryOf = (showing: Showing) => ({
  ...(showing === 'waiting' || showing === 'open' ? { status: showing } : {}), ...(showing === 'overdue' ? { overdue: '1' as const } : {}), ...(showing === 'mine' ? { mine: '1' as const } : {}),
})

const counted = (count: number | undefined) => (count ? { count } : {})

function Standing({ side, now }: { side: SideRow; now: Date }) {
  const { word, tone } = standingWords(side, now)
  return <span className={`kin-fate-${tone}`}>{word}</span>
}

/** What waits for partners across all cases, due first. */
export default function SidesPage() {
  const [params, change] = useQueryParams()
  const now = useNow()
  const showing = showings.find((one) => one === params['show']) ?? 'all'
  const counts = useSideCounts().data
  const found = usePages(['sides', 'list', showing], (page) => api('GET /api/v1/sides', { query: { ...queryOf(showing), ...page } }))
  const columns: Column<SideRow>[] = [
    { id: 'subject', name: 'Asked', cell: (side) => <div className="desk-cell"><Link href={`/cases/${side.case}?side=${side.id}`} className="desk-cell-name">{side.subject}</Link><span className="desk-cell-detail">#{side.case} {side.caseSubject}</span><span className="side-narrow"><Standing side={side} now={now} /></span></div> },
    { id: 'who', name: 'Partner', width: 160, cell: ({ parties }) => partyNames(parties), wideOnly: true },
    { id: 'standing', name: 'Stands', width: 200, wideOnly: true, cell: (side) => <Standing side={side} now={now} /> },
    { id: 'agent', name: 'By', width: 120, wideOnly: true, cell: ({ agent }) => agent?.name ?? <span className="desk-cell-detail">Nobody</span> },
    { id: 'last', name: 'Last', width: 84, align: 'right', cell: ({ lastAt }) => <Time at={lastAt} /> },
  ]
  const tabs: Tab<Showing>[] = [
    { value: 'all', label: 'All' }, { value: 'overdue', label: 'Overdue', ...counted(counts?.overdue) }, { value: 'waiting', label: 'Waiting', ...counted(counts?.waiting) },
    { value: 'open', label: 'Answered', ...counted(counts?.answered) }, { value: 'mine', label: 'Mine' },
  ]
  return (
    <Page title="Waiting for partners" detail="Side conversations that are not done, those due first.">
      <Tabs label="Which" value={showing} onChange={(show) => change({ show: show === 'all' ? null : show })} tabs={tabs} />
      {!found.items ? found.error ? <Problem error={found.error} what="The side conversations" onRetry={found.retry} /> : <Skeleton rows={8} />
        : <Table label="Side conversations" columns={columns} rows={found.items} keyOf={({ id }) => id} onOpen={(side) => navigate(`/cases/${side.case}?side=${side.id}`)} empty={<Empty title="Nothing waits for partners">Ask one from a case with “Ask a partner”; it stands here until it is done.</Empty>} />}
      <More when={found.hasMore} load={found.more} />
    </Page>
  )
}
