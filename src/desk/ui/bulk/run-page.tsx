import { Download, Undo2, X } from 'lucide-react'
import { Badge, Button, Empty, Link, More, navigate, Page, Problem, queries, Skeleton, Table, Tabs, tellRefusal, Time, toast, useCommands, useMe, usePages, useParams, useTitle, type Column } from '#web'
import { useEffect, useState } from 'react'
import { useActionNames } from '../actions/names.ts'
import { api } from '../data.ts'
import { counted } from '../words.ts'
import { undoRun, useRun, type Run, type RunItem } from './data.ts'
import { changeWords, fieldName, outcome, reason, runWords, stateNames, undoneNames, why } from './words.ts'
import './bulk.css'

/** A run: how far it is, what became of each case, and the way back. */
export function RunPage() {
  const { id = '' } = useParams<{ id: string }>()
  const run = useRun(id)
  useTitle('Many cases')
  if (run.isPending) return <Page title="Many cases"><Skeleton rows={6} /></Page>
  if (run.isError && !run.data) return <Page title="Many cases" back={{ to: '/bulk', name: 'All runs' }}><Problem error={run.error} what="The run" onRetry={() => void run.refetch()} /></Page>
  return run.data ? <Shown run={run.data} /> : null
}

function Shown({ run }: { run: Run }) {
  const names = useActionNames()
  const me = useMe()
  const cancel = () => void api('POST /api/v1/bulk-runs/:id/cancellation', { params: { id: run.id }, body: undefined })
    .then((after) => { queries.setQueryData(['bulk', run.id, 'run'], after); toast({ text: `Called off: ${outcome(after.counts)}` }) }, (error: unknown) => tellRefusal(error, 'Not called off'))
  useCommands([
    { id: 'bulk.cancel', name: 'Call the run off', section: 'Many cases', when: () => run.state === 'running', perform: cancel },
    { id: 'bulk.undo', name: 'Take the run back', keys: ['mod+z'], section: 'Many cases', icon: Undo2, when: () => run.mayUndo, perform: () => void undoRun(run.id) },
    { id: 'bulk.back', name: 'All runs', keys: ['u'], section: 'Many cases', perform: () => navigate('/bulk') },
  ], [run])
  const title = run.undoOf ? 'Taking back' : run.actions.length === 1 ? runWords(run.actions, names) : `${run.actions.length} actions`
  return (
    <Page
      wide title={`${title}: ${counted(run.total, 'case')}`} back={{ to: '/bulk', name: 'All runs' }}
      detail={<>{run.by.kind === 'agent' && run.by.id === me.id ? 'You' : run.by.name} began it <Time at={run.begunAt} />{run.finishedAt ? <>, it ended <Time at={run.finishedAt} /></> : null}{run.query ? <> · all that matched <code>{run.query}</code></> : null}</>}
      actions={<>
        <Button icon={Download} onClick={() => location.assign(`/api/v1/bulk-runs/${run.id}/results.csv`)}>Table</Button>
        {run.state === 'running' ? <Button icon={X} command="bulk.cancel">Call off</Button> : null}
        {run.mayUndo ? <Button icon={Undo2} variant="primary" command="bulk.undo">Take back</Button> : null}
      </>}
    >
      {run.actions.length > 1 ? <p className="desk-run-actions">{runWords(run.actions, names)}</p> : null}
      {run.undoOf ? <p className="desk-run-note">It takes back <Link href={`/bulk/${run.undoOf}`}>another run</Link>: in each case what still is as that run made it.</p> : null}
      {run.undoneBy ? <p className="desk-run-note">It was <Link href={`/bulk/${run.undoneBy}`}>taken back</Link>.</p> : null}
      <Progress run={run} />
      <Results run={run} />
    </Page>
  )
}

