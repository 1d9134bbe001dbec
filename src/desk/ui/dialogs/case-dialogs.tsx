import { ApiProblem, Button, Combobox, Dialog, Form, queries, Select, tellRefusal, TextArea, TextField, toast } from '#web'
import { useMemo, useState } from 'react'
import { normaliseTag } from '../../cases/model.ts'
import { setSubject, setTags, type Doing } from '../actions.ts'
import type { Asking } from '../case-commands.tsx'
import { api, keys, useAgents, useQueues } from '../data.ts'

interface DialogProps {
  doing: Doing
  onClose: () => void
}

/** What needs more than a key: a note, an address, a number. */
export function CaseDialogs({ asking, ...props }: DialogProps & { asking: Asking | null }) {
  switch (asking) {
    case 'handOver': return <HandOver {...props} />
    case 'participant': return <Participant {...props} />
    case 'link': return <LinkCases {...props} />
    case 'tag': return <NewTag {...props} />
    case 'subject': return <Subject {...props} />
    case null: return null
  }
}

/** Sends once at a time, shows the refusal in the form, and closes when it held. */
function useSubmit(send: () => Promise<unknown>, done: () => void) {
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = () => {
    if (busy) return
    setBusy(true)
    setProblem(null)
    send().then(done, setProblem).finally(() => setBusy(false))
  }
  return { problem, busy, submit }
}

const buttons = (name: string, busy: boolean, onClose: () => void) => (
  <><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy}>{name}</Button></>
)

function HandOver({ doing, onClose }: DialogProps) {
  const { number } = doing.row
  const [agents, queues] = [useAgents().data, useQueues().data]
  const [to, setTo] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const options = useMemo(() => [
    ...(queues ?? []).filter(({ archived }) => !archived).map(({ key, name }) => ({ value: `queue ${key}`, label: name, detail: 'Queue' })),
    ...(agents ?? []).filter(({ id, deactivated }) => !deactivated && id !== doing.names.me).map(({ id, name, teamId }) => ({ value: `agent ${id}`, label: name, detail: (teamId === null ? null : doing.names.team(teamId)) ?? 'Agent' })),
  ], [queues, agents, doing.names])
  const { problem, busy, submit } = useSubmit(async () => {
    if (to === null) throw new ApiProblem({ status: 0, code: 'request.invalid', title: 'Say who takes it on', errors: [{ path: 'to', code: 'required' }] })
    const [kind, id = ''] = to.split(' ')
    const answer = await api('POST /api/v1/cases/:number/handovers', { params: { number }, body: { to: kind === 'queue' ? { queue: id } : { agent: id }, note } })
    queries.setQueryData(keys.case(number), answer)
    toast({ text: `#${number} is handed over to ${options.find(({ value }) => value === to)?.label ?? 'a colleague'}`, tone: 'done' })
  }, onClose)
  return (
    <Dialog open onClose={onClose} title={`Hand over #${number}`} description="Whoever takes it on reads the note first.">
      <Form onSubmit={submit} problem={problem} actions={buttons('Hand over', busy, onClose)}>
        <Combobox label="To" name="to" value={to} onChange={setTo} options={options} placeholder="An agent or a queue" required />
        <TextArea label="Note" name="note" value={note} onChange={setNote} className="desk-tall" required hint="Where it stands, what was tried, what the customer was promised." />
      </Form>
    </Dialog>
  )
}

function Participant({ doing, onClose }: DialogProps) {
  const { number } = doing.row
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const { problem, busy, submit } = useSubmit(async () => {
    const answer = await api('POST /api/v1/cases/:number/participants', { params: { number }, body: { email: email.trim(), ...(name.trim() ? { name: name.trim() } : {}) } })
    queries.setQueryData(keys.case(number), answer)
  }, onClose)
  return (
    <Dialog open onClose={onClose} title="Put somebody in copy" description="They get our replies from now on, and their answers join the case." size="small">
      <Form onSubmit={submit} problem={problem} actions={buttons('Put in copy', busy, onClose)}>
        <TextField label="Mail address" name="email" type="email" autoComplete="off" value={email} onChange={setEmail} required />
        <TextField label="Name" name="name" autoComplete="off" value={name} onChange={setName} />
      </Form>
    </Dialog>
  )
}

const linkKinds = [
  { value: 'related', label: 'Related to' }, { value: 'duplicate', label: 'A duplicate of' }, { value: 'problem', label: 'Cause or effect of' },
] as const

function LinkCases({ doing, onClose }: DialogProps) {
  const { number } = doing.row
  const [other, setOther] = useState('')
  const [kind, setKind] = useState<(typeof linkKinds)[number]['value']>('related')
  const wanted = Number(/\d+/.exec(other)?.[0] ?? 0)
  const { problem, busy, submit } = useSubmit(() => api('POST /api/v1/cases/:number/links', { params: { number }, body: { other: wanted, kind } }), onClose)
  return (
    <Dialog open onClose={onClose} title={`Link #${number}`} size="small">
      <Form onSubmit={submit} problem={problem} actions={buttons('Link', busy, onClose)}>
        <Select label="It is" value={kind} onChange={setKind} options={linkKinds} />
        <TextField label="Case number" name="other" inputMode="numeric" autoComplete="off" placeholder="#10482" value={other} onChange={setOther} required />
      </Form>
    </Dialog>
  )
}

function NewTag({ doing, onClose }: DialogProps) {
  const [text, setText] = useState('')
  const tag = normaliseTag(text)
  const submit = () => {
    if (!tag) return
    void setTags(doing, [...new Set([...doing.row.tags, tag])])
    onClose()
  }
  return (
    <Dialog open onClose={onClose} title="New tag" size="small">
      <Form onSubmit={submit} actions={buttons('Tag', false, onClose)}>
        <TextField label="Tag" autoComplete="off" value={text} onChange={setText} hint={tag && tag !== text ? `Written as ${tag}` : 'One word in lower case.'} required />
      </Form>
    </Dialog>
  )
}

function Subject({ doing, onClose }: DialogProps) {
  const [text, setText] = useState(doing.row.subject)
  const submit = () => {
    if (text.trim() === '') return
    if (text.trim() !== doing.row.subject) void setSubject(doing, text.trim()).catch(tellRefusal)
    onClose()
  }
  return (
    <Dialog open onClose={onClose} title="Change the subject" description="Replies go on under it; the mails that came in keep theirs.">
      <Form onSubmit={submit} actions={buttons('Change', false, onClose)}>
        <TextField label="Subject" maxLength={500} autoComplete="off" value={text} onChange={setText} required />
      </Form>
    </Dialog>
  )
}
