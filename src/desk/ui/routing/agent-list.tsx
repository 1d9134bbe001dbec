import { Avatar, Button, Section, Time } from '#web'
import type { Supposed } from './board-model.ts'
import type { BoardAgent, Skill } from './data.ts'
import { LoadBar } from './load-bar.tsx'

interface AgentListProps {
  agents: readonly BoardAgent[]
  skills: readonly Skill[]
  supposed: Supposed
  next: ReadonlyMap<string, number>
  onSuppose: (id: string) => void
}

/** Who works cases: whether they are there, how full they are, what they can, and what they get next. */
export function AgentList({ agents, skills, supposed, next, onSuppose }: AgentListProps) {
  const there = agents.filter(({ presence }) => presence !== 'off')
  const gone = agents.filter(({ presence }) => presence === 'off')
  return (
    <>
      <Section title="People at work" count={there.length} compact>
        {there.length === 0 ? <p className="routing-none">Nobody has said that they are here.</p> : <ul className="routing-agents">{there.map((agent) => <Row key={agent.id} {...{ agent, skills, supposed, next, onSuppose }} />)}</ul>}
      </Section>
      {gone.length > 0 ? <details className="routing-gone"><summary>{gone.length} off work</summary><ul className="routing-agents">{gone.map((agent) => <Row key={agent.id} {...{ agent, skills, supposed, next, onSuppose }} />)}</ul></details> : null}
    </>
  )
}

function Row({ agent, skills, supposed, next, onSuppose }: Omit<AgentListProps, 'agents'> & { agent: BoardAgent }) {
  const presence = supposed.get(agent.id) ?? agent.presence
  const can = Object.entries(agent.skills).map(([id, level]) => `${skills.find((skill) => skill.id === id)?.name ?? 'a skill'} ${level}`)
  const gets = next.get(agent.id) ?? 0
  return (
    <li className="routing-agent" data-supposed={supposed.has(agent.id) || undefined}>
      <Avatar name={agent.name} size={24} presence={presence} />
      <div className="routing-agent-words">
        <span className="routing-who">{agent.name}</span>
        <span className="routing-agent-detail" title={can.join(', ')}>{agent.team ?? 'No team'}{agent.onShift ? '' : ' · off shift'}{agent.lastAssignedAt === null ? '' : <> · last case <Time at={new Date(agent.lastAssignedAt)} form="short" /></>}</span>
        <span className="routing-agent-skills">{can.join(', ')}</span>
      </div>
      <div className="routing-agent-figures"><LoadBar load={agent.load} capacity={agent.capacity} />{gets > 0 ? <span className="routing-gets figure">+{gets}</span> : null}</div>
      <Button size="small" variant="quiet" aria-pressed={supposed.has(agent.id)} onClick={() => onSuppose(agent.id)}>{supposed.has(agent.id) ? 'Undo' : agent.presence === 'available' ? 'If off' : 'If here'}<span className="unseen"> {agent.name}</span></Button>
    </li>
  )
}
