import { Badge, Button, Count, Time, useNow } from '#web'
import { useState } from 'react'
import { PriorityMark } from '../marks.tsx'
import type { Placed, QueueOnBoard } from './board-model.ts'
import type { Skill } from './data.ts'
import { modeWords, needInWords, othersInWords } from './words.ts'

const SHOWN_FIRST = 8

interface QueueSectionProps {
  one: QueueOnBoard
  name: (id: string) => string
  skills: readonly Skill[]
  opened: number | null
  onOpen: (number: number) => void
}

/** What waits in a queue, in order, each with who gets it next or why nobody. */
export function QueueSection({ one: { queue, cases }, name, skills, opened, onOpen }: QueueSectionProps) {
  const [all, setAll] = useState(false)
  const shown = all ? cases : cases.slice(0, SHOWN_FIRST)
  const next = queue.mode === 'push' ? cases.find(({ decision }) => decision.agentId !== null) : undefined
  return (
    <section className="routing-queue" aria-label={queue.name}>
      <header className="routing-queue-head">
        <h2 className="section-title">{queue.name}<span className="section-count figure"><Count value={queue.waiting} /></span></h2>
        <Badge tone={queue.mode === 'push' ? 'info' : 'neutral'}>{modeWords[queue.mode]}</Badge>
        {queue.walled ? <Badge>Walled</Badge> : null}
        <span className="routing-next">{next?.decision.agentId ? <>Next: <strong>{name(next.decision.agentId)}</strong></> : queue.mode === 'push' && cases.length > 0 ? 'Nobody can take the next one' : null}</span>
      </header>
      {cases.length === 0 ? <p className="routing-none">Nothing waits here.</p> : (
        <ol className="routing-cases">
          {shown.map((placed) => <Row key={placed.found.number} placed={placed} pushed={queue.mode === 'push'} current={opened === placed.found.number} {...{ name, skills, onOpen }} />)}
        </ol>
      )}
      {cases.length > SHOWN_FIRST ? <Button size="small" variant="quiet" onClick={() => setAll(!all)}>{all ? 'Fewer' : `All ${cases.length}`}</Button> : null}
      {queue.waiting > cases.length ? <p className="routing-none">The {cases.length} most urgent of {queue.waiting} are looked at here.</p> : null}
    </section>
  )
}

interface RowProps {
  placed: Placed
  pushed: boolean
  current: boolean
  name: (id: string) => string
  skills: readonly Skill[]
  onOpen: (number: number) => void
}

function Row({ placed: { found, decision, takeBy }, pushed, current, name, skills, onOpen }: RowProps) {
  const late = takeBy <= useNow().getTime()
  return (
    <li>
      <button type="button" className="routing-case" aria-current={current || undefined} onClick={() => onOpen(found.number)}>
        <span className={late ? 'routing-by routing-late' : 'routing-by'} title={decision.reasons.takeByWhy === 'due' ? 'A promise to the customer' : 'As long as its priority may wait'}>{late ? 'since ' : 'by '}<Time at={new Date(takeBy)} form="clock" /></span>
        <span className="routing-subject"><span className="routing-number figure">#{found.number}</span><PriorityMark priority={found.priority} />{found.subject ?? ''}</span>
        <span className="routing-needs">{decision.reasons.needs.map((need) => <span key={need.skillId} className="tag">{needInWords(need, skills)}</span>)}</span>
        <span className="routing-outcome">{outcome()}</span>
      </button>
    </li>
  )

  function outcome() {
    if (decision.agentId !== null) return <>{pushed ? null : 'best: '}<strong>{name(decision.agentId)}</strong></>
    if (decision.why === 'waitsForOwner' && decision.until !== null) return <>waits for {found.ownerId === null ? 'its owner' : name(found.ownerId)} until <Time at={new Date(decision.until)} form="clock" /></>
    return <span className="routing-nobody">nobody: {othersInWords(decision.reasons.others) || 'nobody works this queue'}</span>
  }
}
