import { Checkbox, classes, Tabs } from '#web'
import { useState } from 'react'
import { priorities, type Priority } from '../../../cases/model.ts'
import { metrics, type Metric, type Targets } from '../../../sla/model.ts'
import { PriorityMark } from '../../marks.tsx'
import { priorityNames } from '../../words.ts'
import { metricNames, minutesWords, readMinutes } from '../words.ts'
import { segmentNames, segmentWords, withTarget, type EditedTerms, type SegmentWord } from './draft.ts'

interface Props {
  terms: EditedTerms
  disabled: boolean
  onChange: (terms: Partial<EditedTerms>) => void
}

/** What is promised: a table of priorities and metrics, and the same for segments that are promised something else. */
export function TargetMatrix({ terms, disabled, onChange }: Props) {
  const [segment, setSegment] = useState<'all' | SegmentWord>('all')
  const own = terms.segments.find((each) => each.segment === segment)
  const targets = segment === 'all' ? terms.targets : own?.targets ?? {}
  const set = (priority: Priority, metric: Metric, minutes: number | 'none') => {
    const next = withTarget(targets, priority, metric, minutes)
    if (segment === 'all') return onChange({ targets: next })
    const others = terms.segments.filter((each) => each.segment !== segment)
    onChange({ segments: Object.keys(next).length === 0 ? others : [...others, { segment, targets: next }] })
  }
  const tabs = [{ value: 'all' as const, label: 'Everybody' }, ...segmentWords.map((word) => ({ value: word, label: segmentNames[word], ...(terms.segments.some((each) => each.segment === word) ? { count: cells(terms.segments.find((each) => each.segment === word)?.targets) } : {}) }))]
  return (
    <div className="sla-matrix">
      <Tabs label="For which businesses" value={segment} onChange={setSegment} tabs={tabs} />
      <table>
        <thead><tr><th scope="col">Priority</th>{metrics.map((metric) => <th key={metric} scope="col">{metricNames[metric]}</th>)}{segment === 'all' ? <th scope="col" title="Nights, weekends and holidays count too">Every hour</th> : null}</tr></thead>
        <tbody>
          {priorities.toReversed().map((priority) => (
            <tr key={priority}>
              <th scope="row"><PriorityMark priority={priority} word /></th>
              {metrics.map((metric) => (
                <td key={metric}>
                  <TargetInput label={`${metricNames[metric]}, ${priorityNames[priority]}`} minutes={targets[priority]?.[metric]} disabled={disabled} onChange={(minutes) => set(priority, metric, minutes)}
                    inherited={segment === 'all' ? undefined : terms.targets[priority]?.[metric]} />
                </td>
              ))}
              {segment === 'all' ? <td><Checkbox label={`Every hour counts, ${priorityNames[priority]}`} hideLabel checked={terms.always.includes(priority) || terms.hours === 'always'} disabled={disabled || terms.hours === 'always'}
                onChange={(is) => onChange({ always: is ? [...terms.always, priority] : terms.always.filter((other) => other !== priority) })} /></td> : null}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="field-hint">{segment === 'all' ? 'Such as 30 min, 4 h or 1 h 30; empty promises nothing.' : `Empty promises ${segmentNames[segment]} what everybody is promised.`}</p>
    </div>
  )
}

const cells = (targets: Targets | undefined): number => Object.values(targets ?? {}).reduce((sum, row) => sum + Object.keys(row).length, 0)

function TargetInput({ label, minutes, inherited, disabled, onChange }: { label: string; minutes: number | undefined; inherited: number | undefined; disabled: boolean; onChange: (minutes: number | 'none') => void }) {
  const [text, setText] = useState<string | null>(null)
  const wrong = text !== null && readMinutes(text) === null
  const leave = () => {
    const read = text === null ? null : readMinutes(text)
    if (read !== null) { onChange(read); setText(null) }
  }
  return (
    <input className={classes('input', 'figure', wrong && 'sla-wrong')} aria-label={label} aria-invalid={wrong || undefined} placeholder={inherited === undefined ? '–' : minutesWords(inherited)} disabled={disabled}
      value={text ?? (minutes === undefined ? '' : minutesWords(minutes))} onChange={(event) => setText(event.target.value)} onBlur={leave} onKeyDown={(event) => { if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) { event.preventDefault(); leave() } }} />
  )
}
