import { GitMerge, Undo2, X } from 'lucide-react'
import { Button, IconButton, KeyHint, Link, runCommand, Section, useMe } from '#web'
import { isUnsolved } from '../../cases/model.ts'
import { canChange } from '../can-change.ts'
import { StatusMark } from '../marks.tsx'
import { IncidentList } from '../problems/incident-list.tsx'
import { SideList } from '../sides/side-list.tsx'
import type { Case } from '../wire.ts'
import { counted } from '../words.ts'
import { unlinkIncident, unmerge } from './actions.ts'
import { askKin } from './asking.ts'
import { useSuggestions } from './data.ts'
import './merging.css'

/** What a case hangs together with: side conversations, incidents, what was merged into it and what might be. */
export function KinPanel({ view }: { view: Case }) {
  return (
    <>
      <SideList view={view} />
      {view.incidents.all > 0 ? <IncidentList view={view} /> : null}
      {view.parent ? <Parent view={view} /> : null}
      <Merged view={view} />
    </>
  )
}

function Parent({ view }: { view: Case }) {
  const may = useMe().may('case.change') && canChange(view)
  const { parent } = view
  if (!parent) return null
  return (
    <Section title="Incident of" compact>
      <div className="desk-person">
        <StatusMark status={parent.status} /><Link href={`/cases/${parent.number}`} className="desk-person-name" title={parent.subject}>{parent.subject}</Link><span className="desk-person-role">#{parent.number}</span>
        {may ? <IconButton icon={X} label={`Take the case off #${parent.number}`} size="small" onClick={() => void unlinkIncident(parent.number, view.number)} /> : null}
      </div>
    </Section>
  )
}

/** So alike are the subjects of cases that are offered for merging at once. */
const ALIKE = 0.2

function Merged({ view }: { view: Case }) {
  const may = useMe().may('case.merge') && canChange(view)
  const others = useSuggestions(view.number, may && isUnsolved(view.status)) ?? []
  if (view.merges.length === 0 && others.length === 0) return null
  const alike = others.filter(({ likeness }) => likeness >= ALIKE)
  return (
    <Section title={view.merges.length > 0 ? 'Merged' : 'Merge?'} compact {...(view.merges.length > 0 ? { count: view.merges.length } : {})}>
      {view.merges.length > 0 ? (
        <ul className="desk-people">
          {view.merges.map(({ number, subject }) => (
            <li key={number} className="desk-person">
              <GitMerge size={14} aria-hidden /><span className="desk-person-name" title={subject}>{subject}</span><span className="desk-person-role">#{number}</span>
              {may ? <IconButton icon={Undo2} label={`Take #${number} out again`} size="small" onClick={() => void unmerge(number, view.number)} /> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {others.length > 0 && may ? (
        <>
          <p className="kin-suggests">{view.customer.name || 'The customer'} has {counted(others.length, 'other open case')}.</p>
          <ul className="desk-people">
            {(alike.length > 0 ? alike : others).slice(0, 3).map((one) => (
              <li key={one.number} className="desk-person">
                <StatusMark status={one.status} /><Link href={`/cases/${one.number}`} className="desk-person-name" title={one.subject}>{one.subject}</Link>
                <Button size="small" variant="quiet" onClick={() => askKin({ what: 'merge', number: view.number, other: one.number })}>Merge</Button>
              </li>
            ))}
          </ul>
          <button type="button" className="desk-tool" onClick={() => runCommand('case.merge')}>Merge with another <KeyHint command="case.merge" /></button>
        </>
      ) : null}
    </Section>
  )
}
