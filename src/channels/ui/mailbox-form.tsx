import { Button, changesBetween, Drawer, Form, isStale, Section, Select, Stale, Switch, tellRefusal, TextField, toast, useEdit, useIntent } from '#web'
import { useState } from 'react'
import { imapSecurities } from '../email/mailboxes/model.ts'
import { MailboxProbe } from './mailbox-probe.tsx'
import { beginImap, bodyOf, draftOf, emptyMailbox, faultsIn, mailboxNames, mailboxSaid, securityNames, withSecurity, type ImapDraft, type MailboxDraft } from './mailbox-words.ts'
import { incoming, useQueues, type Mailbox } from './wire.ts'

type Faults = ReturnType<typeof faultsIn>

/** Sets a mailbox up, or changes one. */
export function MailboxDrawer({ mailbox, readOnly, onClose }: { mailbox: Mailbox | null; readOnly: boolean; onClose: () => void }) {
  return (
    <Drawer open onClose={onClose} title={mailbox ? mailbox.address : 'New mailbox'} description={mailbox ? 'One address that customers write to.' : 'An address that customers write to. Mail to it becomes cases of its queue.'}>
      <MailboxForm mailbox={mailbox} readOnly={readOnly} onClose={onClose} />
      {mailbox ? <MailboxProbe mailbox={mailbox} may={!readOnly} /> : null}
      {mailbox && !readOnly && !mailbox.standard ? <Archive mailbox={mailbox} onDone={onClose} /> : null}
    </Drawer>
  )
}

const draftFrom = (mailbox: Mailbox | null): MailboxDraft => (mailbox ? draftOf(mailbox) : emptyMailbox)

function MailboxForm({ mailbox, readOnly, onClose }: { mailbox: Mailbox | null; readOnly: boolean; onClose: () => void }) {
  const { seen, draft, set, theirs, mine } = useEdit(mailbox, draftFrom)
  const [problem, setProblem] = useState<unknown>(null)
  const [state, setState] = useState<'editing' | 'faulty' | 'saving'>('editing')
  const intent = useIntent()
  const queues = useQueues().data?.items ?? []
  const faults = state === 'faulty' ? faultsIn(draft) : {}
  const send = async (given: MailboxDraft, over: Mailbox | null) => {
    if (Object.keys(faultsIn(given)).length > 0) return setState('faulty')
    setState('saving')
    try {
      const body = bodyOf(given)
      if (over) await incoming('PATCH /api/v1/mailboxes/:id', { params: { id: over.id }, body, ifMatch: over.version })
      else await incoming('POST /api/v1/mailboxes', { body, idempotencyKey: intent.key(body) })
      toast({ text: over ? 'Mailbox saved' : `Mail to ${body.address} comes in from now on`, tone: 'done' })
      onClose()
    } catch (error) {
      setProblem(error)
      setState('editing')
    }
  }
  const said = (one: Mailbox) => mailboxSaid(one, (id) => queues.find((queue) => queue.id === id)?.name ?? 'another queue')
  const late = isStale(problem) && seen && mailbox
  return (
    <Form
      label="Mailbox" onSubmit={() => void send(draft, seen)} problem={late ? null : problem}
      actions={readOnly || late ? null : <><Button onClick={onClose}>Cancel</Button><Button type="submit" variant="primary" busy={state === 'saving'}>{seen ? 'Save' : 'Set it up'}</Button></>}
    >
      <AddressFields draft={draft} faults={faults} readOnly={readOnly} set={set} />
      <ImapFields draft={draft} faults={faults} readOnly={readOnly} known={Boolean(seen?.imap)} set={(imap) => set({ imap })} />
      {late ? <Stale busy={state === 'saving'} changes={changesBetween(said(seen), said(mailbox), mailboxNames)} onTheirs={() => { setProblem(null); theirs() }} onMine={() => void send(mine(), mailbox)} /> : null}
    </Form>
  )
}

interface FieldsProps {
  draft: MailboxDraft
  faults: Faults
  readOnly: boolean
}

