import { Empty, Link, Table, type Column } from '#web'
import { ChartNoAxesColumn } from 'lucide-react'
import type { Dimension } from '../../measures/model.ts'
import { dayName } from '../ranges.ts'
import { countedIn, dimensionNames, groupName, shown, valueOf, type Numbers } from '../words.ts'
import type { Figures, Measure } from '../wire.ts'
import { casesAddress, type Asked } from './asked.ts'
import { Change } from './cards.tsx'
import { Spark } from './spark.tsx'

interface Row extends Numbers {
  id: string
  name: string
  /** Where its cases are; the same with a part of them. */
  to: string | null
  part: number
  partTo: string | null
  series: readonly Numbers[]
  before: number | null
  all?: boolean
}

interface TableGiven { asked: Asked & { by: Dimension }; now: Figures; before: Figures | null; opens: boolean }

/** One line a group, the greatest first, and all of them together at the end. */
export function ByGroup({ asked, now, before, opens }: TableGiven) {
  const { measure } = now
  const address = (more: Record<string, string>) => (opens ? casesAddress(asked, measure.key, upto(now), more) : null)
  const old = (id: string | null) => before?.groups.find((group) => group.id === id)
  const rows = now.groups.map((group): Row => ({
    ...group, id: group.id ?? 'none', name: groupName(asked.by, group), to: address({ [asked.by]: group.id ?? 'none' }), partTo: address({ [asked.by]: group.id ?? 'none', part: '1' }), before: valueOf(measure, old(group.id) ?? NOTHING),
  }))
  const all: Row = { ...now.total, id: 'all', name: 'All', series: now.series, to: address({}), partTo: address({ part: '1' }), before: before ? valueOf(measure, before.total) : null, all: true }
  return (
    <Table
      label={`${measure.name} by ${dimensionNames[asked.by]}`} columns={columnsFor(measure, dimensionNames[asked.by], before !== null, true)} rows={rows.length > 0 ? [...rows, all] : []} keyOf={({ id }) => id}
      empty={<Empty icon={ChartNoAxesColumn} title="Nothing was counted in these days">Take a longer range, or fewer filters. What is measured comes from what happens in cases, at once.</Empty>}
    />
  )
}

const NOTHING: Numbers = { count: 0, part: 0, p50: null, p90: null }

/** The end of what was counted: what comes in while one reads is not behind the number. */
const upto = ({ from, to, asOf }: Figures) => ({ from, to: to < asOf ? to : asOf })

/** One line a period, the latest first. */
export function ByPeriod({ asked, figures, opens }: { asked: Asked; figures: Figures; opens: boolean }) {
  const { measure, periods, series, asOf } = figures
  const year = asked.days.to.slice(0, 4)
  const rows = periods.flatMap(({ period, from, to }, index): Row[] => {
    const figure = series[index]
    if (!figure || from >= asOf) return []
    const address = (more: Record<string, string>) => (opens ? casesAddress(asked, measure.key, { from, to: to < asOf ? to : asOf }, more) : null)
    return [{ ...figure, id: period, name: dayName(period, year), to: address({}), partTo: address({ part: '1' }), series: [], before: null }]
  }).toReversed()
  return <Table label={`${measure.name} by ${asked.each}`} columns={columnsFor(measure, asked.each === 'day' ? 'Day' : asked.each === 'week' ? 'Week from' : 'Month from', false, false)} rows={rows} keyOf={({ id }) => id} />
}

function columnsFor(measure: Measure, first: string, compares: boolean, pictures: boolean): Column<Row>[] {
  const value: Column<Row> = { id: 'value', name: measure.kind === 'time' ? 'p50' : measure.kind === 'share' ? 'Share' : 'Cases', align: 'right', cell: (row) => (measure.kind === 'share' || measure.kind === 'time' ? shown(measure, valueOf(measure, row)) : <Behind to={row.to} text={shown(measure, valueOf(measure, row))} nought={row.count === 0} />) }
  const age = measure.kind === 'level'
  return [
    { id: 'name', name: first, cell: ({ name, all }) => (all ? <strong>{name}</strong> : <span className="insights-subject">{name}</span>) },
    ...(pictures ? [{ id: 'course', name: 'Course', wideOnly: true, width: 170, cell: ({ series, name }: Row) => <Spark values={series.map((figure) => valueOf(measure, figure))} bars={measure.kind === 'count'} label={`Course of ${name}`} /> }] : []),
    value,
    ...(compares ? [
      { id: 'before', name: 'Before', align: 'right' as const, wideOnly: true, cell: (row: Row) => <span className="insights-quiet">{shown(measure, row.before)}</span> },
      { id: 'change', name: 'Change', wideOnly: true, width: 104, cell: (row: Row) => <Change measure={measure} now={valueOf(measure, row)} before={row.before} /> },
    ] : []),
    ...(measure.kind === 'time' || age ? [{ id: 'p90', name: age ? 'Age p50' : 'p90', align: 'right' as const, cell: (row: Row) => shown({ kind: 'time' }, age ? row.p50 : row.p90) }] : []),
    ...(age ? [{ id: 'age90', name: 'Age p90', align: 'right' as const, wideOnly: true, cell: (row: Row) => shown({ kind: 'time' }, row.p90) }] : []),
    ...(measure.kind === 'share' ? [{ id: 'part', name: measure.part.charAt(0).toUpperCase() + measure.part.slice(1), align: 'right' as const, wideOnly: true, cell: ({ part, partTo }: Row) => <Behind to={partTo} text={part.toLocaleString('en-GB')} nought={part === 0} /> }] : []),
    ...(measure.kind === 'share' || measure.kind === 'time' ? [{ id: 'count', name: 'Of', align: 'right' as const, cell: ({ count, to }: Row) => <Behind to={to} text={countedIn(measure, count)} nought={count === 0} /> }] : []),
  ]
}

/** A number that leads to its cases. */
const Behind = ({ to, text, nought }: { to: string | null; text: string; nought: boolean }) => (to === null || nought ? <span className={nought ? 'insights-nought' : undefined}>{text}</span> : <Link href={to} className="insights-number">{text}</Link>)
