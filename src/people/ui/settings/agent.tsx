import { Badge, Drawer, Problem, Skeleton, useMe } from '#web'
import { useAgent, type Agent } from '../wire.ts'
import { AgentForm } from './agent-form.tsx'
import { AgentSkills } from './agent-skills.tsx'
import { Invitation, Leaving, SecondFactorOf, SessionsOf } from './agent-access.tsx'

/** One person: who it is, what it can, and how it gets in. Null makes a new one. */
export function AgentDrawer({ id, onClose, onMade }: { id: string | null; onClose: () => void; onMade: (id: string) => void }) {
  const { data: agent, error, refetch } = useAgent(id)
  const title = id === null ? 'Add a person' : agent?.name ?? 'One moment'
  return (
    <Drawer open onClose={onClose} title={title} description={id === null ? 'They get in by a link that you hand them in the next step.' : agent?.deactivated ? <Badge>Deactivated</Badge> : agent?.email}>
      {id === null ? <AgentForm seen={null} onDone={onMade} onClose={onClose} />
        : error && !agent ? <Problem error={error} onRetry={() => void refetch()} /> : agent ? <Known key={agent.id} agent={agent} onClose={onClose} /> : <Skeleton rows={8} />}
    </Drawer>
  )
}

function Known({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const me = useMe()
  const may = me.may('agent.change')
  return (
    <>
      <AgentForm key={agent.deactivated ? 'left' : 'here'} seen={agent} readOnly={!may || agent.deactivated} onClose={onClose} />
      <AgentSkills agent={agent} readOnly={!me.may('agent.skills') || agent.deactivated} />
      {may && !agent.deactivated ? <><Invitation agent={agent} /><SessionsOf agent={agent} /><SecondFactorOf agent={agent} /></> : null}
      {may ? <Leaving agent={agent} onClose={onClose} /> : null}
    </>
  )
}
