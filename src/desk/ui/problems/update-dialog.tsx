import { TriangleAlert } from 'lucide-react'
import { Button, Checkbox, Dialog, Form, Select, TextArea, toast, useIntent, useQuery } from '#web'
import { useEffect, useState } from 'react'
import { isUnsolved } from '../../cases/model.ts'
import { variables } from '../../snippets/model.ts'
import { api, useCase } from '../data.ts'
import { undoUpdate } from '../merging/actions.ts'
import { counted } from '../words.ts'

type After = 'stay' | 'pending' | 'on_hold' | 'solved'
const afterwards = [
  { value: 'stay', label: 'stay as they are' }, { value: 'on_hold', label: 'are on hold' }, { value: 'pending', label: 'wait for the customer' }, { value: 'solved', label: 'are solved' },
] as const satisfies readonly { value: After; label: string }[]

/** One text for all incidents of a problem: written once, looked at for each, sent to each one's own customer. */
export function UpdateDialog({ number, onClose }: { number: number; onClose: () => void }) {
  const view = useCase(number).data
  const intent = useIntent()
  const [body, setBody] = useState('Hello {{customer.firstName|there}},\n\n')
  const [after, setAfter] = useState<After>('stay')
  const [too, setToo] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const preview = usePreview(number, body)
  const items = (preview ?? []).filter(({ status }) => isUnsolved(status))
  const missing = items.filter((item) => item.missing.length > 0)
  const reached = items.length - missing.length
  const submit = () => {
    if (busy || body.trim() === '' || reached === 0) return
    const given = { body, ...(after === 'stay' ? {} : { status: after }), ...(too && after === 'solved' ? { problemStatus: 'solved' as const } : {}) }
    setBusy(true)
    setProblem(null)
    api('POST /api/v1/cases/:number/updates', { params: { number }, body: given, idempotencyKey: intent.key(given) }).then(({ id }) => {
      intent.done()
      toast({ text: `The update goes to ${counted(reached, 'incident')}`, tone: 'done', undo: () => void undoUpdate(number, id) })
      onClose()
    }, setProblem).finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={onClose} size="large" title={`Update all incidents of #${number}`} description={view ? view.subject : undefined}>
      <Form onSubmit={submit} problem={problem} actions={<><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy} disabled={reached === 0 || body.trim() === ''}>{preview ? `Send to ${counted(reached, 'customer')}` : 'Send'}</Button></>}>
        <TextArea className="desk-tall" label="Text" name="body" rows={6} value={body} onChange={setBody} required hint={<>Each gets a reply in their own case, with their own words for {variables.slice(0, 2).map(({ name }) => <code key={name}>{`{{${name}}} `}</code>)}<code>{'{{case.number}}'}</code> …</>} />
        <Select label="The incidents then" value={after} onChange={setAfter} options={afterwards} />
        {after === 'solved' ? <Checkbox label="Solve the problem as well" checked={too} onChange={setToo} /> : null}
        {missing.length > 0 ? <p className="kin-warning" role="note"><TriangleAlert size={14} aria-hidden />{counted(missing.length, 'incident')} will not get it: something that the text names is not known there.</p> : null}
        <Previews items={items} />
      </Form>
    </Dialog>
  )
}

const PAUSE_MS = 250

function useSettled(now: string): string {
  const [text, setText] = useState(now)
  useEffect(() => {
    const timer = setTimeout(() => setText(now), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [now])
  return text
}

/** What each would read, a moment after the last key. */
function usePreview(number: number, body: string) {
  const text = useSettled(body)
  return useQuery({
    queryKey: ['cases', 'update-preview', number, text], placeholderData: (before) => before, staleTime: 0,
    queryFn: async () => (await api('POST /api/v1/cases/:number/updates/preview', { params: { number }, body: { body: text } })).items,
  }).data
}

type Preview = NonNullable<ReturnType<typeof usePreview>>[number]

function Previews({ items }: { items: readonly Preview[] }) {
  const [at, setAt] = useState(0)
  const ordered = items.toSorted((a, b) => b.missing.length - a.missing.length)
  const shown = ordered[Math.min(at, ordered.length - 1)]
  if (!shown) return <p className="kin-none">There is no incident at work to which this could go.</p>
  return (
    <section className="kin-preview" aria-label="What each of them reads">
      <header>
        <span className="kin-caption">{shown.customer || 'The customer'} reads, in #{shown.number}</span>
        <span className="kin-detail">{Math.min(at, ordered.length - 1) + 1} of {ordered.length}</span>
        <Button size="small" variant="quiet" disabled={at === 0} onClick={() => setAt(Math.max(0, at - 1))}>Previous</Button>
        <Button size="small" variant="quiet" disabled={at >= ordered.length - 1} onClick={() => setAt(at + 1)}>Next</Button>
      </header>
      <p className="desk-prose">{shown.text}</p>
      {shown.missing.length > 0 ? <p className="kin-warning">Not known here: {shown.missing.join(', ')}</p> : null}
    </section>
  )
}
