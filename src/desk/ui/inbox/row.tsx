import { classes, Time, useMe, usePresence } from '#web'
import { SnoozedMark } from '../attention/snoozed-mark.tsx'
import { isUnsolved } from '../../cases/model.ts'
import { PriorityMark, People, StatusMark } from '../marks.tsx'
import type { Summary } from '../wire.ts'
import { Choose } from './choose.tsx'
import { RowPromise } from '../sla/bar.tsx'
import { personName } from '../words.ts'
import type { List } from './lists.ts'

interface CaseRowProps {
  row: Summary
  list: List
  onHover: () => void
}

/** A case in a list: in one line where there is room, in two where there is not. */
export function CaseRow({ row, list, onHover }: CaseRowProps) {
  const me = useMe()
  const there = usePresence(`case:${row.number}`).filter(({ agent }) => agent !== me.id)
  const who = personName(row.customer)
  const unread = row.unread && concerns(row, me.id)
  const showsAssignee = list.path !== '/lists/mine' && row.assignee !== null
  return (
    <div className={classes('desk-row', unread && 'desk-row-unread')} onPointerEnter={onHover}>
      <Choose row={row} list={list.key} />
      <span className="desk-row-mark">{unread ? <span className="desk-unread" role="img" aria-label="Unread" /> : null}</span>
      <StatusMark status={row.status} />
      <span className="desk-row-subject" title={row.subject}>{row.subject}</span>
      <span className="desk-row-priority"><PriorityMark priority={row.priority} /></span>
      <span className="desk-row-who" title={row.customer.email ?? who}>{who}</span>
      <span className="desk-row-topic">{row.topic?.title ?? ''}</span>
      <span className="desk-row-tags">{row.tags.slice(0, 2).map((tag) => <span key={tag} className="desk-row-tag">{tag}</span>)}</span>
      <span className="desk-row-people"><People people={there} />{row.snoozed ? <SnoozedMark snoozed={row.snoozed} short /> : null}{row.suggestions > 0 ? <span className="desk-row-suggested" title={`${row.suggestions} suggested`}>{row.suggestions} to decide</span> : null}</span>
      <span className="desk-row-assignee">{showsAssignee ? row.assignee?.name : ''}</span>
      <span className="desk-row-number figure">#{row.number}</span>
      <RowPromise shown={row.sla} />
      <span className="desk-row-time"><Time at={row.lastMessageAt} form="short" /></span>
    </div>
  )
}

/** What is new in colleagues' cases is theirs to read; a mark on every row would mark none. */
export const concerns = (row: Summary, me: string) => isUnsolved(row.status) && (row.assignee === null || row.assignee.id === me)
