import { Badge, Empty, Page, Problem, Section, Skeleton, Table, useMe, type Column } from '#web'
import { useState } from 'react'
import { useTopics } from '../data.ts'
import { listed } from '../timeline/facts.ts'
import type { Topic } from '../wire.ts'
import { useBoardSkills, useQueueRoutings, useTopicNeeds, type NeedBody, type QueueRoutingView } from './data.ts'
import { QueueRoutingDialog } from './queue-routing-dialog.tsx'
import { RulesSection } from './rules.tsx'
import { TopicSkillsDialog } from './topic-skills-dialog.tsx'
import { modeWords, needInWords } from './words.ts'
import './routing.css'

/** How queues give their cases out, what topics ask for, and what holds for all. */
export default function RoutingSettings() {
  const may = useMe().may('routing.change')
  const queues = useQueueRoutings()
  const skills = useBoardSkills().data ?? []
  const [editing, setEditing] = useState<QueueRoutingView | null>(null)
  const columns: Column<QueueRoutingView>[] = [
    { id: 'name', name: 'Queue', cell: ({ name, walled }) => <span className="desk-cell-badges"><span className="desk-cell-name">{name}</span>{walled ? <Badge>Walled</Badge> : null}</span> },
    { id: 'mode', name: 'Cases are', cell: ({ mode }) => <Badge tone={mode === 'push' ? 'info' : 'neutral'}>{modeWords[mode].toLowerCase()}</Badge>, width: 110 },
    { id: 'skills', name: 'Asks for', cell: ({ needs }) => (needs.length === 0 ? <span className="desk-cell-detail">Nothing in particular</span> : listed(needs.map((need) => needInWords(need, skills)))), wideOnly: true },
    { id: 'more', name: '', cell: (queue) => <span className="desk-cell-detail">{inShort(queue, queues.data ?? [])}</span>, wideOnly: true },
  ]
  return (
    <Page title="Routing" detail="Queues whose cases are given out send each to the best person who is there. From the others, people take their next case.">
      <Section title="Queues">
        {queues.isPending ? <Skeleton rows={5} /> : queues.isError ? <Problem error={queues.error} what="The queues" onRetry={() => void queues.refetch()} />
          : <Table label="Queues" columns={columns} rows={queues.data} keyOf={({ queueId }) => queueId} {...(may ? { onOpen: setEditing } : {})} empty={<Empty title="No queues">Queues are set up under Queues.</Empty>} />}
      </Section>
      <Topics may={may} />
      <RulesSection may={may} />
      {editing ? <QueueRoutingDialog queue={editing} queues={queues.data ?? []} skills={skills} onClose={() => setEditing(null)} /> : null}
    </Page>
  )
}

function inShort({ stickyMinutes, acceptMinutes, overflow, capacityPercent, mode }: QueueRoutingView, queues: readonly QueueRoutingView[]): string {
  const pushed = mode === 'push' ? [capacityPercent < 100 ? `fills up to ${capacityPercent} %` : '', stickyMinutes ? `waits ${stickyMinutes} min for the owner` : '', acceptMinutes === null ? '' : `to be opened in ${acceptMinutes} min`] : []
  return [...pushed, overflow === null ? '' : `goes on to ${queues.find(({ queueId }) => queueId === overflow.queueId)?.name ?? 'another queue'} after ${overflow.afterMinutes} min`].filter(Boolean).join(' · ')
}

function Topics({ may }: { may: boolean }) {
  const topics = useTopics()
  const needs = useTopicNeeds()
  const skills = useBoardSkills().data ?? []
  const [editing, setEditing] = useState<Topic | null>(null)
  const needsOf = (key: string): NeedBody[] => (needs.data?.get(key) ?? []).map(({ skillId, level, dropAfterMinutes }) => ({ skillId, level, dropAfterMinutes }))
  const columns: Column<Topic>[] = [
    { id: 'title', name: 'Topic', cell: ({ title }) => <span className="desk-cell-name">{title}</span> },
    { id: 'skills', name: 'Asks for', cell: ({ key }) => { const asked = needsOf(key); return asked.length === 0 ? <span className="desk-cell-detail">Nothing in particular</span> : listed(asked.map((need) => needInWords(need, skills))) } },
  ]
  return (
    <Section title="Topics" detail="What a case is about can ask for skills, besides those of its queue.">
      {topics.isPending || needs.isPending ? <Skeleton rows={5} /> : topics.isError ? <Problem error={topics.error} what="The topics" onRetry={() => void topics.refetch()} />
        : <Table label="Topics" columns={columns} rows={topics.data.filter(({ archived }) => !archived)} keyOf={({ key }) => key} {...(may ? { onOpen: setEditing } : {})} empty={<Empty title="No topics yet">Topics are added under Topics.</Empty>} />}
      {editing ? <TopicSkillsDialog topic={editing} needs={needsOf(editing.key)} skills={skills} onClose={() => setEditing(null)} /> : null}
    </Section>
  )
}
