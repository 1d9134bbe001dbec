import { X } from 'lucide-react'
import { Button, IconButton, KeyHint, Link, Problem, runCommand, Section, Skeleton, Time, useMe } from '#web'
import { useState } from 'react'
import { isUnsolved } from '../../cases/model.ts'
import { canChange } from '../can-change.ts'
import { StatusMark } from '../marks.tsx'
import { unlinkIncident } from '../merging/actions.ts'
import { useIncidents, useUpdates } from '../merging/data.ts'
import type { Incident } from '../merging/wire.ts'
import type { Case } from '../wire.ts'
import { statusNames } from '../words.ts'
import { UpdateLine } from './update-line.tsx'

const SHOWN = 12

/** The incidents of a problem by status, and what was sent to them. */
export function IncidentList({ view }: { view: Case }) {
  const me = useMe()
  const [found, updates] = [useIncidents(view.number), useUpdates(view.number)]
  const [all, setAll] = useState(false)
  const may = me.may('case.change') && canChange(view)
  const items = found.data ?? []
  return (
    <Section title="Incidents" compact count={view.incidents.all} detail={view.incidents.unsolved > 0 ? `${view.incidents.unsolved} not solved` : 'All solved'}>
      {found.isPending ? <Skeleton rows={3} rowHeight={26} /> : found.isError ? <Problem error={found.error} what="The incidents" compact onRetry={() => void found.refetch()} /> : null}
      {byStatus(all ? items : items.slice(0, SHOWN)).map(([status, incidents]) => (
        <div key={status}>
          <p className="kin-caption">{statusNames[status]} · {items.filter((incident) => incident.status === status).length}</p>
          <ul className="desk-people">{incidents.map((incident) => <Row key={incident.number} incident={incident} problem={view.number} may={may} />)}</ul>
        </div>
      ))}
      {!all && items.length > SHOWN ? <button type="button" className="desk-tool" onClick={() => setAll(true)}>Show all {items.length}</button> : null}
      <div className="kin-actions">
        {me.may('problem.update') && canChange(view) ? <Button size="small" command="case.update">Send an update</Button> : null}
        {may ? <button type="button" className="desk-tool" onClick={() => runCommand('case.incidents')}>Add incidents <KeyHint command="case.incidents" /></button> : null}
      </div>
      {(updates.data ?? []).map((update) => <UpdateLine key={update.id} problem={view.number} update={update} untold={untold(items, update.items.map(({ number }) => number))} />)}
    </Section>
  )
}

function Row({ incident, problem, may }: { incident: Incident; problem: number; may: boolean }) {
  return (
    <li className="desk-person">
      <StatusMark status={incident.status} />
      <Link href={`/cases/${incident.number}`} className="desk-person-name" title={`#${incident.number} ${incident.subject}`}>{incident.account ?? (incident.customer || incident.subject)}</Link>
      <span className="desk-person-role"><Time at={incident.openedAt} form="date" /></span>
      {may ? <IconButton icon={X} label={`Take #${incident.number} off the problem`} size="small" onClick={() => void unlinkIncident(problem, incident.number)} /> : null}
    </li>
  )
}

function byStatus(incidents: readonly Incident[]): [Incident['status'], Incident[]][] {
  const groups = new Map<Incident['status'], Incident[]>()
  for (const incident of incidents) groups.set(incident.status, [...(groups.get(incident.status) ?? []), incident])
  return [...groups]
}

/** Incidents at work that joined after an update and were not sent it. */
const untold = (incidents: readonly Incident[], told: readonly number[]): number[] =>
  incidents.filter(({ number, status }) => isUnsolved(status) && !told.includes(number)).map(({ number }) => number)
