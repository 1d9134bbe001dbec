import { TriangleAlert } from 'lucide-react'
import { Button, Checkbox, Dialog, Form, Problem, Skeleton, TextField, Time, useQuery } from '#web'
import { useState } from 'react'
import { useCase, api } from '../data.ts'
import { StatusMark } from '../marks.tsx'
import { counted, statusNames } from '../words.ts'
import { merge } from './actions.ts'
import { useSuggestions } from './data.ts'
import type { MergePreview } from './wire.ts'

interface MergeDialogProps {
  number: number
  other: number | null
  onClose: () => void
}

/** Which case goes into which, and what that will do, before it is done. */
export function MergeDialog({ number, other, onClose }: MergeDialogProps) {
  const [typed, setTyped] = useState(other === null ? '' : `#${other}`)
  const [turned, setTurned] = useState(false)
  const [copy, setCopy] = useState<boolean | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const chosen = Number(/\d{1,15}/.exec(typed)?.[0] ?? 0)
  const [into, from] = turned ? [chosen, number] : [number, chosen]
  const preview = useQuery({
    queryKey: ['case', into, 'merge', from], enabled: chosen > 0 && chosen !== number, retry: false, staleTime: 0,
    queryFn: () => api('GET /api/v1/cases/:number/merges/preview', { params: { number: into }, query: { from } }),
  })
  const ready = chosen > 0 ? preview.data : undefined
  const copyPeople = copy ?? !ready?.warnings.includes('accounts')
  const submit = () => {
    if (!ready || busy) return
    setBusy(true)
    setProblem(null)
    merge(into, from, { fromVersion: ready.from.version, copyPeople }).then(onClose, setProblem).finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={onClose} title={`Merge with #${number}`} description="Both become one case. It can be taken apart again until it is closed.">
      <Form
        onSubmit={submit} problem={problem}
        actions={<><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy} disabled={!ready}>{ready ? `Merge #${ready.from.number} into #${ready.into.number}` : 'Merge'}</Button></>}
      >
        <TextField label="Other case" name="from" inputMode="numeric" autoComplete="off" placeholder="#10482" value={typed} onChange={setTyped} required />
        {chosen === 0 ? <Suggestions number={number} onChoose={(one) => setTyped(`#${one}`)} /> : null}
        {chosen > 0 && preview.isError ? <Problem error={preview.error} what="What it would do" compact /> : null}
        {chosen > 0 && preview.isPending && chosen !== number ? <Skeleton rows={3} /> : null}
        {ready ? <Outcome preview={ready} copyPeople={copyPeople} onCopy={setCopy} onTurn={() => setTurned(!turned)} /> : null}
      </Form>
    </Dialog>
  )
}

function Suggestions({ number, onChoose }: { number: number; onChoose: (number: number) => void }) {
  const view = useCase(number).data
  const found = useSuggestions(number, true)
  if (!found || found.length === 0) return <p className="kin-none">{view ? `${view.customer.name || 'The customer'} has no other open case.` : ''}</p>
  return (
    <div className="kin-choices" role="group" aria-label="Other open cases of the customer">
      <p className="kin-caption">Other open cases of {view?.customer.name || 'the customer'}</p>
      {found.map((one) => (
        <button key={one.number} type="button" className="kin-choice" onClick={() => onChoose(one.number)}>
          <StatusMark status={one.status} /><span className="kin-subject">{one.subject}</span><span className="kin-detail">#{one.number} · <Time at={one.openedAt} form="date" /></span>
        </button>
      ))}
    </div>
  )
}

const warnings: Readonly<Record<MergePreview['warnings'][number], string>> = {
  accounts: 'The two customers belong to different businesses. In copy, one would read what the other wrote.',
  wall: 'The case lies behind a wall. Everybody who sees the other case will read it.',
  leaving: 'A reply in it has not left yet. It leaves all the same, and its answer lands in the kept case.',
}

function Outcome({ preview, copyPeople, onCopy, onTurn }: { preview: MergePreview; copyPeople: boolean; onCopy: (copy: boolean) => void; onTurn: () => void }) {
  const { into, from } = preview
  const strangers = preview.people.filter(({ there }) => !there)
  const brought = [
    counted(preview.messages, 'message'), preview.notes > 0 ? counted(preview.notes, 'note') : null, preview.attachments > 0 ? counted(preview.attachments, 'attachment') : null, preview.drafts > 0 ? counted(preview.drafts, 'draft') : null,
    preview.incidents > 0 ? counted(preview.incidents, 'incident') : null, preview.sides > 0 ? counted(preview.sides, 'side conversation') : null, preview.tags.length > 0 ? `the tags ${preview.tags.join(', ')}` : null,
  ].filter((part) => part !== null)
  return (
    <div className="kin-outcome">
      <p><strong>#{from.number}</strong> {from.subject}<br />goes into<br /><strong>#{into.number}</strong> {into.subject} <button type="button" className="desk-tool" onClick={onTurn}>Turn around</button></p>
      <ul>
        <li>It brings {brought.join(', ')}; #{from.number} is closed and leads here.</li>
        <li>Mail to either of them lands in #{into.number}{preview.status === into.status ? '' : `, which becomes ${statusNames[preview.status].toLowerCase()}`}.</li>
      </ul>
      {preview.warnings.map((warning) => <p key={warning} className="kin-warning" role="note"><TriangleAlert size={14} aria-hidden />{warnings[warning]}</p>)}
      {strangers.length > 0 ? (
        <Checkbox
          label={`Put ${strangers.map(({ name, address }) => name || address).join(' and ')} in copy`} checked={copyPeople} onChange={onCopy}
          hint={copyPeople ? 'They get every answer from now on.' : 'They get no answers; what they write still lands in the case.'}
        />
      ) : null}
    </div>
  )
}
