import { Archive, ArchiveRestore, Plus } from 'lucide-react'
import { Badge, Button, Checkbox, Dialog, Empty, Form, Page, Problem, queries, Skeleton, Switch, Table, TextArea, TextField, useMe, type Column } from '#web'
import { useState } from 'react'
import { tried } from '../actions.ts'
import { api, useQueues, useTeams } from '../data.ts'
import type { Queue } from '../wire.ts'
import { listed } from '../timeline/facts.ts'

/** Queues: what waits for whom, and which are only for their teams. */
export function QueuesPage() {
  const me = useMe()
  const queues = useQueues()
  const teams = useTeams().data ?? []
  const [editing, setEditing] = useState<Queue | 'new' | null>(null)
  const may = me.may('queue.change')
  const nameOf = (id: string) => teams.find((team) => team.id === id)?.name ?? 'a team'
  const columns: Column<Queue>[] = [
    { id: 'name', name: 'Queue', cell: (queue) => <div className="desk-cell"><span className="desk-cell-name">{queue.name}</span>{queue.description ? <span className="desk-cell-detail">{queue.description}</span> : null}</div> },
    { id: 'key', name: 'Key', cell: ({ key }) => <code>{key}</code>, wideOnly: true },
    { id: 'teams', name: 'Teams', cell: (queue) => (queue.teams.length === 0 ? <span className="desk-cell-detail">Everybody</span> : listed(queue.teams.map(nameOf))) },
    { id: 'state', name: '', cell: (queue) => <span className="desk-cell-badges">{queue.standard ? <Badge tone="info">Standard</Badge> : null}{queue.walled ? <Badge>Walled</Badge> : null}{queue.archived ? <Badge>Archived</Badge> : null}</span> },
  ]
  return (
    <Page title="Queues" detail="Cases wait in queues. A walled queue is seen by its teams and administrators only." actions={may ? <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>New queue</Button> : null}>
      {queues.isPending ? <Skeleton rows={5} /> : queues.isError ? <Problem error={queues.error} what="The queues" onRetry={() => void queues.refetch()} />
        : <Table label="Queues" columns={columns} rows={queues.data} keyOf={({ id }) => id} {...(may ? { onOpen: setEditing } : {})} empty={<Empty title="No queues">The first one takes what fits nowhere else.</Empty>} />}
      {editing ? <QueueDialog queue={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
    </Page>
  )
}

const refresh = () => Promise.all([queries.invalidateQueries({ queryKey: ['queues'] }), queries.invalidateQueries({ queryKey: ['counts'] })])

function QueueDialog({ queue, onClose }: { queue: Queue | null; onClose: () => void }) {
  const teams = (useTeams().data ?? []).filter(({ archivedAt }) => archivedAt === null)
  const [words, setWords] = useState({ name: queue?.name ?? '', key: queue?.key ?? '', description: queue?.description ?? '', walled: queue?.walled ?? false, standard: queue?.standard ?? false, teams: queue?.teams ?? [] })
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = () => {
    const { name, description, walled, standard, key } = words
    const body = { name, description, walled, teams: words.teams, ...(standard ? { standard: true as const } : {}) }
    setBusy(true)
    const sent = queue ? api('PATCH /api/v1/queues/:id', { params: { id: queue.id }, body }) : api('POST /api/v1/queues', { body: { ...body, key: key || keyFrom(name) } })
    sent.then(refresh).then(onClose, setProblem).finally(() => setBusy(false))
  }
  const member = (id: string) => (is: boolean) => setWords((now) => ({ ...now, teams: is ? [...now.teams, id] : now.teams.filter((other) => other !== id) }))
  return (
    <Dialog open onClose={onClose} title={queue ? queue.name : 'New queue'}>
      <Form onSubmit={submit} problem={problem} actions={<>{queue && !queue.standard ? <ArchiveButton queue={queue} onDone={onClose} /> : null}<Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy}>{queue ? 'Save' : 'Add'}</Button></>}>
        <TextField label="Name" name="name" value={words.name} maxLength={100} onChange={(name) => setWords((now) => ({ ...now, name }))} required />
        {queue ? null : <TextField label="Key" name="key" mono value={words.key} placeholder={keyFrom(words.name)} onChange={(key) => setWords((now) => ({ ...now, key }))} hint="As the API and mailboxes call it. It stays." />}
        <TextArea label="What belongs here" name="description" rows={2} value={words.description} onChange={(description) => setWords((now) => ({ ...now, description }))} />
        <fieldset className="desk-fieldset"><legend>Teams</legend>{teams.length === 0 ? <p className="field-hint">There are no teams yet.</p> : teams.map(({ id, name }) => <Checkbox key={id} label={name} checked={words.teams.includes(id)} onChange={member(id)} />)}</fieldset>
        <Switch label="Walled" hint="Only these teams and administrators see its cases." checked={words.walled} onChange={(walled) => setWords((now) => ({ ...now, walled }))} />
        <Switch label="Standard" hint="Takes what fits nowhere else." checked={words.standard} disabled={queue?.standard ?? false} onChange={(standard) => setWords((now) => ({ ...now, standard }))} />
      </Form>
    </Dialog>
  )
}

function ArchiveButton({ queue, onDone }: { queue: Queue; onDone: () => void }) {
  const toggle = () => void tried(queue.archived ? 'Not taken out' : 'Not archived', () => api('PATCH /api/v1/queues/:id', { params: { id: queue.id }, body: { archived: !queue.archived } })).then((held) => { if (held) { void refresh(); onDone() } })
  return <Button variant="quiet" icon={queue.archived ? ArchiveRestore : Archive} onClick={toggle}>{queue.archived ? 'Take out of the archive' : 'Archive'}</Button>
}

/** A key made of a name: `Payouts & fees` as `payouts-fees`. */
export const keyFrom = (name: string): string => name.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60)
