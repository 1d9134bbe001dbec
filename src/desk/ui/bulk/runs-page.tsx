import { Badge, Button, Dialog, Empty, Form, More, navigate, Page, Problem, queries, Skeleton, Table, Tabs, TextField, Time, useMe, usePages, useTitle, type Column } from '#web'
import { useState } from 'react'
import { useActionNames } from '../actions/names.ts'
import { api } from '../data.ts'
import { counted } from '../words.ts'
import { useLimit, type Run } from './data.ts'
import { outcome, runWords } from './words.ts'

/** All runs: one's own; those who lead see everybody's. */
export function RunsPage() {
  const me = useMe()
  useTitle('Many cases')
  const leads = me.roles.some((role) => role === 'admin' || role === 'lead')
  const [of, setOf] = useState<'me' | 'all'>('me')
  const pages = usePages<Run>(['bulk', 'runs', of], (page) => api('GET /api/v1/bulk-runs', { query: { ...page, of } }))
  const columns = useColumns(of)
  return (
    <Page wide title="Many cases at once" detail="Each run with what became of its cases. What is done can be taken back, where nobody has changed it since." actions={<Limit />}>
      {leads ? <Tabs label="Whose" value={of} onChange={(value) => setOf(value === 'all' ? 'all' : 'me')} tabs={[{ value: 'me', label: 'Mine' }, { value: 'all', label: 'Everybody’s' }]} /> : null}
      {pages.error && !pages.items ? <Problem error={pages.error} what="The runs" onRetry={pages.retry} /> : !pages.items ? <Skeleton rows={6} />
        : <><Table label="Runs" columns={columns} rows={pages.items} keyOf={({ id }) => id} onOpen={({ id }) => navigate(`/bulk/${id}`)} empty={<Empty title="Nothing was changed in one go yet" action={<Button onClick={() => navigate('/lists/all')}>To the cases</Button>}>In a list, x chooses a case and shift with the arrows more of them; b says what to do with them.</Empty>} /><More when={pages.hasMore} load={pages.more} /></>}
    </Page>
  )
}

function useColumns(of: 'me' | 'all'): Column<Run>[] {
  const names = useActionNames()
  return [
    { id: 'what', name: 'What', cell: (run) => <div className="desk-cell"><span className="desk-cell-name">{run.undoOf ? 'Taking back: ' : ''}{runWords(run.actions, names)}</span><span className="desk-cell-detail">{counted(run.total, 'case')}{of === 'all' ? ` · ${run.by.name}` : ''}</span></div> },
    { id: 'outcome', name: 'Result', cell: (run) => (run.state === 'running' ? <Badge tone="info">{`${run.total - run.counts.waiting} of ${run.total}`}</Badge> : <span className="desk-run-outcome">{outcome(run.counts)}{run.undoneBy ? <Badge>Taken back</Badge> : null}{run.state === 'cancelled' ? <Badge tone="soon">Called off</Badge> : null}</span>) },
    { id: 'at', name: 'Begun', width: 120, align: 'right', cell: ({ begunAt }) => <Time at={begunAt} /> },
  ]
}

/** How many cases agents may change at once; administrators set it. */
function Limit() {
  const [may, limit] = [useMe().may('bulk.limit'), useLimit().data]
  const [asked, setAsked] = useState(false)
  if (!may || !limit) return null
  return <><Button onClick={() => setAsked(true)}>Agents: up to {limit.agentCasesMax.toLocaleString('en')}</Button>{asked ? <LimitDialog now={limit.agentCasesMax} most={limit.casesMax} onClose={() => setAsked(false)} /> : null}</>
}

function LimitDialog({ now, most, onClose }: { now: number; most: number; onClose: () => void }) {
  const [text, setText] = useState(String(now))
  const [problem, setProblem] = useState<unknown>(null)
  const submit = () => void api('PUT /api/v1/bulk-limit', { body: { agentCasesMax: Number(text) } }).then(() => queries.invalidateQueries({ queryKey: ['bulk', 'limit'] })).then(onClose, setProblem)
  return (
    <Dialog open onClose={onClose} title="How many cases agents may change at once" description={`Leads and administrators may change ${most.toLocaleString('en')}.`} size="small">
      <Form onSubmit={submit} problem={problem} actions={<><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit">Save</Button></>}>
        <TextField label="Cases" name="agentCasesMax" inputMode="numeric" value={text} onChange={setText} required hint="0 keeps agents from changing many at once." />
      </Form>
    </Dialog>
  )
}
