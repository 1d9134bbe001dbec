import { useInfiniteQuery } from '@tanstack/react-query'
import { ArrowUp, ScrollText, X } from 'lucide-react'
import { useState } from 'react'
import { useFact } from '../live/live.ts'
import { useMe } from '../me.tsx'
import { Button } from '../parts/button.tsx'
import { Id } from '../parts/figures.tsx'
import { Drawer } from '../parts/over.tsx'
import { Page } from '../parts/page.tsx'
import { Empty, Problem, Skeleton } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { TextField } from '../parts/text.tsx'
import { Time } from '../parts/time.tsx'
import { Link, useQueryParams } from '../routing.ts'
import { groundApi, type Fact, type FactQuery } from './wire.ts'
import { kindInWords, payloadText } from './words.ts'

/** Everything that happened, the newest first. Room, kind, case and the open fact stand in the address. */
export default function Log() {
  const [params, change] = useQueryParams()
  const filter = filterFrom(params)
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['log', filter], initialPageParam: '',
    queryFn: ({ pageParam, signal }) => groundApi('GET /api/v1/log/facts', { query: { ...filter, limit: 100, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  const [fresh, bring] = useFresh(filter, () => void refetch())
  const facts = data?.pages.flatMap((page) => page.items)
  const shown = facts?.find(({ id }) => id === params['fact'])
  return (
    <Page wide title="Log" detail={<>Every change leaves one fact here; none is ever changed or removed. {useMe().may('log.verify') ? <Link href="/settings/log-verification">Verify it</Link> : null}</>}>
      <Filters params={params} change={change} />
      {fresh > 0 ? <div className="ground-fresh" role="status"><Button size="small" icon={ArrowUp} onClick={bring}>{fresh} new</Button></div> : null}
      {error ? <Problem error={error} what="The log" onRetry={() => void refetch()} /> : facts ? <Facts facts={facts} filtered={Object.keys(filter).length > 0} change={change} /> : <Skeleton rows={12} />}
      {hasNextPage ? <div><Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>Show older ones</Button></div> : null}
      {shown ? <Drawer open onClose={() => change({ fact: null })} title={kindInWords(shown.kind)} description={<Time at={shown.at} form="full" />}><Detail fact={shown} /></Drawer> : null}
    </Page>
  )
}

type Params = Readonly<Record<string, string | undefined>>
type Change = (changes: Record<string, string | null>) => void

const filterFrom = (params: Params): FactQuery => Object.fromEntries(['room', 'kind', 'case'].flatMap((name) => (params[name] ? [[name, params[name]]] : [])))

/** Counts what came since the page was read, instead of moving it. */
function useFresh(filter: FactQuery, read: () => void): [number, () => void] {
  const [fresh, setFresh] = useState(0)
  useFact((fact) => {
    if ((!filter.room || fact.room === filter.room) && (!filter.kind || fact.kind === filter.kind) && (!filter.case || String(fact.case) === filter.case)) setFresh((now) => now + 1)
  })
  return [fresh, () => { setFresh(0); read() }]
}

function Filters({ params, change }: { params: Params; change: Change }) {
  const field = (name: 'room' | 'kind' | 'case', label: string, placeholder: string) => (
    <Filter key={params[name] ?? ''} label={label} placeholder={placeholder} value={params[name] ?? ''} apply={(value) => change({ [name]: value || null })} />
  )
  const any = ['room', 'kind', 'case'].some((name) => params[name])
  return (
    <search className="ground-filters" aria-label="Filter the log">
      {field('room', 'Room', 'desk')}{field('kind', 'Kind', 'message.received')}{field('case', 'Case', '10482')}
      {any ? <Button variant="quiet" icon={X} onClick={() => change({ room: null, kind: null, case: null })}>Clear</Button> : null}
    </search>
  )
}

function Filter({ label, placeholder, value, apply }: { label: string; placeholder: string; value: string; apply: (value: string) => void }) {
  const [text, setText] = useState(value)
  const wrong = label === 'Case' && text !== '' && !/^#?\d{1,15}$/.test(text.trim())
  const done = () => { if (!wrong && text.trim() !== value) apply(text.trim().replace(/^#/, '')) }
  return <TextField label={label} placeholder={placeholder} value={text} onChange={setText} onBlur={done} onKeyDown={(event) => { if (event.key === 'Enter') done() }} error={wrong ? 'A case has a number' : null} />
}

function Facts({ facts, filtered, change }: { facts: readonly Fact[]; filtered: boolean; change: Change }) {
  return (
    <Table
      label="Facts" rows={facts} keyOf={({ id }) => id} onOpen={({ id }) => change({ fact: id })}
      empty={<Empty icon={ScrollText} title={filtered ? 'No fact is like this' : 'Nothing has happened yet'}>{filtered ? 'Rooms and kinds are written as in the table, without capitals.' : 'The first mail, the first sign-in, the first setting: each leaves a fact here.'}</Empty>}
      columns={[
        { id: 'at', name: 'When', width: 110, cell: ({ at }) => <Time at={at} /> },
        { id: 'kind', name: 'What', width: 210, cell: ({ kind }) => kindInWords(kind) },
        { id: 'case', name: 'Case', width: 90, cell: ({ case: number }) => (number === null ? null : <Link href={`/cases/${number}`} className="figure">#{number}</Link>) },
        { id: 'actor', name: 'By', width: 170, wideOnly: true, cell: ({ actor }) => actorInWords(actor) },
        { id: 'data', name: 'With', wideOnly: true, cell: ({ data, subject }) => <span className="ground-data mono">{dataLine(data, subject)}</span> },
        { id: 'room', name: 'Room', width: 90, wideOnly: true, cell: ({ room }) => <span className="quiet">{room}</span> },
      ]}
    />
  )
}

const actorInWords = ({ kind, id }: Fact['actor']) => (kind === 'system' ? <span className="ground-actor quiet" title={id ?? undefined}>Meridian{id ? ` · ${id}` : ''}</span> : <span>{kind} {id ? <Id value={id} text={id.slice(-6)} label={`Copy the ${kind}'s id`} /> : null}</span>)

const dataLine = (data: Record<string, unknown>, subject: string | null) => [...(subject ? [subject] : []), ...Object.entries(data).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)].join('  ')

function Detail({ fact }: { fact: Fact }) {
  return (
    <div className="ground-stack">
      <dl className="ground-facts">
        {([['Number', <Id key="n" value={fact.id} label="Copy the number" />], ['Kind', <Id key="k" value={fact.kind} />], ['Room', fact.room], ['By', actorInWords(fact.actor)],
          ['Case', fact.case === null ? null : <Link key="c" href={`/cases/${fact.case}`}>#{fact.case}</Link>], ['About', fact.subject === null ? null : <Id key="s" value={fact.subject} />]] as const)
          .map(([name, shown]) => (shown === null ? null : <div key={name} className="ground-fact"><dt>{name}</dt><dd>{shown}</dd></div>))}
      </dl>
      <section><h3 className="ground-heading">With</h3><pre className="ground-text">{payloadText(fact.data)}</pre></section>
    </div>
  )
}
