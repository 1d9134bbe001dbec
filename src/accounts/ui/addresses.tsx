import { ApiProblem, Button, Form, IconButton, Id, inWords, Link, Section, takeFocus, tellRefusal, TextField, toast, useMe } from '#web'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { normaliseAddress } from '../model.ts'
import { accounts, type Customer } from './wire.ts'

const add = (id: string, address: string) => accounts('POST /api/v1/customers/:id/addresses', { params: { id }, body: { address } })

/** By which addresses we know somebody; the first is the one to write to. */
export function Addresses({ customer }: { customer: Customer }) {
  const may = useMe().may('customer.change') && customer.mergedInto === null
  const [adding, setAdding] = useState(false)
  const remove = (address: string) => void accounts('DELETE /api/v1/customers/:id/addresses/:address', { params: { id: customer.id, address } }).then(
    () => toast({ text: `${address} is removed`, undo: () => void add(customer.id, address).catch((error: unknown) => tellRefusal(error, 'Not undone')) }), (error: unknown) => tellRefusal(error, 'Not removed'))
  return (
    <Section title="Addresses" count={customer.addresses.length} actions={may && !adding ? <Button size="small" variant="quiet" icon={Plus} onClick={() => setAdding(true)}>Add</Button> : null}>
      <ul className="accounts-addresses">
        {customer.addresses.map((address, index) => (
          <li key={address}>
            <Id value={address} label="Copy the address" />
            {index === 0 && customer.addresses.length > 1 ? <span className="accounts-quiet">written to</span> : null}
            {may && customer.addresses.length > 1 ? <IconButton size="small" icon={X} label={`Remove ${address}`} onClick={() => remove(address)} /> : null}
          </li>
        ))}
      </ul>
      {adding ? <NewAddress customer={customer} onDone={() => setAdding(false)} /> : null}
    </Section>
  )
}

function NewAddress({ customer, onDone }: { customer: Customer; onDone: () => void }) {
  const [address, setAddress] = useState('')
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    await add(customer.id, address.trim()).then(onDone, (error: unknown) => { setProblem(error); setBusy(false) })
  }
  return (
    <Form label="Another address" onSubmit={() => void submit()} actions={<><Button size="small" onClick={onDone}>Cancel</Button><Button size="small" type="submit" variant="primary" busy={busy} disabled={normaliseAddress(address) === null}>Add</Button></>}>
      <TextField label="New address" hideLabel type="email" ref={takeFocus} autoComplete="off" placeholder="ana@example.com" value={address} onChange={(text) => { setAddress(text); setProblem(null) }} />
      {problem ? <p className="form-problem" role="alert">{inWords(problem)} <Holder problem={problem} /></p> : null}
    </Form>
  )
}

/** Whose address it is already: the way to merge the two. */
function Holder({ problem }: { problem: unknown }) {
  const holder = problem instanceof ApiProblem && problem.code === 'address.taken' ? problem.detail['customerId'] : null
  return typeof holder === 'string' ? <Link href={`/customers/${holder}`}>Show who has it</Link> : null
}
