import { Link, Section, Tabs } from '#web'
import { useState } from 'react'
import type { Board } from '../wire.ts'

type Form = 'hourly' | 'total'

const [WIDTH, HEIGHT, LEFT, BOTTOM, TOP] = [560, 190, 34, 20, 10] as const
const HOURS = 24

const added = (values: readonly number[]) => values.map((_, index) => values.slice(0, index + 1).reduce((sum, value) => sum + value, 0))
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** The next round number that is not less: 1, 2 or 5 times a power of ten. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)))
  return power * ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10)
}

/** Arrivals against what was solved, hour by hour of today; yesterday and the usual weekday faintly behind. */
export function Day({ board: { day, at } }: { board: Board }) {
  const [form, choose] = useState<Form>('hourly')
  const { arrivals, solved, hour, from } = day
  const so = (values: readonly number[]) => (form === 'total' ? added(values) : values)
  const past = (values: readonly number[]) => so(values).slice(0, hour + 1)
  const lines = [
    { id: 'usual', name: 'Arrivals, usual for the weekday', values: so(arrivals.usual) }, { id: 'yesterday', name: 'Arrivals yesterday', values: so(arrivals.yesterday) },
    { id: 'solved', name: 'Solved today', values: past(solved.today) }, { id: 'arrivals', name: 'Arrivals today', values: past(arrivals.today) },
  ]
  const usual = Math.round(sum(arrivals.usual.slice(0, hour)))
  const range = new URLSearchParams({ from, to: at }).toString()
  return (
    <Section title="Today" actions={<Tabs label="How the day is shown" value={form} onChange={choose} tabs={[{ value: 'hourly', label: 'Each hour' }, { value: 'total', label: 'Added up' }]} />}>
      <p className="insights-day-words">
        <Link href={`/insights/arrivals/cases?${range}`}><span className="figure">{sum(arrivals.today).toLocaleString('en-GB')}</span> arrived</Link>, <Link href={`/insights/solved/cases?${range}`}><span className="figure">{sum(solved.today).toLocaleString('en-GB')}</span> solved</Link>
        <span className="insights-quiet"> so far. Usual until {String(hour).padStart(2, '0')}:00: <span className="figure">{usual.toLocaleString('en-GB')}</span> arrived; yesterday: <span className="figure">{sum(arrivals.yesterday.slice(0, hour)).toLocaleString('en-GB')}</span>.</span>
      </p>
      <Lines lines={lines} hour={hour} />
      <p className="insights-legend">{lines.toReversed().map(({ id, name }) => <span key={id}><i className={`insights-stroke insights-stroke-${id}`} aria-hidden="true" />{name}</span>)}</p>
    </Section>
  )
}

interface Line { id: string; name: string; values: readonly number[] }

function Lines({ lines, hour }: { lines: readonly Line[]; hour: number }) {
  const top = roundUp(Math.max(1, ...lines.flatMap(({ values }) => values)))
  const x = (index: number) => LEFT + ((index + 0.5) / HOURS) * (WIDTH - LEFT)
  const y = (value: number) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM)
  return (
    <svg className="insights-day" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="Arrivals and solved cases by the hour of today">
      {[0, top / 2, top].map((value) => <g key={value}><line className="insights-grid" x1={LEFT} x2={WIDTH} y1={y(value)} y2={y(value)} /><text className="insights-tick" x={LEFT - 6} y={y(value) + 4} textAnchor="end">{Number.isInteger(value) ? value : ''}</text></g>)}
      {[0, 6, 12, 18].map((value) => <text key={value} className="insights-tick" x={x(value)} y={HEIGHT - 4} textAnchor="middle">{String(value).padStart(2, '0')}:00</text>)}
      <line className="insights-now" x1={x(hour)} x2={x(hour)} y1={TOP} y2={HEIGHT - BOTTOM} />
      {lines.map(({ id, name, values }) => (
        <g key={id} className={`insights-line insights-line-${id}`}>
          <polyline points={values.map((value, index) => `${x(index)},${y(value)}`).join(' ')} />
          {id === 'arrivals' || id === 'solved' ? values.map((value, index) => <circle key={index} cx={x(index)} cy={y(value)} r="2"><title>{`${name}, ${String(index).padStart(2, '0')}:00: ${value}`}</title></circle>) : null}
        </g>
      ))}
    </svg>
  )
}
