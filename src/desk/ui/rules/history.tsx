import { Badge, Button, Empty, Link, More, Problem, Section, Skeleton, Tabs, Time, type Tone } from '#web'
import { useState } from 'react'
import { triggerWords } from '../../rules/model.ts'
import { useAgents, useNames } from '../data.ts'
import { counted } from '../words.ts'
import { useRuns, type RuleWhole, type Run, type Says } from './data.ts'
import { changeWords, refusalOf } from './words.ts'

/** What a rule did, and what it said before. */
export function RuleHistory({ rule, onTake }: { rule: RuleWhole; onTake: ((says: Omit<Says, 'name'>) => void) | null }) {
  const [tab, setTab] = useState<'runs' | 'editions'>('runs')
  return (
    <Section title="What it did">
      <Tabs label="History" value={tab} onChange={setTab} tabs={[
        { value: 'runs', label: 'Log', content: <Runs id={rule.id} /> }, { value: 'editions', label: 'Editions', count: rule.editions.length, content: <Editions rule={rule} onTake={onTake} /> },
      ]} />
    </Section>
  )
}

const outcomes: Readonly<Record<Run['outcome'], { words: string; tone: Tone }>> = {
  applied: { words: 'Done', tone: 'done' }, unchanged: { words: 'Nothing to change', tone: 'neutral' }, refused: { words: 'Refused', tone: 'late' }, looped: { words: 'Held back', tone: 'soon' },
}

function Runs({ id }: { id: string }) {
  const { items, error, retry, more, hasMore, loadingMore } = useRuns(id)
  const names = useNames()
  if (error && !items) return <Problem error={error} what="The log" onRetry={retry} />
  if (!items) return <Skeleton rows={4} />
  if (items.length === 0) return <Empty title="It has not acted yet">What it does, and why it did not, stands here case by case.</Empty>
  return (
    <ul className="desk-runs">
      {items.map((run) => (
        <li key={`${run.caseNumber} ${run.cause}`} className="desk-run">
          <Link href={`/cases/${run.caseNumber}`}>#{run.caseNumber}</Link>
          <span className="desk-run-what">{run.outcome === 'refused' ? refusalOf(run.refusal ?? '') : run.outcome === 'looped' ? 'several times within the hour' : run.changes.map((change) => changeWords(change, names)).join(' · ')}</span>
          <Badge tone={outcomes[run.outcome].tone}>{outcomes[run.outcome].words}</Badge>
          <Time at={run.at} />
        </li>
      ))}
      {hasMore ? <More when={!loadingMore} load={more} /> : null}
    </ul>
  )
}

function Editions({ rule, onTake }: { rule: RuleWhole; onTake: ((says: Omit<Says, 'name'>) => void) | null }) {
  const agents = useAgents().data ?? []
  return (
    <ol className="desk-runs" reversed>
      {rule.editions.map(({ edition, by, at, ...says }) => (
        <li key={edition} className="desk-run">
          <span className="figure">{edition}</span>
          <span className="desk-run-what">{triggerWords(says.trigger)}{says.condition ? <>: <code>{says.condition}</code></> : null}; {counted(says.actions.length, 'action')}, by {agents.find(({ id }) => id === by)?.name ?? 'a program'}</span>
          {edition === rule.edition ? <Badge>Now</Badge> : onTake ? <Button size="small" onClick={() => onTake(says)}>Take again</Button> : null}
          <Time at={at} />
        </li>
      ))}
    </ol>
  )
}
