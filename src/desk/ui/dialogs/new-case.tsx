import { Plus } from 'lucide-react'
import { Button, Combobox, Dialog, Form, queries, Select, TextArea, TextField, useCommands, useIntent, useMe } from '#web'
import { useState } from 'react'
import { priorities, type Priority } from '../../cases/model.ts'
import { api, keys, useQueues, useTopics } from '../data.ts'
import { priorityNames } from '../words.ts'

/** Opens a case by hand, for what did not come by mail. */
export function NewCase({ onOpened }: { onOpened: (number: number) => void }) {
  const me = useMe()
  const [open, setOpen] = useState(false)
  useCommands([
    { id: 'case.new', name: 'New case', keys: ['c'], section: 'Write', icon: Plus, words: 'open create', when: () => me.may('case.open'), perform: () => setOpen(true) },
  ], [me])
  return open ? <Asked onClose={() => setOpen(false)} onOpened={(number) => { setOpen(false); onOpened(number) }} /> : null
}

interface Words {
  email: string
  name: string
  subject: string
  body: string
  queue: string | null
  topic: string | null
  priority: Priority
}

const empty: Words = { email: '', name: '', subject: '', body: '', queue: null, topic: null, priority: 'normal' }

function Asked({ onClose, onOpened }: { onClose: () => void; onOpened: (number: number) => void }) {
  const [words, setWords] = useState(empty)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const intent = useIntent()
  const set = <K extends keyof Words>(name: K) => (value: Words[K]) => setWords((before) => ({ ...before, [name]: value }))
  const submit = () => {
    if (busy) return
    const body = {
      subject: words.subject.trim(), body: words.body, customer: { email: words.email.trim(), ...(words.name.trim() ? { name: words.name.trim() } : {}) }, priority: words.priority,
      ...(words.queue ? { queue: words.queue } : {}), ...(words.topic ? { topic: words.topic } : {}),
    }
    setBusy(true)
    setProblem(null)
    api('POST /api/v1/cases', { body, idempotencyKey: intent.key(body) }).then((opened) => {
      intent.done()
      queries.setQueryData(keys.case(opened.number), opened)
      onOpened(opened.number)
    }, setProblem).finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={onClose} title="New case" description="For what did not come by mail. The text stands in the case as the customer’s first message.">
      <Form onSubmit={submit} problem={problem} actions={<><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy}>Open the case</Button></>}>
        <NewCaseFields words={words} set={set} />
      </Form>
    </Dialog>
  )
}

function NewCaseFields({ words, set }: { words: Words; set: <K extends keyof Words>(name: K) => (value: Words[K]) => void }) {
  const [queues, topics] = [useQueues().data ?? [], useTopics().data ?? []]
  return (
    <>
      <div className="desk-pair">
        <TextField label="Customer’s mail address" name="customer" type="email" autoComplete="off" value={words.email} onChange={set('email')} required />
        <TextField label="Name" autoComplete="off" value={words.name} onChange={set('name')} />
      </div>
      <TextField label="Subject" name="subject" maxLength={500} autoComplete="off" value={words.subject} onChange={set('subject')} required />
      <TextArea label="What it is about" name="body" className="desk-tall" value={words.body} onChange={set('body')} required />
      <div className="desk-trio">
        <Combobox label="Queue" name="queue" value={words.queue} onChange={set('queue')} clearable placeholder="By topic" options={queues.filter(({ archived }) => !archived).map(({ key, name }) => ({ value: key, label: name }))} />
        <Combobox label="Topic" name="topic" value={words.topic} onChange={set('topic')} clearable placeholder="None" options={topics.filter(({ archived }) => !archived).map(({ key, title }) => ({ value: key, label: title }))} />
        <Select label="Priority" value={words.priority} onChange={set('priority')} options={priorities.map((value) => ({ value, label: priorityNames[value] }))} />
      </div>
    </>
  )
}
