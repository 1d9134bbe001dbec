import { Button, Combobox, Dialog, Problem, tellRefusal, toast, useLater } from '#web'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { accounts, useAccount, useCustomer, useFoundCustomers, type Customer } from './wire.ts'
import { mergeWords, nameOf } from './words.ts'

/** Says that somebody else is the same person: first what will happen, then the merge, which can be taken back. */
export function MergeDialog({ kept, onClose }: { kept: Customer; onClose: () => void }) {
  const [other, setOther] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const merge = async () => {
    if (other === null) return
    setBusy(true)
    await accounts('POST /api/v1/customers/:id/merges', { params: { id: kept.id }, body: { merged: other } }).then(
      (done) => { toast({ text: `Merged into ${nameOf(kept)}`, undo: () => void undoMerge(done.id) }); onClose() }, (error: unknown) => { tellRefusal(error, 'Not merged'); setBusy(false) })
  }
  return (
    <Dialog
      open onClose={onClose} title={`Who else is ${nameOf(kept)}?`} description="Choose the customer who is the same person. This one stays; the other one becomes part of it."
      footer={<><Button onClick={onClose}>Cancel</Button><Button variant="primary" busy={busy} disabled={other === null} onClick={() => void merge()}>Merge</Button></>}
    >
      <Other kept={kept} value={other} onChange={setOther} />
      {other ? <Preview kept={kept} other={other} /> : null}
    </Dialog>
  )
}

export const undoMerge = (id: string) =>
  accounts('DELETE /api/v1/merges/:id', { params: { id } }).then(() => void toast({ text: 'The merge is taken back', tone: 'done' }), (error: unknown) => tellRefusal(error, 'Not taken back'))

function Other({ kept, value, onChange }: { kept: Customer; value: string | null; onChange: (id: string | null) => void }) {
  const [q, setQ] = useState('')
  const [, search] = useLater(q, setQ)
  const found = useFoundCustomers(q)
  const chosen = useCustomer(value ?? kept.id).data
  const people = (found.data?.items ?? []).filter(({ id }) => id !== kept.id)
  const options = [...(value && chosen && !people.some(({ id }) => id === chosen.id) ? [chosen] : []), ...people]
  return (
    <Combobox
      label="The same person" placeholder="Search by name or address" clearable value={value} onChange={onChange} onSearch={search} busy={found.isFetching} nothing={q === '' ? 'Write the beginning of a name or an address' : 'Nobody begins so'}
      options={options.map((person) => ({ value: person.id, label: nameOf(person), detail: person.name ? person.addresses[0] ?? '' : '' }))}
    />
  )
}

function Preview({ kept, other }: { kept: Customer; other: string }) {
  const { data: merged, error } = useCustomer(other)
  const [ours, theirs] = [useAccount(kept.accountId).data, useAccount(merged?.accountId).data]
  if (error) return <Problem error={error} compact />
  if (!merged) return null
  const accountName = (id: string) => [ours, theirs].find((account) => account?.id === id)?.name ?? 'its account'
  return (
    <section className="accounts-preview" aria-label="What will happen">
      <h3>What will happen</h3>
      <ul>{mergeWords(kept, merged, accountName).map((sentence) => <li key={sentence}><Check size={14} aria-hidden />{sentence}</li>)}</ul>
    </section>
  )
}
