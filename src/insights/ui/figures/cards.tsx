import { classes } from '#web'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { CSSProperties } from 'react'
import { groups } from '../../measures/model.ts'
import { change, countedIn, shown, tone, valueOf } from '../words.ts'
import { useFigures, type Measure } from '../wire.ts'
import { queryOf, type Asked } from './asked.ts'
import { Spark } from './spark.tsx'

/** All measures beside each other over the same days, each on its own scale from zero; one of them is looked at below. */
export function Cards({ measures, asked, choose }: { measures: readonly Measure[]; asked: Asked; choose: (key: string) => void }) {
  return (
    <div className="insights-cards">
      {groups.map((group) => {
        const own = measures.filter((measure) => measure.group === group)
        return (
          <fieldset key={group} className="insights-card-group" style={spanning(own.length)}>
            <legend>{group}</legend>
            <div className="insights-card-row">{own.map((measure) => <Card key={measure.key} measure={measure} asked={asked} chosen={measure.key === asked.measure} choose={choose} />)}</div>
          </fieldset>
        )
      })}
    </div>
  )
}

/** All cards are of one width, whatever group they stand in. */
const spanning = (cards: number): CSSProperties & { '--cards': number } => ({ '--cards': cards })

function Card({ measure, asked, chosen, choose }: { measure: Measure; asked: Asked; chosen: boolean; choose: (key: string) => void }) {
  const only = Object.fromEntries(Object.entries(asked.only).filter(([name]) => measure.by.some((dimension) => dimension === name)))
  const now = useFigures(measure.key, queryOf({ ...asked, only }, asked.days))
  const then = useFigures(asked.compared ? measure.key : null, asked.compared ? queryOf({ ...asked, only }, asked.compared) : {})
  const value = now.data ? valueOf(measure, now.data.total) : null
  const earlier = asked.compared && then.data ? valueOf(measure, then.data.total) : null
  return (
    <button type="button" className={classes('insights-card', chosen && 'insights-card-chosen')} aria-pressed={chosen} onClick={() => choose(measure.key)} title={measure.words}>
      <span className="insights-card-name">{measure.name}</span>
      <span className="insights-card-value figure">{now.data ? shown(measure, value) : ' '}</span>
      <span className="insights-card-detail">{now.data ? detail(measure, now.data.total.count) : ' '}<Change measure={measure} now={value} before={earlier} /></span>
      {now.data ? <Spark values={now.data.series.map((figure) => valueOf(measure, figure))} bars={measure.kind === 'count'} label={`${measure.name} by ${asked.each}`} /> : <span className="insights-spark" />}
    </button>
  )
}

const detail = (measure: Measure, count: number) => (measure.kind === 'time' ? `p50 of ${countedIn(measure, count)}` : measure.kind === 'share' ? `of ${countedIn(measure, count)}` : measure.kind === 'level' ? 'unsolved cases' : 'cases')

/** What became of it since the days before; green and red only where a direction is good. */
export function Change({ measure, now, before }: { measure: Measure; now: number | null; before: number | null }) {
  const words = change(measure, now, before)
  if (!words) return null
  const Drawn = now !== null && before !== null && now !== before ? (now > before ? ArrowUp : ArrowDown) : null
  return <span className={`insights-change insights-change-${tone(measure.better, now, before)}`} title={`${shown(measure, before)} before`}>{Drawn ? <Drawn size={12} aria-hidden /> : null}{words}</span>
}
