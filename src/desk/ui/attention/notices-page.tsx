import { AlarmClock, ArrowRightLeft, AtSign, Bell, BellRing, CheckCheck, CircleAlert, Hourglass, Layers, MailX, MessageSquare, MessageSquareShare, PenLine, Settings2, UserRoundCheck } from 'lucide-react'
import { Button, Empty, IconButton, navigate, Problem, runCommand, Skeleton, Tabs, Time, useCommands, usePages, useQueryParams, useTitle, VirtualList, classes, type Icon } from '#web'
import { useCallback, useState } from 'react'
import { sayNotice, type NoticeKind } from '../../attention/notices/model.ts'
import { api } from '../data.ts'
import { counted } from '../words.ts'
import './attention.css'
import './case.css'
import { addressOf, mark, markWithUndo, useNoticeCount } from './notices.ts'
import type { Notice } from './wire.ts'

const icons: Readonly<Record<NoticeKind, Icon>> = {
  assigned: UserRoundCheck, handOver: ArrowRightLeft, mention: AtSign, customerReplied: MessageSquare, colleagueWrote: PenLine, slaAtRisk: Hourglass, slaBreached: CircleAlert, woke: AlarmClock, undelivered: MailX,
  sideAnswered: MessageSquareShare, sideOverdue: Hourglass, bulkDone: Layers,
}
const urgent: ReadonlySet<NoticeKind> = new Set(['slaBreached', 'undelivered'])
const soon: ReadonlySet<NoticeKind> = new Set(['slaAtRisk', 'sideOverdue'])

type State = 'open' | 'unread' | 'done'
const keyOf = (notice: Notice) => notice.id
const ROW = 56

/** Everything that one is told of, the newest first: `/notices`. */
export default function NoticesPage() {
  useTitle('Notices')
  const [params, setParams] = useQueryParams()
  const state: State = params['state'] === 'unread' || params['state'] === 'done' ? params['state'] : 'open'
  const unread = useNoticeCount().data?.unread
  const pages = usePages<Notice>(['notices', 'list', state], (page, signal) => api('GET /api/v1/notices', { query: { state, ...page }, signal }), 100)
  return (
    <div className="attention-notices">
      <header className="attention-head">
        <h1 className="attention-title">Notices</h1>
        <div className="attention-actions">
          <IconButton icon={Settings2} label="What I am told of" onClick={() => navigate('/settings/notifications')} />
          <Button icon={CheckCheck} command="notices.readAll" size="small" />
        </div>
      </header>
      <Tabs label="Which notices" value={state} onChange={(next) => setParams({ state: next === 'open' ? null : next })} tabs={[{ value: 'open', label: 'All' }, { value: 'unread', label: 'Unread', ...(unread ? { count: unread } : {}) }, { value: 'done', label: 'Done' }]} />
      {pages.error && !pages.items ? <Problem error={pages.error} what="Your notices" onRetry={pages.retry} /> : pages.items ? <Rows state={state} items={pages.items} more={pages.more} loadingMore={pages.loadingMore} unread={unread ?? 0} /> : <Skeleton rows={10} rowHeight={ROW} />}
    </div>
  )
}

interface RowsProps {
  state: State
  items: readonly Notice[]
  more: () => void
  loadingMore: boolean
  unread: number
}

function Rows({ state, items, more, loadingMore, unread }: RowsProps) {
  const [selected, setSelected] = useState<string | null>(null)
  const at = items.find(({ id }) => id === selected)
  const open = useCallback((notice: Notice) => {
    if (notice.readAt === null) void mark('read', { ids: [notice.id] })
    navigate(addressOf(notice))
  }, [])
  const row = useCallback((notice: Notice) => <Row notice={notice} />, [])
  const finish = (notice: Notice) => {
    runCommand('list.next')
    void markWithUndo(notice.doneAt === null ? 'done' : 'undone', { ids: [notice.id] }, () => (notice.doneAt === null ? 'Done' : 'Back in the list'))
  }
  useCommands([
    { id: 'notices.open', name: 'Open the notice', keys: ['Enter', 'o'], section: 'Notices', when: () => at !== undefined && document.activeElement?.closest('button, a') === null, perform: () => { if (at) open(at) } },
    { id: 'notices.done', name: state === 'done' ? 'Back into the list' : 'Done with the notice', keys: ['e'], section: 'Notices', when: () => at !== undefined, perform: () => { if (at) finish(at) } },
    { id: 'notices.read', name: at?.readAt === null ? 'Mark as read' : 'Mark as unread', keys: ['shift+u'], section: 'Notices', when: () => at !== undefined && at.doneAt === null, perform: () => { if (at) void mark(at.readAt === null ? 'read' : 'unread', { ids: [at.id] }) } },
    { id: 'notices.readAll', name: 'Mark all as read', keys: ['shift+a'], section: 'Notices', when: () => unread > 0, perform: () => void markWithUndo('read', {}, (count) => `${counted(count, 'notice')} marked as read`) },
  ], [at, state, unread, open])
  return (
    <VirtualList
      label="Notices" items={items} keyOf={keyOf} row={row} rowHeight={ROW} selected={selected} onSelect={setSelected} onOpen={open} listKey={state} onEndReached={more} loadingMore={loadingMore}
      empty={<Nothing state={state} />}
    />
  )
}

const Nothing = ({ state }: { state: State }) => (state === 'done' ? <Empty icon={Bell} title="Nothing is done yet">Notices that you are done with stand here for a month.</Empty>
  : <Empty icon={Bell} title={state === 'unread' ? 'You have read everything' : 'Nothing to tell'}>Cases that come to you, mentions, answers of customers and promises that are due stand here. What you are told of is up to you: <a href="/settings/notifications">choose</a>.</Empty>)

function Row({ notice }: { notice: Notice }) {
  const Drawn = icons[notice.kind]
  const fresh = notice.readAt === null && notice.doneAt === null
  return (
    <div className={classes('attention-row', fresh && 'attention-row-unread')}>
      <span className={classes('attention-row-icon', urgent.has(notice.kind) && 'attention-late', soon.has(notice.kind) && 'attention-soon')}>{fresh ? <BellRing className="unseen" aria-label="Unread" /> : null}<Drawn size={16} aria-hidden /></span>
      <span className="attention-row-said">{sayNotice(notice)}</span>
      <span className="attention-row-time"><Time at={notice.lastAt} form="short" /></span>
      <span className="attention-row-about">{notice.case ? <><span className="figure">#{notice.case.number}</span> {notice.case.subject}</> : null}{notice.words ? <span className="attention-row-words">{notice.words}</span> : null}</span>
    </div>
  )
}
