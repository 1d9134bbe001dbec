import { Empty, Link, More, navigate, Page, Problem, Select, Skeleton, Table, Time, useParams, useQueryParams, useReader, type Column } from '#web'
import { ListFilter } from 'lucide-react'
import { dimensions } from '../../measures/model.ts'
import { countedIn, dimensionNames, moment, shown, statusNames } from '../words.ts'
import { fileOf, useCounted, useFigures, useMeasures, type CountedCase, type Measure, type Words } from '../wire.ts'
import '../insights.css'
import './figures.css'

const taken = ['from', 'to', 'zone', 'clock', 'part', 'sort', ...dimensions]

/** What a figure counts, one by one. */
export function CountedCases() {
  const { key = '' } = useParams()
  const [params, change] = useQueryParams()
  const all = useMeasures()
  const measure = all.data?.items.find((one) => one.key === key)
  const asked: Words = Object.fromEntries(taken.flatMap((name) => (params[name] ? [[name, params[name]]] : [])))
  const { part, sort, ...range } = asked
  const longest = sort === undefined && (measure?.kind === 'time' || measure?.kind === 'level')
  const query = { ...asked, sort: sort ?? (longest ? 'longest' : 'recent') }
  const figures = useFigures(key, range)
  const list = useCounted(key, query)
  const count = figures.data ? (part === '1' ? figures.data.total.part : part === '0' ? figures.data.total.count - figures.data.total.part : figures.data.total.count) : null
  return (
    <Page
      wide title={measure ? `${measure.name}${part === '1' ? `: ${measure.part}` : ''}` : 'Cases'} detail={<Detail measure={measure} range={range} count={count} />} back={{ to: '/insights', name: 'Insights' }}
      actions={<><Select label="Order" hideLabel value={query.sort} onChange={(next) => change({ sort: next })} options={[{ value: 'longest', label: 'Longest first' }, { value: 'recent', label: 'Latest first' }]} /><span className="insights-files"><a href={fileOf(key, 'cases.csv', asked)} download>As CSV</a></span></>}
    >
      {list.error && !list.items ? <Problem error={list.error} what="These cases" onRetry={list.retry} /> : null}
      {!list.items && !list.error ? <Skeleton rows={12} rowHeight={38} /> : null}
      {list.items && measure ? <Table label={measure.name} columns={columnsFor(measure, range['clock'] === 'business')} rows={list.items} keyOf={({ number, turn }) => `${number} ${turn}`} onOpen={({ number }) => navigate(`/cases/${number}`)} empty={<Empty icon={ListFilter} title="Nothing was counted">In these days, and with these filters, there was none.</Empty>} /> : null}
      <More when={list.hasMore} load={list.more} />
    </Page>
  )
}

function Detail({ measure, range, count }: { measure: Measure | undefined; range: Words; count: number | null }) {
  const reader = useReader()
  const at = (text: string | undefined) => (text ? moment(text, range['zone'] ?? 'UTC', reader.locale) : '')
  const filters = dimensions.filter((dimension) => range[dimension]).map((dimension) => `one ${dimensionNames[dimension].toLowerCase()}`)
  return <>{measure && count !== null ? <strong>{countedIn(measure, count)}</strong> : null}{measure?.kind === 'level' ? `, ${at(range['to'])}` : `, from ${at(range['from'])} to ${at(range['to'])}`}{filters.length > 0 ? `, of ${filters.join(' and ')}` : ''}.</>
}

function columnsFor(measure: Measure, business: boolean): Column<CountedCase>[] {
  const timed = measure.kind === 'time' || measure.kind === 'level'
  return [
    { id: 'number', name: 'Case', width: 74, cell: ({ number }) => <Link href={`/cases/${number}`} className="figure insights-case-number">#{number}</Link> },
    { id: 'subject', name: 'Subject', cell: ({ subject }) => <span className="insights-subject" title={subject}>{subject}</span> },
    { id: 'status', name: 'Status', wideOnly: true, cell: ({ status }) => statusNames[status] ?? status },
    { id: 'queue', name: 'Queue', wideOnly: true, cell: ({ queue }) => queue },
    { id: 'assignee', name: 'Assignee', wideOnly: true, cell: ({ assignee }) => assignee ?? <span className="insights-quiet">Nobody</span> },
    ...(measure.kind === 'share' ? [{ id: 'part', name: measure.part.charAt(0).toUpperCase() + measure.part.slice(1), cell: ({ part }: CountedCase) => (part ? 'Yes' : 'No') }] : []),
    ...(timed ? [{ id: 'ms', name: measure.kind === 'level' ? 'Age' : business ? 'Business time' : 'Time', align: 'right' as const, cell: ({ ms, businessMs }: CountedCase) => shown({ kind: 'time' }, business && measure.kind === 'time' ? businessMs : ms) }] : []),
    { id: 'at', name: measure.kind === 'level' ? 'Opened' : 'When', align: 'right', wideOnly: timed, cell: ({ at }) => <Time at={at} form="clock" /> },
  ]
}
