import { Plus } from 'lucide-react'
import { Badge, Button, Combobox, Dialog, Empty, Form, Page, Problem, queries, Skeleton, Switch, Table, TextField, useMe, type Column } from '#web'
import { useState } from 'react'
import { api, useQueues, useTopics } from '../data.ts'
import type { Topic } from '../wire.ts'
import { keyFrom } from './queues.tsx'

/** Topics: what cases are about, and the queue that each goes to. */
export function TopicsPage() {
  const me = useMe()
  const topics = useTopics()
  const queues = useQueues().data ?? []
  const [editing, setEditing] = useState<Topic | 'new' | null>(null)
  const may = me.may('queue.change')
  const columns: Column<Topic>[] = [
    { id: 'title', name: 'Topic', cell: ({ title, archived }) => <span className="desk-cell-badges"><span className="desk-cell-name">{title}</span>{archived ? <Badge>Archived</Badge> : null}</span> },
    { id: 'key', name: 'Key', cell: ({ key }) => <code>{key}</code>, wideOnly: true },
    { id: 'queue', name: 'Queue', cell: ({ queueId }) => queues.find(({ id }) => id === queueId)?.name ?? <span className="desk-cell-detail">The mailbox’s</span> },
  ]
  return (
    <Page title="Topics" detail="A new case goes to the queue of its topic; without one, to that of its mailbox." actions={may ? <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>New topic</Button> : null}>
      {topics.isPending ? <Skeleton rows={8} /> : topics.isError ? <Problem error={topics.error} what="The topics" onRetry={() => void topics.refetch()} />
        : <Table label="Topics" columns={columns} rows={topics.data} keyOf={({ key }) => key} {...(may ? { onOpen: setEditing } : {})} empty={<Empty title="No topics yet">Topics say what a case is about, so that it goes to those who know.</Empty>} />}
      {editing ? <TopicDialog topic={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
    </Page>
  )
}

function TopicDialog({ topic, onClose }: { topic: Topic | null; onClose: () => void }) {
  const queues = (useQueues().data ?? []).filter(({ archived }) => !archived)
  const [title, setTitle] = useState(topic?.title ?? '')
  const [queue, setQueue] = useState(topic?.queueId ?? null)
  const [archived, setArchived] = useState(topic?.archived ?? false)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = () => {
    setBusy(true)
    const sent = topic ? api('PATCH /api/v1/topics/:key', { params: { key: topic.key }, body: { title, queue, archived } }) : api('POST /api/v1/topics', { body: { key: keyFrom(title), title, queue } })
    sent.then(() => queries.invalidateQueries({ queryKey: ['topics'] })).then(onClose, setProblem).finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={onClose} title={topic ? topic.title : 'New topic'} size="small">
      <Form onSubmit={submit} problem={problem} actions={<><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy}>{topic ? 'Save' : 'Add'}</Button></>}>
        <TextField label="Title" name="title" maxLength={200} value={title} onChange={setTitle} required />
        <Combobox label="Queue" name="queue" value={queue} onChange={setQueue} clearable placeholder="The mailbox’s" options={queues.map(({ id, name }) => ({ value: id, label: name }))} />
        {topic ? <Switch label="Archived" hint="Takes no new cases; old ones keep it." checked={archived} onChange={setArchived} /> : null}
      </Form>
    </Dialog>
  )
}
