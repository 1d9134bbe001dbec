import { Button, changesBetween, Combobox, Drawer, Form, mineOver, navigate, Stale, TextField, toast, useIntent } from '#web'
import { useState } from 'react'
import { normaliseAddress } from '../model.ts'
import { AccountField } from './account-field.tsx'
import { customerChange, customerDraft, customerNames, customerSaid, type CustomerDraft } from './drafts.ts'
import { useSaving } from './use-saving.ts'
import { accounts, useAccount, type Account, type Customer, type CustomerChange } from './wire.ts'
import { languages, zones } from './words.ts'

/** Somebody who writes for a business. */
export function NewCustomer({ account, onClose }: { account: Account; onClose: () => void }) {
  const [address, setAddress] = useState('')
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const intent = useIntent()
  const submit = async () => {
    setBusy(true)
    const body = { addresses: [address.trim()], name: name.trim(), accountId: account.id }
    await accounts('POST /api/v1/customers', { body, idempotencyKey: intent.key(body) }).then(
      (made) => { toast({ text: `${made.name || address.trim()} is added`, tone: 'done' }); navigate(`/customers/${made.id}`) }, (error: unknown) => { setProblem(error); setBusy(false) })
  }
  return (
    <Drawer open onClose={onClose} title="Add a customer" description={`Somebody who writes for ${account.name}.`}>
      <Form label="Customer" problem={problem} onSubmit={() => void submit()} actions={<><Button onClick={onClose}>Cancel</Button><Button type="submit" variant="primary" busy={busy} disabled={normaliseAddress(address) === null}>Add</Button></>}>
        <TextField label="Mail address" name="addresses" type="email" autoComplete="off" hint="Mail from it belongs to this person. More can be added later." value={address} onChange={setAddress} />
        <TextField label="Name" name="name" autoComplete="off" hint="Left empty, it is taken from the first mail." value={name} onChange={setName} />
      </Form>
    </Drawer>
  )
}

const patch = (id: string, body: CustomerChange, version: number) => accounts('PATCH /api/v1/customers/:id', { params: { id }, body, ifMatch: version })
const fetchNow = (id: string) => accounts('GET /api/v1/customers/:id', { params: { id } })

function inverse(seen: Customer, change: CustomerChange): CustomerChange {
  return Object.fromEntries(Object.entries(customerDraft(seen)).filter(([name]) => name in change))
}

/** The details become fields where they stand. */
export function EditCustomer({ customer, onDone }: { customer: Customer; onDone: () => void }) {
  const [seen, setSeen] = useState(customer)
  const [draft, setDraft] = useState<CustomerDraft>(() => customerDraft(customer))
  const { problem, theirs, busy, save, forget } = useSaving({ seen, changeFrom: (over: Customer) => customerChange(over, mineOver(customerDraft(seen), customerDraft(over), draft)), patch, fetchNow, inverse, onDone })
  const set = (change: Partial<CustomerDraft>) => setDraft((before) => ({ ...before, ...change }))
  const showTheirs = (now: Customer) => { setSeen(now); setDraft(customerDraft(now)); forget() }
  const [allLanguages] = useState(languages)
  const [allZones] = useState(zones)
  return (
    <Form label="Details" problem={problem} onSubmit={() => void save()} actions={theirs ? null : <><Button onClick={onDone}>Cancel</Button><Button type="submit" variant="primary" busy={busy}>Save</Button></>}>
      <TextField label="Name" name="name" autoComplete="off" value={draft.name} onChange={(name) => set({ name })} />
      <AccountField value={draft.accountId} onChange={(accountId) => set({ accountId })} />
      <Combobox label="Language" name="language" clearable placeholder="Search, such as Spanish" value={draft.language} onChange={(language) => set({ language })} options={allLanguages.map(({ tag, name }) => ({ value: tag, label: name, detail: tag }))} />
      <Combobox label="Time zone" name="timeZone" clearable placeholder="Search, such as Mexico" value={draft.timeZone} onChange={(timeZone) => set({ timeZone })} options={allZones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))} />
      {theirs ? <StaleCustomer seen={seen} now={theirs} busy={busy} onTheirs={() => showTheirs(theirs)} onMine={() => void save(theirs)} /> : null}
    </Form>
  )
}

function StaleCustomer({ seen, now, busy, onTheirs, onMine }: { seen: Customer; now: Customer; busy: boolean; onTheirs: () => void; onMine: () => void }) {
  const [before, after] = [useAccount(seen.accountId).data, useAccount(now.accountId).data]
  const nameOf = (id: string) => [before, after].find((account) => account?.id === id)?.name ?? 'another account'
  return <Stale busy={busy} changes={changesBetween(customerSaid(seen, nameOf), customerSaid(now, nameOf), customerNames)} onTheirs={onTheirs} onMine={onMine} />
}
