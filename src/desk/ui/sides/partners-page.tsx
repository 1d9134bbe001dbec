import { Plus } from 'lucide-react'
import { Badge, Button, Dialog, Empty, Form, Page, Problem, queries, Skeleton, Switch, Table, TextArea, TextField, useMe, type Column } from '#web'
import { useState } from 'react'
import { api } from '../data.ts'
import { usePartners } from '../merging/data.ts'
import type { Partner } from '../merging/wire.ts'

const dueWords = (hours: number | null) => (hours === null ? '–' : hours % 24 === 0 ? `${hours / 24} d` : `${hours} h`)

/** The address book of side conversations. */
export default function PartnersPage() {
  const may = useMe().may('partner.change')
  const found = usePartners()
  const [editing, setEditing] = useState<Partner | 'new' | null>(null)
  const columns: Column<Partner>[] = [
    { id: 'name', name: 'Partner', cell: ({ name, archived, note }) => <div className="desk-cell"><span className="desk-cell-badges"><span className="desk-cell-name">{name}</span>{archived ? <Badge>Put away</Badge> : null}</span>{note ? <span className="desk-cell-detail">{note}</span> : null}</div> },
    { id: 'address', name: 'Address', cell: ({ address }) => address },
    { id: 'due', name: 'Usually answers within', width: 180, align: 'right', wideOnly: true, cell: ({ dueHours }) => dueWords(dueHours) },
  ]
  return (
    <Page title="Partners" detail="Whom side conversations ask: banks, carriers, other departments. Nobody here is a customer." actions={may ? <Button variant="primary" icon={Plus} onClick={() => setEditing('new')}>New partner</Button> : null}>
      {found.isPending ? <Skeleton rows={6} /> : found.isError ? <Problem error={found.error} what="The partners" onRetry={() => void found.refetch()} />
        : <Table label="Partners" columns={columns} rows={found.data} keyOf={({ id }) => id} {...(may ? { onOpen: setEditing } : {})} empty={<Empty title="No partners yet">Whoever stands here is one click away when a case asks for them.</Empty>} />}
      {editing ? <PartnerDialog partner={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
    </Page>
  )
}

function PartnerDialog({ partner, onClose }: { partner: Partner | null; onClose: () => void }) {
  const [name, setName] = useState(partner?.name ?? '')
  const [address, setAddress] = useState(partner?.address ?? '')
  const [note, setNote] = useState(partner?.note ?? '')
  const [hours, setHours] = useState(partner?.dueHours ? String(partner.dueHours) : '')
  const [archived, setArchived] = useState(partner?.archived ?? false)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = () => {
    const body = { name: name.trim(), address: address.trim(), note: note.trim(), dueHours: /^\d{1,4}$/.test(hours.trim()) && Number(hours) > 0 ? Number(hours) : null }
    setBusy(true)
    setProblem(null)
    const sent = partner ? api('PATCH /api/v1/partners/:id', { params: { id: partner.id }, body: { ...body, archived }, ifMatch: partner.version }) : api('POST /api/v1/partners', { body })
    sent.then(() => queries.invalidateQueries({ queryKey: ['partners'] })).then(onClose, setProblem).finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={onClose} title={partner ? partner.name : 'New partner'} size="small">
      <Form onSubmit={submit} problem={problem} actions={<><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy}>{partner ? 'Save' : 'Add'}</Button></>}>
        <TextField label="Name" name="name" maxLength={200} value={name} onChange={setName} required />
        <TextField label="Mail address" name="address" type="email" autoComplete="off" value={address} onChange={setAddress} required />
        <TextField label="Usually answers within, in hours" name="dueHours" inputMode="numeric" value={hours} onChange={setHours} hint="Proposed as the time by which an answer is needed." />
        <TextArea label="Note" name="note" value={note} onChange={setNote} hint="What they need to know to answer." />
        {partner ? <Switch label="Put away" hint="Is not offered any more; what was asked stays." checked={archived} onChange={setArchived} /> : null}
      </Form>
    </Dialog>
  )
}