function AddressFields({ draft, faults, readOnly, set }: FieldsProps & { set: (change: Partial<MailboxDraft>) => void }) {
  const queues = useQueues().data?.items ?? []
  return (
    <>
      <TextField label="Address" name="address" type="email" autoComplete="off" placeholder="help@example.com" disabled={readOnly} error={faults.address} value={draft.address} onChange={(address) => set({ address })} />
      <TextField label="Name" name="name" hint="Customers see it beside the address of your replies." placeholder="Northwind Support" disabled={readOnly} value={draft.name} onChange={(name) => set({ name })} />
      <Select
        label="Queue" name="queueId" disabled={readOnly} value={draft.queueId ?? 'topic'} onChange={(queueId) => set({ queueId: queueId === 'topic' ? null : queueId })}
        options={[{ value: 'topic', label: 'By topic' }, ...queues.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <Switch label="Standard mailbox" hint="New cases without a mailbox of their own are answered from it." disabled={readOnly} checked={draft.standard} onChange={(standard) => set({ standard })} />
    </>
  )
}

function ImapFields({ draft, faults, readOnly, known, set }: FieldsProps & { known: boolean; set: (imap: ImapDraft | null) => void }) {
  const { imap } = draft
  return (
    <fieldset className="channels-fieldset">
      <Switch
        label="Fetch mail over IMAP" hint="Without it, mail comes in over SMTP: point the MX record or a forwarding rule here." disabled={readOnly}
        checked={imap !== null} onChange={(on) => set(on ? beginImap(draft.address) : null)}
      />
      {imap ? <Server imap={imap} faults={faults} readOnly={readOnly} known={known} set={(change) => set({ ...imap, ...change })} /> : null}
    </fieldset>
  )
}

function Server({ imap, faults, readOnly, known, set }: { imap: ImapDraft; faults: Faults; readOnly: boolean; known: boolean; set: (change: Partial<ImapDraft>) => void }) {
  return (
    <div className="channels-server">
      <div className="channels-server-line">
        <TextField label="Server" disabled={readOnly} error={faults.host} value={imap.host} onChange={(host) => set({ host })} />
        <TextField label="Port" inputMode="numeric" disabled={readOnly} error={faults.port} value={imap.port} onChange={(port) => set({ port })} />
      </div>
      <Select label="Encryption" disabled={readOnly} value={imap.security} options={imapSecurities.map((value) => ({ value, label: securityNames[value] }))} onChange={(security) => set(withSecurity(imap, security))} />
      <TextField label="User" autoComplete="off" disabled={readOnly} error={faults.user} value={imap.user} onChange={(user) => set({ user })} />
      <TextField
        label="Password" type="password" autoComplete="new-password" disabled={readOnly} value={imap.password} onChange={(password) => set({ password })}
        placeholder={known ? 'Kept as it is' : ''} hint={known ? 'Write one only to change it.' : 'Kept encrypted with the key of this installation.'}
      />
      <TextField label="Folder" disabled={readOnly} value={imap.folder} onChange={(folder) => set({ folder })} />
      <Switch label="Mark mails as read on the server" disabled={readOnly} checked={imap.markSeen} onChange={(markSeen) => set({ markSeen })} />
    </div>
  )
}

/** Asked for twice, because there is no way back: the address can be set up anew, but mail in between is refused. */
function Archive({ mailbox, onDone }: { mailbox: Mailbox; onDone: () => void }) {
  const [asking, setAsking] = useState(false)
  const archive = () => void incoming('DELETE /api/v1/mailboxes/:id', { params: { id: mailbox.id } }).then(
    () => { toast({ text: `${mailbox.address} is put away`, tone: 'done' }); onDone() }, (error: unknown) => tellRefusal(error, 'Not put away'))
  return (
    <Section title="Put away" detail={`Mail to ${mailbox.address} is refused from then on (550). Its cases stay as they are.`}>
      {asking
        ? <div className="channels-row-actions"><Button variant="danger" onClick={archive}>Put {mailbox.address} away</Button><Button onClick={() => setAsking(false)}>Keep it</Button></div>
        : <Button onClick={() => setAsking(true)}>Put away ...</Button>}
    </Section>
  )
}
