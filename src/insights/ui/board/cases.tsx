import { Empty, Link, More, navigate, Page, Problem, Skeleton, Table, Time, useQueryParams, type Column } from '#web'
import { Layers } from 'lucide-react'
import { states, type State } from '../../board/model.ts'
import { ageNames, stateCounts, statusNames } from '../words.ts'
import { useBoard, useBoardCases, useLiveBoard, type BoardCase, type Words } from '../wire.ts'
import { filterIn } from './links.ts'
import '../insights.css'

/** The cases behind a number of the board. */
export function BoardCases() {
  const [params] = useQueryParams()
  const is = states.find((state) => state === params['is']) ?? 'all'
  const filter = filterIn(params)
  const more: Words = Object.fromEntries(['age', 'assignee'].flatMap((name) => (params[name] ? [[name, params[name]]] : [])))
  const list = useBoardCases({ ...filter, ...more, is })
  const board = useBoard(filter)
  useLiveBoard()
  const names = board.data ? where(board.data.places, board.data.people, filter, more) : []
  const back = `/board${Object.keys(filter).length > 0 ? `?${new URLSearchParams(filter).toString()}` : ''}`
  return (
    <Page wide title={`Cases ${stateCounts[is]}`} detail={names.join(' · ') || undefined} back={{ to: back, name: 'Board' }}>
      {list.error && !list.items ? <Problem error={list.error} what="The cases" onRetry={list.retry} /> : null}
      {!list.items && !list.error ? <Skeleton rows={10} rowHeight={38} /> : null}
      {list.items ? <Table label={`Cases ${stateCounts[is]}`} columns={columns(is)} rows={list.items} keyOf={({ number }) => String(number)} onOpen={({ number }) => navigate(`/cases/${number}`)} empty={<Empty icon={Layers} title="None any more">Numbers change while one looks: what was counted there has been worked on since.</Empty>} /> : null}
      <More when={list.hasMore} load={list.more} />
    </Page>
  )
}

interface Named { id: string; name: string }

function where(places: { sites: Named[]; teams: Named[]; queues: Named[] }, people: readonly Named[], filter: Words, more: Words): string[] {
  const name = (options: readonly Named[], id: string | undefined, none: string) => (id === undefined ? [] : [id === 'none' ? none : options.find((one) => one.id === id)?.name ?? ''])
  const age = more['age'] === undefined ? [] : [ageNames[Number(more['age'])] ?? '']
  return [...name(places.queues, filter['queue'], 'No queue'), ...name(places.teams, filter['team'], 'No team'), ...name(places.sites, filter['site'], 'No site'), ...name(people, more['assignee'], 'Nobody'), ...age].filter(Boolean)
}

const columns = (is: State): Column<BoardCase>[] => [
  { id: 'number', name: 'Case', width: 74, cell: ({ number }) => <Link href={`/cases/${number}`} className="figure insights-case-number">#{number}</Link> },
  { id: 'subject', name: 'Subject', cell: ({ subject }) => <span className="insights-subject" title={subject}>{subject}</span> },
  { id: 'status', name: 'Status', wideOnly: true, cell: ({ status, snoozed }) => (snoozed ? 'Snoozed' : statusNames[status] ?? status) },
  { id: 'queue', name: 'Queue', wideOnly: true, cell: ({ queue }) => queue.name },
  { id: 'assignee', name: 'Assignee', wideOnly: true, cell: ({ assignee }) => assignee?.name ?? <span className="insights-quiet">Nobody</span> },
  { id: 'opened', name: 'Opened', align: 'right', cell: ({ openedAt }) => <Time at={openedAt} form="short" /> },
  { id: 'waiting', name: 'Waits', align: 'right', wideOnly: is !== 'waiting', cell: ({ waitingSince }) => (waitingSince ? <Time at={waitingSince} form="short" /> : '') },
  { id: 'due', name: 'Due', align: 'right', wideOnly: is !== 'atRisk' && is !== 'breached' && is !== 'pressing', cell: ({ dueAt }) => (dueAt ? <Time at={dueAt} /> : '') },
]
