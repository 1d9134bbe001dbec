import { Button, Count, Empty, Link, Problem, Section, Table, Time, type Column } from '#web'
import { FlaskConical, Square } from 'lucide-react'
import { tried } from '../actions.ts'
import { api, useNames } from '../data.ts'
import { counted } from '../words.ts'
import { useTrial, type Trial } from './data.ts'
import { changeWords, countedWords, refusalOf } from './words.ts'

type Result = NonNullable<Trial['result']>
type Sample = Result['samples'][number]

/** What a rule would have done: asked for, under way, and what it came to. */
export function TrialPanel({ id, ask, disabled }: { id: string | null; ask: () => void; disabled: boolean }) {
  const { data: trial, error, refetch } = useTrial(id)
  const isRunning = trial?.state === 'waiting' || trial?.state === 'running'
  const stop = () => { if (id) void tried('Not stopped', () => api('DELETE /api/v1/rule-trials/:id', { params: { id } })).then(() => void refetch()) }
  return (
    <Section title="Try it" detail="On the last 30 days, without doing anything." actions={isRunning ? <Button size="small" icon={Square} onClick={stop}>Stop</Button> : <Button size="small" icon={FlaskConical} command="rule.try" disabled={disabled} onClick={ask}>Try it</Button>}>
      {error ? <Problem error={error} what="The trial" onRetry={() => void refetch()} /> : null}
      {!trial ? <p className="field-hint">Shows how often the rule would have looked at a case that fits, what it would have changed, and in which cases, as they were then.</p> : null}
      {trial && isRunning ? <Progress trial={trial} /> : null}
      {trial?.state === 'cancelled' ? <p className="field-hint">Stopped; nothing was done.</p> : null}
      {trial?.state === 'failed' ? <p className="field-error" role="alert">The trial could not be finished; it is among the failed jobs.</p> : null}
      {trial?.result ? <Outcome result={trial.result} trial={trial} /> : null}
    </Section>
  )
}

const Progress = ({ trial }: { trial: Trial }) => (
  <p className="desk-trial-progress" role="status"><progress value={trial.looked} max={Math.max(1, trial.total ?? 1)} aria-label="Cases looked at" /> {trial.total === null ? 'Reading the log …' : <><Count value={trial.looked} /> of <Count value={trial.total} /> cases</>}</p>
)

function Outcome({ result, trial }: { result: Result; trial: Trial }) {
  const names = useNames()
  if (result.moments === 0) return <Empty title="It would have done nothing">Of <Count value={trial.looked} /> cases to which this happened in the last {trial.days} days, none fits.</Empty>
  const columns: Column<Sample>[] = [
    { id: 'case', name: 'Case', cell: ({ number }) => <Link href={`/cases/${number}`}>#{number}</Link> },
    { id: 'at', name: 'When', cell: ({ at }) => <Time at={at} /> },
    { id: 'what', name: 'It would have', cell: ({ changes, refusals }) => (refusals.length > 0 ? `Nothing: ${refusals.map(refusalOf).join(', ')}` : changes.length === 0 ? 'Changed nothing' : changes.map((change) => changeWords(change, names)).join(' · ')) },
  ]
  return (
    <div className="desk-trial">
      <p className="desk-trial-sum">{counted(result.moments, 'time')} in <Count value={result.cases} /> of <Count value={trial.looked} /> cases{result.unchanged > 0 ? <>, <Count value={result.unchanged} /> of them without a change</> : null}{result.refused > 0 ? <>, <Count value={result.refused} /> refused</> : null}.</p>
      <Days perDay={result.perDay} days={trial.days} until={trial.at} />
      <ul className="desk-trial-changes">
        {Object.entries(result.changes).sort(([, a], [, b]) => b - a).slice(0, 12).map(([key, count]) => <li key={key}><span className="figure"><Count value={count} /></span> {countedWords(key, names)}</li>)}
        {Object.entries(result.refusals).map(([code, count]) => <li key={code} className="desk-trial-refused"><span className="figure"><Count value={count} /></span> Nothing: {refusalOf(code)}</li>)}
      </ul>
      <Table label="Cases" columns={columns} rows={result.samples.slice(0, 50)} keyOf={({ number, at }) => `${number} ${at}`} />
      <p className="field-hint">Status, priority, queue, people, topic and tags as they were then; wording, business, promises and waiting as they are today. Each case by itself: what the rule would have changed before is not there.</p>
    </div>
  )
}

const DAY_MS = 86_400_000

/** One bar a day, over an honest zero. */
function Days({ perDay, days, until }: { perDay: Result['perDay']; days: number; until: string }) {
  const end = new Date(until).getTime()
  const bars = Array.from({ length: days + 1 }, (_, index) => new Date(end - (days - index) * DAY_MS).toISOString().slice(0, 10)).map((day) => ({ day, count: perDay[day] ?? 0 }))
  const most = Math.max(1, ...bars.map(({ count }) => count))
  return (
    <figure className="desk-trial-days">
      <svg viewBox={`0 0 ${bars.length * 10} 60`} role="img" aria-label={`Times a day, at most ${most}`} preserveAspectRatio="none">
        {bars.map(({ day, count }, index) => <rect key={day} x={index * 10 + 1} width={8} y={60 - (count / most) * 58} height={(count / most) * 58}><title>{`${day}: ${count}`}</title></rect>)}
      </svg>
      <figcaption><span>{bars[0]?.day}</span><span>at most {most} a day</span><span>{bars.at(-1)?.day}</span></figcaption>
    </figure>
  )
}
