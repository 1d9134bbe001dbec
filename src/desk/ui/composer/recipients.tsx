import { KeyHint, runCommand, Tag } from '#web'
import type { Case } from '../wire.ts'
import { personName } from '../words.ts'

/** To whom a reply goes: the customer, and those in copy, who can be left out of this one. */
export function Recipients({ view, cc, onChange }: { view: Case; cc: string[] | null; onChange: (cc: string[] | null) => void }) {
  const copies = view.participants.filter(({ role }) => role === 'cc')
  const kept = copies.filter(({ address }) => cc === null || cc.includes(address))
  const left = copies.filter((person) => !kept.includes(person))
  return (
    <div className="desk-to">
      <span className="desk-to-who" title={view.customer.email ?? ''}>To {personName(view.customer)}</span>
      {kept.map(({ address, name }) => <span key={address} title={address}><Tag onRemove={() => onChange(kept.map((person) => person.address).filter((other) => other !== address))}>{name || address}</Tag></span>)}
      {left.map(({ address, name }) => <button key={address} type="button" className="desk-to-left" title={`Put ${address} back in copy`} onClick={() => onChange(back(copies.map((person) => person.address), [...kept.map((person) => person.address), address]))}>+ {name || address}</button>)}
      <button type="button" className="desk-tool" onClick={() => runCommand('case.participant')}>Add copy <KeyHint command="case.participant" /></button>
    </div>
  )
}

/** With everybody back, the draft follows the case again. */
const back = (all: string[], kept: string[]) => (all.every((address) => kept.includes(address)) ? null : kept)
