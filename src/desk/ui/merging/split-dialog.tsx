import { Button, Checkbox, Dialog, Form, TextField, Time } from '#web'
import { useState } from 'react'
import { useMessages } from '../data.ts'
import { counted, personName } from '../words.ts'
import { split } from './actions.ts'

/** Messages that become a case of their own. */
export function SplitDialog({ number, message, onClose }: { number: number; message: string | null; onClose: () => void }) {
  const messages = (useMessages(number).data ?? []).filter(({ delivery, standing }) => delivery !== 'recalled' && delivery !== 'waiting' && standing !== 'declined')
  const [chosen, setChosen] = useState<readonly string[]>(message === null ? [] : [message])
  const [subject, setSubject] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const stays = messages.filter(({ id, visibility }) => visibility === 'public' && !chosen.includes(id)).length
  const first = messages.find(({ id, direction }) => chosen.includes(id) && direction === 'in')
  const toggle = (id: string) => setChosen((now) => (now.includes(id) ? now.filter((other) => other !== id) : [...now, id]))
  const submit = () => {
    if (busy || chosen.length === 0 || stays === 0) return
    setBusy(true)
    setProblem(null)
    split(number, [...chosen], subject).then(onClose, setProblem).finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={onClose} title={`Split #${number}`} description="The chosen messages become a case of their own, with their files and people. Both are linked.">
      <Form
        onSubmit={submit} problem={problem}
        actions={<><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy} disabled={chosen.length === 0 || stays === 0}>{chosen.length === 0 ? 'Split off' : `Split ${counted(chosen.length, 'message')} off`}</Button></>}
      >
        <ul className="kin-messages" aria-label="Messages of the case">
          {messages.map(({ id, from, text, at, visibility }) => (
            <li key={id}><Checkbox checked={chosen.includes(id)} onChange={() => toggle(id)} label={<><strong>{personName(from)}</strong>{visibility === 'note' ? ' · Note' : ''} · <Time at={at} form="clock" /></>} hint={text.slice(0, 140)} /></li>
          ))}
        </ul>
        {stays === 0 && chosen.length > 0 ? <p className="kin-warning" role="note">At least one message that customers can see stays in #{number}.</p> : null}
        <TextField label="Subject" name="subject" maxLength={500} autoComplete="off" placeholder={first?.subject || 'That of the first message'} value={subject} onChange={setSubject} />
      </Form>
    </Dialog>
  )
}
