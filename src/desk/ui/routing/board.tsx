import { Split } from 'lucide-react'
import { Badge, Button, Drawer, Empty, Page, Problem, Skeleton, Time, useCommands, useTitle } from '#web'
import { useMemo, useState, type ReactNode } from 'react'
import { counted } from '../words.ts'
import { AgentList } from './agent-list.tsx'
import { agentsInOrder, differenceOf, placeAll, type Difference, type Placed, type QueueOnBoard, type Supposed } from './board-model.ts'
import { useBoard, type Board } from './data.ts'
import { LastGiven } from './last-given.tsx'
import { QueueSection } from './queue-section.tsx'
import { CaseLink, Reasons } from './reasons.tsx'
import './routing.css'

/** For leads: who waits and for what, who gets the next one and why, and what would be if somebody went. */
export default function RoutingBoard() {
  useTitle('Routing')
  const board = useBoard()
  if (board.isPending) return <Page title="Routing" wide><Skeleton rows={10} /></Page>
  if (board.isError) return <Page title="Routing" wide><Problem error={board.error} what="The board" onRetry={() => void board.refetch()} /></Page>
  return <Shown board={board.data} />
}

function Shown({ board }: { board: Board }) {
  const [supposed, setSupposed] = useState<Supposed>(new Map())
  const [opened, setOpened] = useState<number | null>(null)
  const now = useMemo(() => placeAll(board), [board])
  const shownNow = useMemo(() => (supposed.size > 0 ? placeAll(board, supposed) : now), [board, supposed, now])
  const agents = useMemo(() => agentsInOrder(board.agents), [board.agents])
  const name = useMemo(() => { const names = new Map(board.agents.map((agent) => [agent.id, agent.name])); return (id: string) => names.get(id) ?? 'Somebody' }, [board.agents])
  const suppose = (id: string) => setSupposed((before) => turned(board, before, id))
  useWhatIfCommands(agents, suppose, () => setSupposed(new Map()), supposed.size > 0)
  const steps = <Steps numbers={shownNow.flatMap(({ cases }) => cases.map(({ found }) => found.number))} opened={opened} open={setOpened} />
  const waiting = board.queues.reduce((sum, queue) => sum + queue.waiting, 0)
  const shown = shownNow.flatMap(({ cases }) => cases).find(({ found }) => found.number === opened) ?? null
  return (
    <Page title="Routing" wide detail={<>{counted(waiting, 'case')} {waiting === 1 ? 'waits' : 'wait'} for somebody, {counted(board.agents.filter(({ presence, onShift }) => presence === 'available' && onShift).length, 'person', 'people')} available. As of <Time at={board.at} form="clock" />.</>}>
      {supposed.size > 0 ? <WhatIf difference={differenceOf(now, shownNow)} names={[...supposed.keys()].map((id) => `${name(id)} ${supposed.get(id) === 'off' ? 'goes' : 'comes'}`)} onReset={() => setSupposed(new Map())} /> : null}
      <div className="routing-board">
        <div className="routing-queues">
          {shownNow.length === 0 ? <Empty title="Nothing waits" icon={Split}>Cases that nobody has stand here, in the order in which they go to people. Which queues give their cases out is set under Settings, Routing.</Empty>
            : shownNow.map((one) => <QueueSection key={one.queue.queueId} one={one} name={name} skills={board.skills} opened={opened} onOpen={setOpened} />)}
        </div>
        <aside className="routing-aside" aria-label="People">
          <AgentList agents={agents} skills={board.skills} supposed={supposed} next={nextOf(shownNow)} onSuppose={suppose} />
          <LastGiven name={name} skills={board.skills} />
        </aside>
      </div>
      {shown ? <ReasonsDrawer placed={shown} board={board} name={name} onClose={() => setOpened(null)}>{steps}</ReasonsDrawer> : steps}
    </Page>
  )
}

/** Supposes the opposite of what is, or takes it back. */
function turned(board: Board, before: Supposed, id: string): Supposed {
  const after = new Map(before)
  if (!after.delete(id)) after.set(id, board.agents.find((agent) => agent.id === id)?.presence === 'available' ? 'off' : 'available')
  return after
}

/** How many of the waiting cases go to each. */
function nextOf(queues: readonly QueueOnBoard[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { queue, cases } of queues) for (const { decision } of cases) if (queue.mode === 'push' && decision.agentId !== null) counts.set(decision.agentId, (counts.get(decision.agentId) ?? 0) + 1)
  return counts
}

function WhatIf({ names, difference: { moved, lost, gained }, onReset }: { names: readonly string[]; difference: Difference; onReset: () => void }) {
  const said = [moved > 0 ? `${counted(moved, 'case')} would go to somebody else` : '', lost > 0 ? `${counted(lost, 'case')} would find nobody` : '', gained > 0 ? `${counted(gained, 'case')} would find somebody` : ''].filter(Boolean)
  return (
    <div className="routing-whatif" role="status">
      <Badge tone="info">What if</Badge><span><strong>{names.join(', ')}</strong>: {said.length > 0 ? said.join(', ') : 'nothing that waits now would change'}.</span>
      <Button size="small" variant="quiet" onClick={onReset}>Back to what is</Button>
    </div>
  )
}

interface DrawerProps {
  placed: Placed
  board: Board
  name: (id: string) => string
  onClose: () => void
  children: ReactNode
}

function ReasonsDrawer({ placed: { found, decision }, board, name, onClose, children }: DrawerProps) {
  const pulled = board.queues.find(({ queueId }) => queueId === found.queueId)?.mode === 'pull'
  return (
    <Drawer open onClose={onClose} title={`Who gets #${found.number}`} description={<CaseLink number={found.number} subject={found.subject} />}>
      {pulled ? <p className="routing-line">This queue does not give its cases out: people take them. If it did:</p> : null}
      <Reasons decision={decision} name={name} skills={board.skills} />
      {children}
    </Drawer>
  )
}

interface StepsGiven {
  numbers: readonly number[]
  opened: number | null
  open: (number: number) => void
}

/** Goes through the reasons of one case after the other; over the board, and in the drawer that lies over it. */
function Steps({ numbers, opened, open }: StepsGiven) {
  const step = (by: number) => {
    const at = opened === null ? -1 : numbers.indexOf(opened)
    const next = numbers[at === -1 ? (by > 0 ? 0 : numbers.length - 1) : Math.min(numbers.length - 1, Math.max(0, at + by))]
    if (next !== undefined) open(next)
  }
  useCommands([
    { id: 'routing.nextCase', name: 'Reasons of the next case', section: 'Routing', keys: ['j'], when: () => numbers.length > 0, perform: () => step(1) },
    { id: 'routing.previousCase', name: 'Reasons of the case before', section: 'Routing', keys: ['k'], when: () => numbers.length > 0, perform: () => step(-1) },
  ], [numbers, opened])
  return null
}

function useWhatIfCommands(agents: Board['agents'], suppose: (id: string) => void, reset: () => void, supposing: boolean) {
  useCommands([
    {
      id: 'routing.whatIf', name: 'What if somebody goes or comes', section: 'Routing', keys: ['w'], question: 'What if …',
      choices: () => agents.map(({ id, name, presence }) => ({ id, name: `${name} ${presence === 'available' ? 'goes' : 'comes'}`, perform: () => suppose(id) })),
    },
    { id: 'routing.whatIs', name: 'Back to what is', section: 'Routing', keys: ['shift+w'], when: () => supposing, perform: reset },
  ], [agents, supposing])
}
