import { Check, ChevronsRight, Minus, PowerOff } from 'lucide-react'
import { absolute, Combobox, Problem, Select, Skeleton, Tabs, TextField, useMe, useQuery, useReader } from '#web'
import { useEffect, useState } from 'react'
import { priorities, type Priority } from '../../../cases/model.ts'
import { api, useQueues, useTeams, useTopics } from '../../data.ts'
import { priorityNames } from '../../words.ts'
import type { Probed } from '../data.ts'
import { metricNames, minutesWords } from '../words.ts'
import { segmentNames, segmentWords, type Draft, type SegmentWord } from './draft.ts'
import { ProbePicture } from './picture.tsx'

interface Imagined {
  by: 'made' | 'case'
  number: string
  priority: Priority
  segment: SegmentWord | 'none'
  queue: string | null
  team: string | null
  topic: string | null
  tags: string
  at: string
}

const nothing: Imagined = { by: 'made', number: '', priority: 'normal', segment: 'none', queue: null, team: null, topic: null, tags: '', at: '' }

function bodyOf(imagined: Imagined, draft: ProbeProps['draft']) {
  const at = imagined.at === '' ? {} : { at: new Date(imagined.at).toISOString() }
  const written = draft ? { draft } : {}
  if (imagined.by === 'case') return { case: Number(imagined.number.replace('#', '')), ...at, ...written }
  const { priority, segment, queue, team, topic, tags } = imagined
  return {
    priority, segment: segment === 'none' ? null : segment, ...(queue === null ? {} : { queue }), ...(team === null ? {} : { team }), ...(topic === null ? {} : { topic }),
    tags: tags.split(/[\s,]+/).filter(Boolean), ...at, ...written,
  }
}

const SETTLED_MS = 250

/** What was written, once nothing was written for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

interface ProbeProps {
  /** What is being written, tried before it is saved. */
  draft?: Draft & { id: string | null }
}

/** What would a case be promised? Of one that there is, or one that is made up. */
export function ProbePanel({ draft }: ProbeProps) {
  const [imagined, setImagined] = useState(nothing)
  const set = (part: Partial<Imagined>) => setImagined((now) => ({ ...now, ...part }))
  const ready = imagined.by === 'made' || /^#?\d{1,15}$/.test(imagined.number.trim())
  const body = useSettled(JSON.stringify(ready ? bodyOf(imagined, draft) : null))
  const { data, error, refetch } = useQuery({ queryKey: ['sla-probe', body], enabled: body !== 'null', placeholderData: (before: Probed | undefined) => before, queryFn: () => api('POST /api/v1/sla-policies/probe', { body: JSON.parse(body) }) })
  return (
    <section className="sla-probe" aria-label="What would this case be promised?">
      <h2>What would a case be promised?</h2>
      <Tabs label="Which case" value={imagined.by} onChange={(by) => set({ by })} tabs={[{ value: 'made', label: 'Made up' }, { value: 'case', label: 'By number' }]} />
      {imagined.by === 'case' ? <TextField label="Number" value={imagined.number} placeholder="#10482" inputMode="numeric" onChange={(number) => set({ number })} /> : <MadeUp imagined={imagined} set={set} />}
      <TextField label="When" type="datetime-local" value={imagined.at} onChange={(at) => set({ at })} hint={imagined.by === 'case' ? 'Empty: when it was opened.' : 'Empty: now.'} />
      {!ready ? <p className="field-hint">Write the number of a case.</p> : error && !data ? <Problem error={error} what="The answer" onRetry={() => void refetch()} /> : !data ? <Skeleton rows={5} /> : error ? <Problem error={error} what="The answer" onRetry={() => void refetch()} /> : <Result probed={data} />}
    </section>
  )
}

function MadeUp({ imagined, set }: { imagined: Imagined; set: (part: Partial<Imagined>) => void }) {
  const [queues, teams, topics] = [useQueues().data ?? [], useTeams().data ?? [], useTopics().data ?? []]
  const reads = useMe().may('case.read')
  return (
    <div className="sla-made">
      <Select label="Priority" value={imagined.priority} onChange={(priority) => set({ priority })} options={priorities.map((value) => ({ value, label: priorityNames[value] }))} />
      <Select label="Segment" value={imagined.segment} onChange={(segment) => set({ segment })} options={[{ value: 'none' as const, label: 'None' }, ...segmentWords.map((value) => ({ value, label: segmentNames[value] }))]} />
      <Combobox label="Queue" clearable placeholder="Any" value={imagined.queue} onChange={(queue) => set({ queue })} options={queues.filter(({ archived }) => !archived).map(({ id, name }) => ({ value: id, label: name }))} />
      {reads ? <Combobox label="Team" clearable placeholder="None" value={imagined.team} onChange={(team) => set({ team })} options={teams.map(({ id, name }) => ({ value: id, label: name }))} /> : null}
      <Combobox label="Topic" clearable placeholder="None" value={imagined.topic} onChange={(topic) => set({ topic })} options={topics.filter(({ archived }) => !archived).map(({ key, title }) => ({ value: key, label: title }))} />
      <TextField label="Tags" value={imagined.tags} placeholder="vip" onChange={(tags) => set({ tags })} />
    </div>
  )
}

function Result({ probed }: { probed: Probed }) {
  return (
    <div className="sla-result" aria-live="polite">
      {probed.matched === null && probed.matchedName === null ? <p className="sla-result-head">Nothing is promised: no policy fits.</p> : (
        <>
          <p className="sla-result-head"><strong>{probed.matchedName}</strong> holds, {probed.calendar ? `in the hours of ${probed.calendar.name}` : 'every hour counts'}.</p>
          <ProbePicture probed={probed} />
          <dl className="sla-result-targets">
            {probed.targets.map(({ metric, minutes, dueAt, fromSegment }) => (
              <div key={metric}><dt>{metricNames[metric]}</dt><dd className="figure">{minutesWords(minutes)}{fromSegment ? ' for the segment' : ''}</dd><dd>{dueAt ? <>by <DueTime at={dueAt} /></> : 'never: the calendar does not open'}</dd></div>
            ))}
          </dl>
        </>
      )}
      <ol className="sla-tried" aria-label="Policies as they were tried">{probed.policies.map((tried, index) => <Tried key={tried.id ?? index} tried={tried} />)}</ol>
    </div>
  )
}

/** A moment to the minute, with its day of the week; the whole of it on hover. */
function DueTime({ at }: { at: string }) {
  const reader = useReader()
  const words = new Intl.DateTimeFormat(reader.locale, { timeZone: reader.zone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at))
  return <time dateTime={at} title={absolute(new Date(at), reader)}>{words}</time>
}

const results = { matched: [Check, 'holds'], later: [ChevronsRight, 'would fit, but one above holds'], notMet: [Minus, 'does not fit'], off: [PowerOff, 'is off'] } as const

function Tried({ tried }: { tried: Probed['policies'][number] }) {
  const [Drawn, words] = results[tried.result]
  return (
    <li className={`sla-tried-${tried.result}`}>
      <Drawn size={14} aria-hidden />
      <span><span className="sla-tried-name">{tried.name}</span> {words}{tried.unmet.length > 0 && tried.result === 'notMet' ? <>: {tried.unmet.map((term) => <code key={term}>{term}</code>)}</> : null}</span>
    </li>
  )
}