function Progress({ run }: { run: Run }) {
  const done = run.total - run.counts.waiting
  const words = run.state === 'running' ? `${done.toLocaleString('en')} of ${counted(run.total, 'case')}` : run.state === 'cancelled' ? `Called off: ${outcome(run.counts)}` : run.undoOf ? outcome(run.counts).replace('changed', 'taken back') : outcome(run.counts)
  return (
    <div className="desk-run-progress">
      {run.state === 'running' ? <progress value={done} max={Math.max(1, run.total)} aria-label="Cases that are done" /> : null}
      <p role="status">{words}</p>
    </div>
  )
}

const tabs = ['all', 'done', 'refused', 'same', 'failed', 'cancelled', 'waiting'] as const
type Shown = (typeof tabs)[number]

function Results({ run }: { run: Run }) {
  const [state, setState] = useState<Shown>('all')
  const words = run.undoOf ? undoneNames : stateNames
  const pages = usePages<RunItem>(['bulk', run.id, 'items', state], (page) => api('GET /api/v1/bulk-runs/:id/items', { params: { id: run.id }, query: { ...page, ...(state === 'all' ? {} : { state }) } }), 100)
  // While it goes on, results come in: the rows are read again with each look at it.
  const done = run.total - run.counts.waiting
  useEffect(() => { void queries.invalidateQueries({ queryKey: ['bulk', run.id, 'items'] }) }, [run.id, done, run.state])
  const shown = tabs.filter((tab) => tab === 'all' || run.counts[tab] > 0)
  const columns = useColumns(run, words)
  return (
    <>
      <Tabs label="Results" value={shown.includes(state) ? state : 'all'} onChange={(tab) => setState(tabs.find((one) => one === tab) ?? 'all')} tabs={shown.map((tab) => ({ value: tab, label: tab === 'all' ? 'All' : words[tab] ?? tab, count: tab === 'all' ? run.total : run.counts[tab] }))} />
      {pages.error && !pages.items ? <Problem error={pages.error} what="The results" onRetry={pages.retry} /> : !pages.items ? <Skeleton rows={8} />
        : <><Table label="Results" columns={columns} rows={pages.items} keyOf={({ place }) => String(place)} onOpen={({ number }) => navigate(`/cases/${number}`)} empty={<Empty title="No cases">None came to this.</Empty>} /><More when={pages.hasMore} load={pages.more} /></>}
    </>
  )
}

const tones: Readonly<Record<string, 'done' | 'late' | 'soon' | 'neutral'>> = { done: 'done', refused: 'soon', failed: 'late', same: 'neutral', cancelled: 'neutral', waiting: 'neutral' }

function useColumns(run: Run, words: Readonly<Record<string, string>>): Column<RunItem>[] {
  const names = useActionNames()
  return [
    { id: 'case', name: 'Case', cell: ({ number, subject }) => <div className="desk-cell"><Link href={`/cases/${number}`} className="desk-cell-name">{subject}</Link><span className="desk-cell-detail">#{number}</span></div> },
    { id: 'state', name: 'Result', width: 150, cell: ({ state }) => <Badge tone={tones[state] ?? 'neutral'}>{words[state] ?? state}</Badge> },
    {
      id: 'what', name: 'What', cell: ({ code, fields, replies, notes, kept, state }) => (
        <div className="desk-run-what">
          {code ? <span>{capital(reason(code))}</span> : null}
          {state === 'done' ? fields.filter(({ field }) => !kept.some((one) => one.field === field)).map((change) => <span key={JSON.stringify(change)}>{changeWords(change, names)}</span>) : null}
          {replies > 0 ? <span>{run.undoOf ? 'The reply was taken back' : 'A reply went out'}</span> : null}
          {notes > 0 ? <span>A note was written</span> : null}
          {kept.map((one) => <span key={`${one.field} ${one.value ?? ''}`} className="desk-run-kept">{fieldName(one.field)}{one.value ? ` ${one.value}` : ''} stays: {why(one.why)}</span>)}
        </div>
      ),
    },
    { id: 'at', name: 'When', width: 110, align: 'right', wideOnly: true, cell: ({ at }) => (at ? <Time at={at} /> : null) },
  ]
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
