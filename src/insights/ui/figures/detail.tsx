import { navigate, Problem, Section, Skeleton, useMe } from '#web'
import { lazy, Suspense, useMemo } from 'react'
import { dayName } from '../ranges.ts'
import { dimensionNames, valueOf } from '../words.ts'
import { fileOf, useFigures, type Figures, type Measure } from '../wire.ts'
import { casesAddress, queryOf, type Asked } from './asked.ts'
import { ByGroup, ByPeriod } from './tables.tsx'
import type { Series } from './chart.tsx'

const Chart = lazy(() => import('./chart.tsx'))

/** One measure: its course, and told apart by a dimension; each number opens its cases. */
export function Detail({ measure, asked: wanted }: { measure: Measure; asked: Asked }) {
  const opens = useMe().may('case.read')
  const by = measure.by.includes(wanted.by) ? wanted.by : 'queue'
  const asked = { ...wanted, by, only: Object.fromEntries(Object.entries(wanted.only).filter(([name]) => measure.by.some((dimension) => dimension === name))) }
  const now = useFigures(measure.key, queryOf(asked, asked.days, { by }))
  const then = useFigures(asked.compared ? measure.key : null, asked.compared ? queryOf(asked, asked.compared, { by }) : {})
  if (now.error && !now.data) return <Problem error={now.error} what="These figures" onRetry={() => void now.refetch()} />
  if (!now.data || now.data.measure.key !== measure.key) return <Skeleton rows={8} rowHeight={38} />
  const compared = asked.compared && then.data?.measure.key === measure.key ? then.data : null
  return (
    <>
      <Section title={measure.name} detail={measure.words} actions={<Files asked={asked} measure={measure} opens={opens} />}>
        <Course asked={asked} now={now.data} before={compared} opens={opens} />
      </Section>
      <Section title={`By ${dimensionNames[by].toLowerCase()}`} detail={measure.event}>
        <ByGroup asked={asked} now={now.data} before={compared} opens={opens} />
      </Section>
      <Section title={`By ${asked.each}`}><ByPeriod asked={asked} figures={now.data} opens={opens} /></Section>
    </>
  )
}

function Files({ asked, measure, opens }: { asked: Asked & { by: string }; measure: Measure; opens: boolean }) {
  return (
    <span className="insights-files">
      <a href={fileOf(measure.key, 'table.csv', queryOf(asked, asked.days, { by: asked.by }))} download>Table as CSV</a>
      {opens ? <a href={fileOf(measure.key, 'cases.csv', { ...asked.only, from: asked.days.from, to: asked.days.to, zone: asked.zone, clock: asked.clock })} download>Cases as CSV</a> : null}
    </span>
  )
}

function Course({ asked, now, before, opens }: { asked: Asked; now: Figures; before: Figures | null; opens: boolean }) {
  const { measure, periods } = now
  const year = asked.days.to.slice(0, 4)
  const names = useMemo(() => periods.map(({ period }) => dayName(period, year)), [periods, year])
  const lines = useMemo(() => linesOf(now, before), [now, before])
  if (periods.length === 0) return null
  const open = (place: number) => { const period = periods[place]; if (period) navigate(casesAddress(asked, measure.key, period)) }
  return (
    <Suspense fallback={<div className="insights-chart" />}>
      <Chart measure={measure} label={`${measure.name} by ${asked.each}; the table below has the numbers`} names={names} series={lines} {...(opens ? { onOpen: open } : {})} />
    </Suspense>
  )
}

/** The days before faintly behind; what lies ahead has no value yet. */
function linesOf(now: Figures, before: Figures | null): Series[] {
  const { measure, periods, series } = now
  const reached = periods.filter(({ from }) => from < now.asOf).length
  return [
    ...(before ? [{ name: 'Before', values: periods.map((_, index) => { const figure = before.series[index]; return figure ? valueOf(measure, figure) : null }), colour: 'edge' as const, look: 'faint' as const }] : []),
    ...(measure.kind === 'time' ? [{ name: 'p90', values: series.map(({ p90 }) => p90), colour: 'soon' as const, look: 'line' as const }] : []),
    { name: measure.kind === 'time' ? 'p50' : measure.name, values: series.map((figure, index) => (index < reached ? valueOf(measure, figure) : null)), colour: 'accent', look: measure.kind === 'count' ? 'bars' : 'line' },
  ]
}
