import { X } from 'lucide-react'
import { IconButton, KeyHint, Link, queries, runCommand, useMe } from '#web'
import { tried } from '../actions.ts'
import { canChange } from '../can-change.ts'
import { api, keys } from '../data.ts'
import { StatusMark } from '../marks.tsx'
import type { Case } from '../wire.ts'

/** Who gets our replies: the customer, and those in copy. */
export function Participants({ view }: { view: Case }) {
  const me = useMe()
  const may = me.may('case.change') && canChange(view)
  const leave = (address: string) => tried('Not taken off', async () => {
    queries.setQueryData(keys.case(view.number), await api('DELETE /api/v1/cases/:number/participants/:address', { params: { number: view.number, address } }))
  })
  return (
    <ul className="desk-people">
      {view.participants.map(({ address, name, role }) => (
        <li key={address} className="desk-person">
          <span className="desk-person-name" title={address}>{name || address}</span>
          <span className="desk-person-role">{role === 'cc' ? 'in copy' : 'customer'}</span>
          {role === 'cc' && may ? <IconButton icon={X} label={`Take ${name || address} off the case`} size="small" onClick={() => void leave(address)} /> : null}
        </li>
      ))}
      {may ? <li><button type="button" className="desk-tool" onClick={() => runCommand('case.participant')}>Put somebody in copy <KeyHint command="case.participant" /></button></li> : null}
    </ul>
  )
}

const kinds: Readonly<Record<string, string>> = { related: 'Related', duplicate: 'Duplicate', problem: 'Cause', followUp: 'Follow-up', followUpOf: 'Follows up' }

export function Links({ view }: { view: Case }) {
  const me = useMe()
  const unlink = (other: number) => tried('Link not taken away', () => api('DELETE /api/v1/cases/:number/links/:other', { params: { number: view.number, other } }))
  return (
    <ul className="desk-people">
      {view.links.map((link) => (
        <li key={`${link.number} ${link.as}`} className="desk-person">
          <StatusMark status={link.status} />
          <Link href={`/cases/${link.number}`} className="desk-person-name">{link.subject}</Link>
          <span className="desk-person-role">{kinds[link.as] ?? link.as}</span>
          {me.may('case.change') && !link.as.startsWith('followUp') ? <IconButton icon={X} label={`Take the link to #${link.number} away`} size="small" onClick={() => void unlink(link.number)} /> : null}
        </li>
      ))}
    </ul>
  )
}
