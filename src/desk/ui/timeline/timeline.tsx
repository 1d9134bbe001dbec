import { ArrowDown } from 'lucide-react'
import { KeyHint, Time, useCommands, useMe, useReader } from '#web'
import { useMemo, useState, type RefObject } from 'react'
import { stepCard, useKeptEnd, useLanding, useSight } from './scroll.ts'
import { firstUnread } from './unread.ts'
import { sentence, type Names } from './facts.ts'
import { MessageCard } from './card.tsx'
import { Moment } from './moment.tsx'
import { weave, type Item, type Line } from './weave.ts'
import { counted } from '../words.ts'
import type { Case, Fact, Message } from '../wire.ts'

interface TimelineProps {
  scroller: RefObject<HTMLDivElement | null>
  view: Case
  messages: Message[]
  facts: Fact[]
  names: Names
  onSeen: (messageId: string) => void
}

/** What was written and what happened, oldest first; opens at what is new to the reader, and never moves by itself. */
export function Timeline({ scroller, view, messages, facts, names, onSeen }: TimelineProps) {
  const me = useMe()
  const { zone } = useReader()
  // What was unread when the case was opened stays marked while it is open.
  const [firstUnreadId] = useState(() => firstUnread(messages, view.seenMessageId, me.id))
  const items = useMemo(() => weave({ messages, facts, zone, firstUnreadId }), [messages, facts, zone, firstUnreadId])
  useLanding(scroller)
  useKeptEnd(scroller)
  const below = useSight(scroller, messages, onSeen)
  useTimelineCommands(scroller)
  const newest = messages.findLast(({ delivery }) => delivery !== 'recalled')?.id
  return (
    <div className="desk-timeline-box">
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so keys must reach it */}
      <div className="desk-timeline" ref={scroller} tabIndex={0} role="region" aria-label="Messages">
        <ol className="desk-items">
          {items.map((item) => <li key={item.key} className={`desk-item desk-item-${item.is}`}><Row item={item} view={view} messages={messages} names={names} newest={newest} /></li>)}
        </ol>
      </div>
      {below > 0 ? <button type="button" className="desk-below" onClick={() => toEnd(scroller)}><ArrowDown size={13} aria-hidden />{counted(below, 'new message')}<KeyHint command="message.newest" /></button> : null}
    </div>
  )
}

function Row({ item, view, messages, names, newest }: { item: Item; view: Case; messages: Message[]; names: Names; newest: string | undefined }) {
  switch (item.is) {
    case 'day': return <div className="desk-day"><span><Time at={item.at} form="day" /></span></div>
    case 'unread': return <div className="desk-new" data-landing=""><span>{item.count > 0 ? `${item.count} new` : 'New'}</span></div>
    case 'message': return <MessageCard message={item.message} view={view} messages={messages} names={names} newest={item.message.id === newest} />
    case 'line': return <FactLine line={item.line} names={names} number={view.number} />
    case 'group': return <Group lines={item.lines} names={names} number={view.number} />
  }
}

function FactLine({ line, names, number }: { line: Line; names: Names; number: number }) {
  const elsewhere = line.facts[0]?.case ?? number
  return <p className="desk-line"><span>{sentence(line.facts, names)}{elsewhere === number ? null : ` (in #${elsewhere})`}</span><span className="desk-line-time"><Moment at={line.at} /></span></p>
}

function Group({ lines, names, number }: { lines: Line[]; names: Names; number: number }) {
  const [open, setOpen] = useState(false)
  if (open) return lines.map((line) => <FactLine key={line.key} line={line} names={names} number={number} />)
  return <button type="button" className="desk-line desk-line-group" aria-expanded={false} onClick={() => setOpen(true)}><span>{counted(lines.length, 'change')}</span></button>
}

const toEnd = (scroller: RefObject<HTMLDivElement | null>) => scroller.current?.scrollTo({ top: scroller.current.scrollHeight })

function useTimelineCommands(scroller: RefObject<HTMLDivElement | null>) {
  useCommands([
    { id: 'message.next', name: 'Next message', keys: ['j'], section: 'Messages', scope: 'case', hidden: true, perform: () => stepCard(scroller.current, 1) },
    { id: 'message.previous', name: 'Previous message', keys: ['k'], section: 'Messages', scope: 'case', hidden: true, perform: () => stepCard(scroller.current, -1) },
    { id: 'message.newest', name: 'Newest message', keys: ['shift+g'], section: 'Messages', scope: 'case', perform: () => toEnd(scroller) },
    { id: 'message.oldest', name: 'Oldest message', keys: ['g g'], section: 'Messages', scope: 'case', perform: () => scroller.current?.scrollTo({ top: 0 }) },
  ], [scroller])
}
