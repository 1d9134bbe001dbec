import { absolute, Avatar, duration, Link, Time, useNow, useReader } from '#web'
import type { Decision } from '../../routing/model.ts'
import { LoadBar } from './load-bar.tsx'
import { needInWords, obstacleOf, sourceWords, whyWords } from './words.ts'

/** As it is decided, and as it is kept. */
type Shown = Omit<Decision['reasons'], 'others'> & { others: readonly { obstacle: string; count: number; some: readonly string[] }[] }

interface ReasonsProps {
  decision: Pick<Decision, 'agentId' | 'until'> & { why: string; reasons: Shown }
  name: (id: string) => string
  skills: readonly { id: string; name: string }[]
  /** The reader, who reads of "you". */
  me?: string | null
}

/** Why this one and not the others: the ranking of the best, and what stood against everybody else. */
export function Reasons({ decision, name, skills, me = null }: ReasonsProps) {
  const { reasons } = decision
  return (
    <div className="routing-reasons">
      <p className="routing-verdict"><Verdict {...{ decision, name, me }} /></p>
      <ByWhen reasons={reasons} />
      {reasons.needs.length > 0 ? <p className="routing-line">Asks for {reasons.needs.map((need) => `${needInWords(need, skills)} (${sourceWords[need.source]})`).join(', ')}.</p> : null}
      {reasons.dropped.length > 0 ? <p className="routing-line">No longer asks for {reasons.dropped.map((need) => needInWords(need, skills)).join(', ')}: it waited too long for somebody who can.</p> : null}
      {reasons.best.length > 0 ? (
        <>
          <h3 className="routing-heading">{reasons.able === 1 ? 'The one who could take it' : `The best of ${reasons.able} who could take it`}</h3>
          <ol className="routing-best">
            {reasons.best.map((ranked) => (
              <li key={ranked.agentId} data-chosen={ranked.agentId === decision.agentId || undefined}>
                <Avatar name={name(ranked.agentId)} size={20} /><span className="routing-who">{ranked.agentId === me ? 'You' : name(ranked.agentId)}</span>
                <LoadBar load={ranked.load} capacity={ranked.capacity} /><span className="routing-since figure">{ranked.withoutMs === null ? 'no case yet' : `${duration(ranked.withoutMs)} since the last`}</span>
              </li>
            ))}
          </ol>
        </>
      ) : null}
      {reasons.others.length > 0 ? (
        <>
          <h3 className="routing-heading">The others</h3>
          <ul className="routing-others">
            {reasons.others.map(({ obstacle, count, some }) => (
              <li key={obstacle}><span className="figure">{count}</span> {obstacleOf(obstacle)}{some.length > 0 ? <span className="routing-some">{some.map(name).join(', ')}{count > some.length ? ' …' : ''}</span> : null}</li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  )
}

function Verdict({ decision, name, me }: { decision: ReasonsProps['decision']; name: ReasonsProps['name']; me: string | null }) {
  if (decision.agentId !== null) {
    const mine = decision.agentId === me
    return <><strong>{mine ? 'You' : name(decision.agentId)}</strong>: {whyWords(decision.why, mine) ?? 'the best of those who could'}.</>
  }
  if (decision.why === 'waitsForOwner' && decision.until !== null) return <>Waits for <strong>{decision.reasons.ownerId === null ? 'whoever knows the customer' : name(decision.reasons.ownerId)}</strong>, who answered this customer last, until <Time at={new Date(decision.until)} form="clock" />.</>
  return <><strong>Nobody</strong> can take it now.</>
}

function ByWhen({ reasons }: { reasons: Shown }) {
  const [reader, past] = [useReader(), reasons.takeBy <= useNow().getTime()]
  return <p className="routing-line" title={absolute(new Date(reasons.takeBy), reader)}>{past ? 'Should have been' : 'Should be'} with somebody by <Time at={new Date(reasons.takeBy)} form="clock" />: {reasons.takeByWhy === 'due' ? 'a promise to the customer runs out' : 'no longer than its priority may wait'}.{reasons.weight > 1 ? ` It counts as ${reasons.weight} cases.` : ''}</p>
}

/** A case as the reasons' head names it. */
export const CaseLink = ({ number, subject }: { number: number; subject: string | null }) => <Link href={`/cases/${number}`} className="routing-case-link">#{number}{subject === null ? '' : ` ${subject}`}</Link>
