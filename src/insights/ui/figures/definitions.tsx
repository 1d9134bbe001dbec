import { Page, Problem, Section, Skeleton } from '#web'
import { groups } from '../../measures/model.ts'
import { dimensionNames } from '../words.ts'
import { useMeasures, type Measure } from '../wire.ts'
import '../insights.css'
import './figures.css'

const units = { milliseconds: 'a length of time: p50 and p90, by nearest rank', share: 'a share of what is counted', cases: 'a number of cases' } as const

/** How each number is defined: the same words by which it is made. */
export function Definitions() {
  const all = useMeasures()
  return (
    <Page title="How each number is defined" detail="Every number is defined once, here and in the program. Cases in spam or trash count nowhere, and of merged cases only the one that was kept." back={{ to: '/insights', name: 'Insights' }}>
      {all.error && !all.data ? <Problem error={all.error} what="The definitions" onRetry={() => void all.refetch()} /> : null}
      {!all.data && !all.error ? <Skeleton rows={8} rowHeight={80} /> : null}
      {groups.map((group) => {
        const measures = all.data?.items.filter((measure) => measure.group === group) ?? []
        return measures.length > 0 ? <Section key={group} title={group}>{measures.map((measure) => <Definition key={measure.key} measure={measure} />)}</Section> : null
      })}
    </Page>
  )
}

function Definition({ measure }: { measure: Measure }) {
  return (
    <article className="insights-definition">
      <h3 id={measure.key}>{measure.name}</h3>
      <p>{measure.words}</p>
      <dl>
        <dt>Unit</dt><dd>{units[measure.unit]}</dd>
        <dt>Counted</dt><dd>{measure.counted === 'case' ? 'cases' : measure.counted === 'reply' ? 'replies' : 'targets'}{measure.part ? `, and of them those ${measure.part}` : ''}</dd>
        <dt>Counts for</dt><dd>{measure.event} {measure.by.includes('topic') ? 'Topic, segment, channel and priority are those that the case has now.' : ''}</dd>
        <dt>Told apart by</dt><dd>{measure.by.map((dimension) => dimensionNames[dimension].toLowerCase()).join(', ')}</dd>
        <dt>Source</dt><dd>{measure.source}</dd>
      </dl>
    </article>
  )
}
