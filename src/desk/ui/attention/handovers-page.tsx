import { ArrowRightLeft, Moon } from 'lucide-react'
import { Badge, Button, Empty, More, navigate, Page, Problem, Skeleton, Table, Time, useMe, usePages, useTitle, type Column } from '#web'
import { api } from '../data.ts'
import './attention.css'
import './case.css'
import type { HandoverSummary } from './wire.ts'

const countsOf = ({ counts: { keep, snooze, queue, give, refused } }: HandoverSummary): string =>
  [[give, 'given on'], [queue, 'back in a queue'], [snooze, 'put off'], [keep, 'kept'], [refused, 'not handed over']].flatMap(([count, words]) => (Number(count) > 0 ? [`${count} ${words}`] : [])).join(', ') || 'nothing open'

const columns: Column<HandoverSummary>[] = [
  { id: 'who', name: 'Who', cell: ({ agent, team }) => <span className="desk-cell"><span className="desk-cell-name">{agent.name}</span>{team ? <span className="desk-cell-detail">{team.name}</span> : null}</span> },
  { id: 'what', name: 'Cases', cell: (one) => <span className="desk-cell-badges">{countsOf(one)}{one.undoneAt ? <Badge>Taken back</Badge> : null}</span> },
  { id: 'at', name: 'When', cell: ({ at }) => <Time at={at} /> },
  { id: 'back', name: 'Back', wideOnly: true, cell: ({ backAt }) => (backAt ? <Time at={backAt} /> : '') },
]

/** Ends of shifts: one's own and those that came to one; a lead sees all. `/handovers` */
export default function HandoversPage() {
  useTitle('Hand-overs')
  const me = useMe()
  const pages = usePages<HandoverSummary>(['handovers', 'list'], (page, signal) => api('GET /api/v1/handovers', { query: page, signal }))
  const lead = me.roles.some((role) => role === 'lead' || role === 'admin')
  return (
    <Page title="Hand-overs" detail={lead ? 'Who left what to whom at the end of a shift.' : 'What you handed over, and what was handed over to you.'} actions={me.may('handover.make') ? <Button icon={Moon} variant="primary" onClick={() => navigate('/handover')}>End my shift</Button> : null}>
      {pages.items ? (
        <>
          <Table label="Hand-overs" columns={columns} rows={pages.items} keyOf={({ id }) => id} onOpen={({ id }) => navigate(`/handovers/${id}`)} empty={<Empty icon={ArrowRightLeft} title="Nobody has handed over yet">At the end of a shift each open case is kept, put off, given back or given on, and stands here with a note.</Empty>} />
          <More when={pages.hasMore} load={pages.more} />
        </>
      ) : pages.error ? <Problem error={pages.error} what="The hand-overs" onRetry={pages.retry} /> : <Skeleton rows={6} />}
    </Page>
  )
}
