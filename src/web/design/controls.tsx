import { Archive, Ellipsis, Plus, Search, Star } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '../parts/button.tsx'
import { Combobox } from '../parts/combobox.tsx'
import { Select } from '../parts/select.tsx'
import { TextArea, TextField } from '../parts/text.tsx'
import { Checkbox, Switch } from '../parts/toggle.tsx'

const VARIANTS = [['primary', 'Send reply'], ['secondary', 'Assign'], ['quiet', 'Cancel'], ['danger', 'Discard']] as const

export function Presses() {
  return (
    <div className="design-stack">
      {VARIANTS.map(([variant, word]) => (
        <div key={variant} className="design-row">
          <Button variant={variant}>{word}</Button>
          <Button variant={variant} data-look="hover">{word}</Button>
          <Button variant={variant} data-look="focus">{word}</Button>
          <Button variant={variant} disabled>{word}</Button>
          <Button variant={variant} busy>{word}</Button>
        </div>
      ))}
      <div className="design-row">
        <Button icon={Plus}>New case</Button><Button size="small" icon={Archive}>Small</Button>
        <IconButton icon={Star} label="Star" /><IconButton icon={Star} label="Starred" pressed /><IconButton icon={Ellipsis} label="More" data-look="hover" /><IconButton icon={Ellipsis} label="More" size="small" />
      </div>
    </div>
  )
}

export function Fields() {
  const [name, setName] = useState('Northwind Ltda.')
  const [address, setAddress] = useState('ana@northwind')
  const [note, setNote] = useState('Asked the bank; they answer by Thursday.\nUntil then the case waits.')
  return (
    <div className="design-two">
      <TextField label="Name" hint="As customers know it" value={name} onChange={setName} />
      <TextField label="Mail address" error="This has another form than asked for" value={address} onChange={setAddress} />
      <TextField label="Search" hideLabel icon={Search} placeholder="Search cases" value="" onChange={() => {}} />
      <TextField label="Reference" mono disabled value="po_1NvB2e2eZvKYlo2C" onChange={() => {}} />
      <TextField label="Focused" data-look="focus" value="Where the keys go" onChange={() => {}} />
      <TextArea label="Note" value={note} onChange={setNote} rows={2} />
    </div>
  )
}

const QUEUES = [{ value: 'payouts', label: 'Payouts' }, { value: 'disputes', label: 'Disputes' }, { value: 'onboarding', label: 'Onboarding' }]
const AGENTS = ['Ana Ruiz', 'Aoife Byrne', 'Arjun Rao', 'Lee Chen', 'María José Ortega', 'Priya Nair', 'Seán Murphy'].map((label) => ({ value: label, label, detail: label.startsWith('A') ? 'available' : 'busy' }))

export function Choices() {
  const [queue, setQueue] = useState<string | null>('payouts')
  const [agent, setAgent] = useState<string | null>('Lee Chen')
  const [copy, setCopy] = useState(true)
  const [mute, setMute] = useState(false)
  return (
    <div className="design-two">
      <Select label="Queue" value={queue} onChange={setQueue} options={QUEUES} />
      <Combobox label="Agent" value={agent} onChange={setAgent} options={AGENTS} clearable placeholder="Search agents" />
      <div className="design-stack"><Checkbox label="Send a copy" checked={copy} onChange={setCopy} hint="To everybody on the case" /><Checkbox label="Not allowed" checked disabled onChange={() => {}} /></div>
      <div className="design-stack"><Switch label="Mute this case" checked={mute} onChange={setMute} /><Switch label="Remote images" checked onChange={() => {}} /></div>
    </div>
  )
}
