import { KeyHint, runCommand, Tag, Time, useMe } from '#web'
import type { ReactNode } from 'react'
import { setTags } from '../actions.ts'
import { canChange } from '../can-change.ts'
import { useNames } from '../data.ts'
import { PriorityMark, StatusMark } from '../marks.tsx'
import type { Case } from '../wire.ts'

/** How the case stands; each value is changed where it stands, by its key or by a click. */
export function Details({ view }: { view: Case }) {
  const may = useMe().may('case.change') && canChange(view)
  return (
    <dl className="desk-details">
      <Detail may={may} name="Status" command="case.status"><StatusMark status={view.status} word /></Detail>
      <Detail may={may} name="Priority" command="case.priority"><PriorityMark priority={view.priority} word /></Detail>
      <Detail may={may} name="Assignee" command="case.assign" none={!view.assignee}>{view.assignee?.name ?? 'Nobody'}</Detail>
      <Detail may={may} name="Team" command="case.team" none={!view.team}>{view.team?.name ?? 'None'}</Detail>
      <Detail may={may} name="Queue" command="case.queue">{view.queue.name}</Detail>
      <Detail may={may} name="Topic" command="case.topic" none={!view.topic}>{view.topic?.title ?? 'None'}</Detail>
      <Tags view={view} />
      <Moment name="Opened" at={view.openedAt} />
      {view.waitingSince ? <Moment name="Waiting since" at={view.waitingSince} /> : null}
      {view.solvedAt ? <Moment name="Solved" at={view.solvedAt} /> : null}
      {view.reopens > 0 ? <div className="desk-detail"><dt>Reopened</dt><dd className="desk-detail-text">{view.reopens === 1 ? 'once' : `${view.reopens} times`}</dd></div> : null}
    </dl>
  )
}

function Detail({ may, name, command, none, children }: { may: boolean; name: string; command: string; none?: boolean; children: ReactNode }) {
  const value = <span className={none ? 'desk-detail-none' : undefined}>{children}</span>
  return (
    <div className="desk-detail">
      <dt>{name}</dt>
      <dd>{may ? <button type="button" className="desk-detail-value" aria-label={`Change: ${name}`} onClick={() => runCommand(command)}>{value}<span className="desk-detail-key"><KeyHint command={command} /></span></button> : <span className="desk-detail-text">{value}</span>}</dd>
    </div>
  )
}

function Tags({ view }: { view: Case }) {
  const me = useMe()
  const names = useNames(view)
  const may = me.may('case.change') && canChange(view)
  return (
    <div className="desk-detail">
      <dt>Tags</dt>
      <dd className="desk-detail-tags">
        {view.tags.map((tag) => <Tag key={tag} {...(may ? { onRemove: () => void setTags({ row: view, names }, view.tags.filter((other) => other !== tag)) } : {})}>{tag}</Tag>)}
        {may ? <button type="button" className="desk-tool" onClick={() => runCommand('case.tags')}>Add <KeyHint command="case.tags" /></button> : null}
      </dd>
    </div>
  )
}

const Moment = ({ name, at }: { name: string; at: string }) => <div className="desk-detail"><dt>{name}</dt><dd className="desk-detail-text"><Time at={at} /></dd></div>
