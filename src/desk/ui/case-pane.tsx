import { ArrowLeft, Ellipsis, PanelRight } from 'lucide-react'
import { Button, classes, Empty, Id, IconButton, Menu, Problem, runCommand, Skeleton, useMe, useTitle, type MenuItem, ApiProblem } from '#web'
import { useCallback, useRef, useState, type ReactNode } from 'react'
import { isUnsolved } from '../cases/model.ts'
import { SnoozedMark } from './attention/snoozed-mark.tsx'
import { canChange } from './can-change.ts'
import { KinBanner, MergedAway } from './merging/banner.tsx'
import { Composer } from './composer/composer.tsx'
import { useCase, useFacts, useMessages, useNames } from './data.ts'
import { People, PriorityMark, StatusMark } from './marks.tsx'
import { useHere } from './presence.ts'
import { HeadPromise } from './sla/head.tsx'
import { Timeline } from './timeline/timeline.tsx'
import { useSeen } from './timeline/seen.ts'
import type { Case } from './wire.ts'

/** An open case: its head, its timeline, and where one writes. */
export function CasePane({ number, back }: { number: number; back: () => void }) {
  const [view, messages, facts] = [useCase(number), useMessages(number), useFacts(number)]
  useTitle(view.data ? `#${number} ${view.data.subject}` : `#${number}`)
  if (view.isError && !view.data) return <Missing error={view.error} number={number} back={back} retry={() => void view.refetch()} />
  if (!view.data || !messages.data) return <CaseSkeleton back={back} problem={messages.error} retry={() => void messages.refetch()} />
  if (view.data.mergedInto) return <MergedAway view={view.data} />
  return <Opened view={view.data} messages={messages.data} facts={facts.data ?? []} back={back} />
}

function Missing({ error, number, back, retry }: { error: unknown; number: number; back: () => void; retry: () => void }) {
  if (error instanceof ApiProblem && error.status === 404) {
    return <div className="desk-case"><Empty title={`There is no case #${number} that you may see`} action={<Button onClick={back}>Back to the list</Button>}>The number may be wrong, or the case lies in a queue of another team.</Empty></div>
  }
  return <div className="desk-case"><Problem error={error} what="The case" onRetry={retry} /></div>
}

function CaseSkeleton({ back, problem, retry }: { back: () => void; problem: unknown; retry: () => void }) {
  return (
    <div className="desk-case">
      <header className="desk-head"><IconButton icon={ArrowLeft} label="Back to the list" className="desk-back" onClick={back} /><div className="desk-subject"><Skeleton width="50%" height={16} /></div></header>
      {problem ? <Problem error={problem} what="The messages" onRetry={retry} /> : <div className="desk-timeline-wait"><Skeleton rows={4} rowHeight={88} /></div>}
    </div>
  )
}

interface OpenedProps {
  view: Case
  messages: NonNullable<ReturnType<typeof useMessages>['data']>
  facts: NonNullable<ReturnType<typeof useFacts>['data']>
  back: () => void
}

function Opened({ view, messages, facts, back }: OpenedProps) {
  const me = useMe()
  const names = useNames(view, messages)
  const [writing, setWriting] = useState(false)
  const there = useHere(view.number, writing)
  const { seenId, note } = useSeen(view.number, messages, me.kind === 'agent')
  const timeline = useRef<HTMLDivElement>(null)
  const leave = useCallback(() => timeline.current?.focus({ preventScroll: true }), [])
  return (
    <div className="desk-case" data-scope="case">
      <Head view={view} there={there} back={back} />
      <KinBanner view={view} />
      <Timeline scroller={timeline} view={view} messages={messages} facts={facts} names={names} onSeen={note} />
      {me.may('case.reply') ? <Composer view={view} messages={messages} seenId={seenId} there={there} onWriting={setWriting} onLeave={leave} /> : null}
    </div>
  )
}

const more: MenuItem[] = [
  { command: 'case.snooze' }, { command: 'case.wake' }, { command: 'case.watch' }, { command: 'case.mute' }, 'line', { command: 'case.handOver' }, { command: 'case.participant' }, { command: 'case.link' }, { command: 'case.merge' }, { command: 'case.split' }, { command: 'case.side' }, { command: 'case.incidentOf' }, { command: 'case.incidents' }, { command: 'case.update' }, { command: 'case.subject' }, 'line', { command: 'case.copyNumber' }, { command: 'case.copyLink' }, 'line',
  { command: 'case.reopen' }, { command: 'case.restore' }, { command: 'case.spam' }, { command: 'case.trash' },
]

function Head({ view, there, back }: { view: Case; there: ReturnType<typeof useHere>; back: () => void }) {
  const me = useMe()
  const works = me.may('case.change') && isUnsolved(view.status) && view.removed === null
  return (
    <header className="desk-head">
      <IconButton icon={ArrowLeft} label="Back to the list" className="desk-back" onClick={back} />
      <h1 className="desk-subject"><span title={view.subject}>{view.subject}</span><Id value={`#${view.number}`} label="Copy the number" /></h1>
      <Standing view={view} />
      <div className="desk-head-there"><People people={there} /></div>
      <div className="desk-head-actions">
        {works && view.assignee === null ? <Button command="case.take" size="small" /> : null}
        {works ? <Button command="case.solve" size="small" /> : null}
        {view.removed && me.may('case.remove') ? <Button command="case.restore" size="small" /> : null}
        <Menu label="More" align="end" items={more} trigger={<IconButton icon={Ellipsis} label="More" size="small" />} />
        <IconButton icon={PanelRight} command="panel.toggle" size="small" />
      </div>
    </header>
  )
}

/** How the case stands, each word a button that changes it. */
function Standing({ view }: { view: Case }) {
  const may = useMe().may('case.change') && canChange(view)
  return (
    <div className="desk-standing">
      {view.removed ? <span className="desk-removed">{view.removed === 'spam' ? 'In spam' : 'In the trash'}</span> : null}
      {view.snoozed ? <SnoozedMark snoozed={view.snoozed} short /> : null}
      <Fact may={may} command="case.status" label="Status"><StatusMark status={view.status} word /></Fact>
      <HeadPromise number={view.number} shown={view.sla} />
      <Fact may={may} command="case.priority" label="Priority"><PriorityMark priority={view.priority} word /></Fact>
      <Fact may={may} command="case.assign" label="Assignee" quiet={!view.assignee}>{view.assignee?.name ?? 'Nobody'}</Fact>
      <Fact may={may} command="case.queue" label="Queue">{view.queue.name}</Fact>
      {view.topic ? <Fact may={may} command="case.topic" label="Topic">{view.topic.title}</Fact> : null}
    </div>
  )
}

function Fact({ may, command, label, quiet, children }: { may: boolean; command: string; label: string; quiet?: boolean; children: ReactNode }) {
  const words = <><span className="unseen">{label}: </span>{children}</>
  const className = classes('desk-fact', `desk-fact-${label.toLowerCase()}`, quiet && 'desk-fact-quiet')
  return may ? <button type="button" className={className} title={label} onClick={() => runCommand(command)}>{words}</button> : <span className={className} title={label}>{words}</span>
}
