import { absolute, classes, duration, Link, Popover, Problem, Skeleton, Time, useCommands, useMe, useNow, useReader } from '#web'
import { TimerReset } from 'lucide-react'
import { useState } from 'react'
import { PromiseBar, toneIcons } from './bar.tsx'
import { useCaseSla, type CaseSla } from './data.ts'
import { entryWords, metricNames, minutesWords, pauseWords, promiseWords, toneOf, type Shown } from './words.ts'

/** The promise that comes first, in the head of a case; it opens all clocks and their history. */
export function HeadPromise({ number, shown }: { number: number; shown: Shown | null }) {
  const [open, setOpen] = useState(false)
  const now = useNow()
  useCommands([{ id: 'case.promises', name: 'Show the promises of the case', keys: ['shift+d'], scope: 'case', section: 'Case', icon: TimerReset, words: 'SLA due clock ledger', when: () => shown !== null, perform: () => setOpen((is) => !is) }], [shown === null])
  if (shown === null) return null
  const tone = toneOf(shown)
  const Drawn = toneIcons[tone]
  return (
    <Popover label="Promises of this case" open={open} onOpenChange={setOpen} align="start" trigger={(
      <button type="button" className={classes('desk-fact', 'desk-fact-promise', `sla-${tone}`)} title="What we promised, and how it stands">
        <Drawn size={13} aria-hidden /><span>{promiseWords(shown, now)}</span>{tone === 'quiet' || tone === 'soon' ? <PromiseBar share={shown.share} tone={tone} /> : null}
      </button>
    )}>
      {open ? <Promises number={number} /> : null}
    </Popover>
  )
}

function Promises({ number }: { number: number }) {
  const { data, error, refetch } = useCaseSla(number, true)
  if (error && !data) return <div className="sla-promises"><Problem error={error} what="The promises" onRetry={() => void refetch()} /></div>
  if (!data) return <div className="sla-promises"><Skeleton rows={4} /></div>
  return (
    <div className="sla-promises">
      <Holds sla={data} />
      <div className="sla-clocks">{data.clocks.map((clock) => <ClockLine key={clock.metric} clock={clock} />)}</div>
      <Ledger entries={data.ledger} />
    </div>
  )
}

function Holds({ sla: { policy, calendar } }: { sla: CaseSla }) {
  const may = useMe().may('sla.read')
  if (!policy) return <p className="sla-holds">No policy fits this case now.</p>
  const to = `/settings/sla?policy=${policy.policyId}`
  return (
    <p className="sla-holds">
      {may ? <Link href={to}>{policy.name}</Link> : policy.name}{policy.number > 1 ? <span className="sla-quiet"> edition {policy.number}</span> : null}
      <span className="sla-quiet"> · {calendar ? `in the hours of ${calendar.name} (${calendar.timeZone})` : 'every hour counts'}</span>
    </p>
  )
}

type ClockData = CaseSla['clocks'][number]
const stands = (clock: ClockData): Shown | null => (clock.state === 'cancelled' ? null
  : { metric: clock.metric, state: clock.state, dueAt: clock.dueAt, breachedAt: clock.breachedAt, pausedFor: clock.pausedFor === 'pending' || clock.pausedFor === 'on_hold' ? clock.pausedFor : null, share: clock.consumedMs / clock.targetMs })

function ClockLine({ clock }: { clock: ClockData }) {
  const [now, reader] = [useNow(), useReader()]
  const shown = stands(clock)
  const tone = shown === null ? 'still' : toneOf(shown.state === 'met' && shown.breachedAt !== null ? { ...shown, state: 'breached' } : shown)
  const Drawn = toneIcons[tone]
  const words = shown === null ? `${metricNames[clock.metric]} ended` : clock.pausedFor === 'removed' || clock.pausedFor === 'merged' ? `Paused: ${pauseWords[clock.pausedFor]}` : promiseWords(shown, now)
  return (
    <div className={`sla-clock sla-${tone}`}>
      <span className="sla-clock-words"><Drawn size={14} aria-hidden />{words.includes(metricNames[clock.metric]) || words.includes(metricNames[clock.metric].toLowerCase()) ? words : `${metricNames[clock.metric]}: ${words.toLowerCase()}`}</span>
      <span className="sla-clock-used figure" title={clock.dueAt ? absolute(new Date(clock.dueAt), reader) : undefined}>{duration(Math.round(clock.consumedMs / 60_000) * 60_000 || clock.consumedMs)} of {minutesWords(Math.round(clock.targetMs / 60_000))}</span>
      <PromiseBar share={clock.consumedMs / clock.targetMs} tone={tone} />
    </div>
  )
}

/** What happened to the clocks, as the ledger has it, the newest first. */
function Ledger({ entries }: { entries: CaseSla['ledger'] }) {
  const reader = useReader()
  return (
    <ol className="sla-ledger" aria-label="What happened to the promises">
      {entries.toReversed().map((entry, index) => (
        // eslint-disable-next-line react/no-array-index-key -- lines of a ledger have no other name, and never change
        <li key={entries.length - index} className={entry.what === 'breached' ? 'sla-late' : undefined}>
          <Time at={entry.at} form="clock" />
          <span className="sla-ledger-metric">{metricNames[entry.metric]}</span>
          <span title={[entry.policy ?? '', entry.dueAt ? `Due ${absolute(new Date(entry.dueAt), reader)}` : '', lateWords(entry)].filter(Boolean).join('\n')}>{entryWords(entry)}</span>
          <span className="figure sla-quiet">{entry.consumedMs < 1_000 ? '' : duration(Math.round(entry.consumedMs / 60_000) * 60_000 || entry.consumedMs)}</span>
        </li>
      ))}
    </ol>
  )
}

/** A breach that came due while the program stood still was noted later. */
const lateWords = ({ at, notedAt }: { at: string; notedAt: string }) => (Date.parse(notedAt) - Date.parse(at) > 60_000 ? `Noted ${duration(Date.parse(notedAt) - Date.parse(at))} later` : '')
