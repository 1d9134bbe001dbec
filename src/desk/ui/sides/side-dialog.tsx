import { Button, Checkbox, Dialog, Form, Select, TextArea, TextField, toast, useIntent, useNow, useReader, absolute } from '#web'
import { useState } from 'react'
import { api, useCase, useMessages } from '../data.ts'
import { askKin } from '../merging/asking.ts'
import { usePartners } from '../merging/data.ts'
import { personName } from '../words.ts'
import { recallSide } from './actions.ts'
import { FilesToSend } from './files-to-send.tsx'
import './sides.css'
import { addressesIn, choiceFor, dueAt, dueChoices, type DueChoice } from './words.ts'

/** Asks somebody who is no part of the case: a bank, a carrier, another department. The customer never sees it. */
export function SideDialog({ number, quote, onClose }: { number: number; quote: string | null; onClose: () => void }) {
  const [view, messages] = [useCase(number).data, useMessages(number).data ?? []]
  const intent = useIntent()
  const [to, setTo] = useState('')
  const [subject, setSubject] = useState<string | null>(null)
  const [body, setBody] = useState('')
  const [due, setDue] = useState<DueChoice>('48')
  const [quoted, setQuoted] = useState(quote !== null)
  const [hold, setHold] = useState(true)
  const [files, setFiles] = useState<readonly string[]>([])
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const source = messages.find(({ id }) => id === quote) ?? messages.findLast(({ direction, visibility }) => direction === 'in' && visibility === 'public')
  const people = addressesIn(to)
  const submit = () => {
    if (busy || people.length === 0 || body.trim() === '') return
    const given = {
      to: people, subject: (subject ?? view?.subject ?? '').trim() || 'Question', body, attachments: [...files], quote: quoted && source ? source.id : null,
      hold: hold && view?.status !== 'on_hold',
    }
    setBusy(true)
    setProblem(null)
    api('POST /api/v1/cases/:number/sides', { params: { number }, body: { ...given, dueAt: dueAt(due, new Date()) }, idempotencyKey: intent.key({ ...given, due }) }).then(({ side, messageId }) => {
      intent.done()
      toast({ text: `${people.length === 1 ? people[0]?.name ?? people[0]?.address : `${people.length} people`} will be asked`, tone: 'done', undo: () => void recallSide(number, side.id, messageId), open: () => askKin({ what: 'thread', number, side: side.id }) })
      onClose()
    }, setProblem).finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={onClose} size="large" title={`Ask a partner about #${number}`} description="A conversation of its own, by mail. The customer never sees it, and nobody asked here takes part in the case.">
      <Form onSubmit={submit} problem={problem} actions={<><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy} disabled={people.length === 0 || body.trim() === ''}>Send</Button></>}>
        <TextField label="To" name="to" autoComplete="off" placeholder="desk@bank.example, …" value={to} onChange={setTo} required />
        <PartnerChips to={to} onAdd={(partner) => { setTo(to.trim() === '' ? `${partner.name} <${partner.address}>` : `${to.trim().replace(/,$/, '')}, ${partner.name} <${partner.address}>`); setDue(choiceFor(partner.dueHours)) }} />
        <TextField label="Subject" name="subject" maxLength={500} autoComplete="off" value={subject ?? view?.subject ?? ''} onChange={setSubject} required />
        <TextArea className="desk-tall" label="Text" name="body" rows={7} value={body} onChange={setBody} required />
        {source ? <Checkbox label={`Quote what ${personName(source.from)} wrote`} checked={quoted} onChange={setQuoted} hint={source.text.slice(0, 120)} /> : null}
        <FilesToSend number={number} chosen={files} onChange={setFiles} />
        <DueField due={due} onChange={setDue} />
        {view?.status === 'on_hold' ? null : <Checkbox label="Put the case on hold until they answer" checked={hold} onChange={setHold} hint="It is open again as soon as an answer comes." />}
      </Form>
    </Dialog>
  )
}

/** By when an answer is needed, with the moment that this means. */
export function DueField({ due, onChange }: { due: DueChoice; onChange: (due: DueChoice) => void }) {
  const [now, reader] = [useNow(), useReader()]
  const at = dueAt(due, now)
  return <Select label="An answer is needed" value={due} onChange={onChange} options={dueChoices} {...(at ? { hint: `Reminds us on ${absolute(new Date(at), reader)}` } : {})} />
}

const CHIPS = 8

function PartnerChips({ to, onAdd }: { to: string; onAdd: (partner: { name: string; address: string; dueHours: number | null }) => void }) {
  const partners = (usePartners().data ?? []).filter(({ archived, address }) => !archived && !to.includes(address))
  if (partners.length === 0) return null
  return (
    <div className="side-chips" role="group" aria-label="From the address book">
      {partners.slice(0, CHIPS).map((partner) => <button key={partner.id} type="button" className="side-chip" title={`${partner.address}${partner.note ? ` – ${partner.note}` : ''}`} onClick={() => onAdd(partner)}>{partner.name}</button>)}
    </div>
  )
}
