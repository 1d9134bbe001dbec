import { X } from 'lucide-react'
import { Button, IconButton, useNow } from '#web'
import { useMemo, type RefObject } from 'react'
import { previewOf, wordsOf, type ActionSubject } from '../../actions/model.ts'
import { unfilledIn } from '../../snippets/model.ts'
import { useActionNames } from '../actions/names.ts'
import { reason } from '../bulk/words.ts'
import type { Case } from '../wire.ts'
import { leaveOut, usePending } from './pending.ts'
import { goToUnfilled } from './taking.ts'
import './macros.css'

/** A case as the reader sees it, for previews. */
export const subjectOfView = (view: Case): ActionSubject => ({
  number: view.number, status: view.status, priority: view.priority, kind: view.kind, queue: view.queue, team: view.team?.id ?? null, assignee: view.assignee?.id ?? null, topic: view.topic?.key ?? null,
  tags: view.tags, removed: view.removed, snoozed: view.snoozed ? view.snoozed.until ?? 'customer' : null,
})

/** What macros do to the case when this is sent; each can be left out. What changes nothing, or would be refused, says so. */
export function Along({ view, note }: { view: Case; note: boolean }) {
  const { deeds } = usePending(view.number)
  const names = useActionNames()
  const now = useNow()
  const previews = useMemo(() => deeds.map((deed) => previewOf(subjectOfView(view), [deed], { now, me: 'me' })), [deeds, view, now])
  if (deeds.length === 0) return null
  return (
    <div className="desk-along" role="group" aria-label={note ? 'With this note' : 'With this reply'}>
      <span className="desk-along-title">{note ? 'With this note' : 'With this reply'}</span>
      <ul>
        {deeds.map((deed, at) => {
          const [words, preview] = [wordsOf(deed, names), previews[at]]
          const refused = preview?.refusals[0]
          const quiet = preview && !refused && preview.changes.length === 0
          return (
            // eslint-disable-next-line react/no-array-index-key -- actions are known by their place alone
            <li key={at} className="desk-along-deed" data-refused={refused ? '' : undefined} data-same={quiet ? '' : undefined}>
              <span>{words}{refused ? `: ${reason(refused)}` : quiet ? ' (is so already)' : ''}</span>
              <IconButton icon={X} size="small" label={`Leave out: ${words}`} onClick={() => leaveOut(view.number, at)} />
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** Variables that are not filled in: such a reply does not leave. */
export function Unfilled({ body, area }: { body: string; area: RefObject<HTMLTextAreaElement | null> }) {
  const missing = unfilledIn(body)
  if (missing.length === 0) return null
  return (
    <div className="desk-notice desk-notice-soon" role="status">
      <p>Not filled in: {missing.map((name) => <code key={name}>{`{{${name}}}`}</code>)}</p>
      <div className="desk-notice-actions"><Button size="small" onClick={() => goToUnfilled(area.current)}>Go to it</Button><span className="desk-writing-hint">Write over it, or take it out. It is not sent like this.</span></div>
    </div>
  )
}
