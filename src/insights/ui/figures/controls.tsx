import { Button, Checkbox, Select, Tabs, TextField, useMe } from '#web'
import { X } from 'lucide-react'
import type { Dimension } from '../../measures/model.ts'
import { dayAfter, rangeNames, ranges } from '../ranges.ts'
import { dimensionNames } from '../words.ts'
import type { Asked } from './asked.ts'

export type Change = (changes: Record<string, string | null>) => void

const periodNames = { day: 'By day', week: 'By week', month: 'By month' } as const

/** Which days, told apart by what, by which clock, in which zone. */
export function Controls({ asked, dimensions, change }: { asked: Asked; dimensions: readonly Dimension[]; change: Change }) {
  return (
    <div className="insights-controls">
      <Select label="Days" hideLabel value={asked.range} onChange={(range) => change({ range, from: asked.days.from, to: asked.days.to, each: null })} options={ranges.map((value) => ({ value, label: rangeNames[value] }))} />
      {asked.range === 'custom' ? <>
        <TextField label="From" hideLabel type="date" value={asked.days.from} onChange={(from) => change({ from: from || null })} />
        <TextField label="To, with that day" hideLabel type="date" value={dayAfter(asked.days.to, -1)} onChange={(to) => change({ to: to ? dayAfter(to, 1) : null })} />
      </> : null}
      <Select label="Told apart by" hideLabel value={asked.by} onChange={(by) => change({ by })} options={dimensions.map((value) => ({ value, label: `By ${dimensionNames[value].toLowerCase()}` }))} />
      <Select label="Periods" hideLabel value={asked.each} onChange={(each) => change({ each })} options={(['day', 'week', 'month'] as const).map((value) => ({ value, label: periodNames[value] }))} />
      <Zone asked={asked} change={change} />
      <Tabs label="Which hours count" value={asked.clock} onChange={(clock) => change({ clock: clock === 'calendar' ? null : clock })} tabs={[{ value: 'calendar', label: 'All hours' }, { value: 'business', label: 'Business hours' }]} />
      <Checkbox label="Compare with the days before" checked={asked.compared !== null} onChange={(on) => change({ compare: on ? null : 'no' })} />
      {Object.keys(asked.only).map((name) => <Button key={name} size="small" icon={X} onClick={() => change({ [name]: null })}>{`Only one ${name}`}</Button>)}
    </div>
  )
}

/** One's own day, and that of the machines. */
function Zone({ asked, change }: { asked: Asked; change: Change }) {
  const own = useMe().timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const zones = [...new Set([own, asked.zone, 'UTC'])]
  return <Select label="Whose days" hideLabel value={asked.zone} onChange={(zone) => change({ zone: zone === own ? null : zone })} options={zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))} />
}
