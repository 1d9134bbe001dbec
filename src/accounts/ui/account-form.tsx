import { Button, changesBetween, Combobox, countries, countryName, Drawer, Form, mineOver, navigate, Select, Stale, TextField, toast, useIntent } from '#web'
import { useState } from 'react'
import { segments } from '../model.ts'
import { accountBody, accountChange, accountDraft, accountNames, accountSaid, newAccount, type AccountDraft } from './drafts.ts'
import { useSaving } from './use-saving.ts'
import { accounts, type Account, type AccountChange } from './wire.ts'
import { segmentNames } from './words.ts'

export function NewAccount({ onClose }: { onClose: () => void }) {
  const [draft, setDraft] = useState<AccountDraft>(newAccount)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const intent = useIntent()
  const submit = async () => {
    setBusy(true)
    const body = accountBody(draft)
    await accounts('POST /api/v1/accounts', { body, idempotencyKey: intent.key(body) }).then(
      (made) => { toast({ text: `${made.name} is added`, tone: 'done' }); navigate(`/accounts/${made.id}`) }, (error: unknown) => { setProblem(error); setBusy(false) })
  }
  return (
    <Drawer open onClose={onClose} title="Add an account" description="A business that writes to us.">
      <Form label="Account" problem={problem} onSubmit={() => void submit()} actions={<><Button onClick={onClose}>Cancel</Button><Button type="submit" variant="primary" busy={busy} disabled={draft.name.trim() === ''}>Add</Button></>}>
        <Fields draft={draft} set={(change) => setDraft((before) => ({ ...before, ...change }))} />
      </Form>
    </Drawer>
  )
}

const patch = (id: string, body: AccountChange, version: number) => accounts('PATCH /api/v1/accounts/:id', { params: { id }, body, ifMatch: version })
const fetchNow = (id: string) => accounts('GET /api/v1/accounts/:id', { params: { id } })

/** The same fields, with what they were. */
function inverse(seen: Account, change: AccountChange): AccountChange {
  const before: AccountChange = { ...accountBody(accountDraft(seen)) }
  return Object.fromEntries(Object.entries(before).filter(([name]) => name in change))
}

/** The details become fields where they stand; what is saved over somebody else's change is asked about. */
export function EditAccount({ account, onDone }: { account: Account; onDone: () => void }) {
  const [seen, setSeen] = useState(account)
  const [draft, setDraft] = useState(() => accountDraft(account))
  const { problem, theirs, busy, save, forget } = useSaving({ seen, changeFrom: (over: Account) => accountChange(over, mineOver(accountDraft(seen), accountDraft(over), draft)), patch, fetchNow, inverse, onDone })
  const showTheirs = (now: Account) => { setSeen(now); setDraft(accountDraft(now)); forget() }
  return (
    <Form
      label="Details" problem={problem} onSubmit={() => void save()}
      actions={theirs ? null : <><Button onClick={onDone}>Cancel</Button><Button type="submit" variant="primary" busy={busy} disabled={draft.name.trim() === ''}>Save</Button></>}
    >
      <Fields draft={draft} set={(change) => setDraft((before) => ({ ...before, ...change }))} />
      {theirs ? <Stale busy={busy} changes={changesBetween(accountSaid(seen, countryName), accountSaid(theirs, countryName), accountNames)} onTheirs={() => showTheirs(theirs)} onMine={() => void save(theirs)} /> : null}
    </Form>
  )
}

function Fields({ draft, set }: { draft: AccountDraft; set: (change: Partial<AccountDraft>) => void }) {
  const [all] = useState(countries)
  return (
    <>
      <TextField label="Name" name="name" autoComplete="off" value={draft.name} onChange={(name) => set({ name })} />
      <Select label="Segment" name="segment" value={draft.segment} options={segments.map((value) => ({ value, label: segmentNames[value] }))} onChange={(segment) => set({ segment })} />
      <Combobox label="Country" name="country" clearable placeholder="Search, such as Mexico" value={draft.country} onChange={(country) => set({ country })} options={all.map(({ code, name }) => ({ value: code, label: name, detail: code }))} />
      <TextField label="Platform id" name="platformId" mono autoComplete="off" hint="What the business is called on your platform." value={draft.platformId} onChange={(platformId) => set({ platformId })} />
      <TextField label="Customer since" name="since" type="date" value={draft.since} onChange={(since) => set({ since })} />
    </>
  )
}
