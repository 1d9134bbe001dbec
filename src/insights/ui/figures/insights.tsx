import { Link, Page, Problem, Skeleton, Time, useCommands, useNow, useQueryParams, useReader } from '#web'
import { rangeWords } from '../ranges.ts'
import { useFigures, useMeasures, type Measure } from '../wire.ts'
import { queryOf, readAsked, type Asked } from './asked.ts'
import { Cards } from './cards.tsx'
import { Controls } from './controls.tsx'
import { Detail } from './detail.tsx'
import '../insights.css'
import './figures.css'

/** The centre's numbers over days and weeks: all of them small beside each other, one of them whole. */
export function Insights() {
  const [params, change] = useQueryParams()
  const [reader, now] = [useReader(), useNow()]
  const asked = readAsked(params, { zone: reader.zone, now })
  const all = useMeasures()
  const measure = all.data?.items.find(({ key }) => key === asked.measure) ?? all.data?.items[0]
  useMeasureCommands(all.data?.items ?? [], asked, (key) => change({ measure: key }))
  return (
    <Page wide title="Insights" detail={<State asked={asked} />} actions={<Link href="/insights/definitions" className="insights-all">How each number is defined</Link>}>
      {all.error && !all.data ? <Problem error={all.error} what="The measures" onRetry={() => void all.refetch()} /> : null}
      {!all.data && !all.error ? <Skeleton rows={8} rowHeight={60} /> : null}
      {all.data && measure ? <>
        <Controls asked={asked} dimensions={all.data.dimensions} change={change} />
        <Cards measures={all.data.items} asked={{ ...asked, measure: measure.key }} choose={(key) => change({ measure: key })} />
        <Detail measure={measure} asked={asked} />
      </> : null}
    </Page>
  )
}

/** The next and the one before by j and k, as in lists; each by its name in the palette. */
function useMeasureCommands(measures: readonly Measure[], asked: Asked, choose: (key: string) => void) {
  const step = (by: number) => {
    const at = measures.findIndex(({ key }) => key === asked.measure)
    const next = measures[Math.min(measures.length - 1, Math.max(0, at + by))]
    if (next) choose(next.key)
  }
  useCommands([
    { id: 'insights.next', name: 'Next measure', keys: ['j', 'ArrowRight'], section: 'Insights', perform: () => step(1) },
    { id: 'insights.previous', name: 'Previous measure', keys: ['k', 'ArrowLeft'], section: 'Insights', perform: () => step(-1) },
    ...measures.map(({ key, name }) => ({ id: `insights.${key}`, name: `Look at: ${name}`, section: 'Insights', perform: () => choose(key) })),
  ], [measures, asked.measure])
}

function State({ asked }: { asked: Asked }) {
  const { data } = useFigures('arrivals', queryOf(asked, asked.days))
  const year = asked.days.to.slice(0, 4)
  return (
    <>
      {rangeWords(asked.days, year)}{asked.compared ? `, compared with ${rangeWords(asked.compared, year)}` : ''}.
      {data ? <> As of <Time at={data.asOf} form="clock" />.</> : null}
      {data && data.built < 1 ? ` The figures are being made from the log, ${Math.floor(data.built * 100)} % so far; older cases are not all in yet.` : ''}
      {data && data.leftOut > 0 ? ` Without the cases of ${data.leftOut === 1 ? 'one queue' : `${data.leftOut} queues`} that you may not look into.` : ''}
    </>
  )
}
