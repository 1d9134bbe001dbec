import type { Choice, useQueryClient } from '#web'
import { choicesFrom, normaliseTag, priorities } from '../../cases/model.ts'
import { setAssignee, setPriority, setQueue, setStatus, setTags, setTeam, setTopic, type Doing } from '../actions.ts'
import { agentsNow, api, teamsNow } from '../data.ts'
import type { Queue, Topic } from '../wire.ts'
import { counted, priorityNames, statusMeanings, statusNames } from '../words.ts'
import { priorityIcons, statusIcons } from '../marks.tsx'

/** What can be chosen for a case, asked for when a picker opens. */

type Queries = ReturnType<typeof useQueryClient>

export const statusChoices = (doing: Doing): Choice[] =>
  choicesFrom(doing.row.status).flatMap((status) => (status === 'new' ? [] : [{
    id: status, name: statusNames[status], detail: statusMeanings[status], icon: statusIcons[status], perform: () => void setStatus(doing, status),
  }]))

export const priorityChoices = (doing: Doing): Choice[] =>
  [...priorities].reverse().map((priority) => ({
    id: priority, name: priorityNames[priority], icon: priorityIcons[priority], current: doing.row.priority === priority, perform: () => void setPriority(doing, priority),
  }))

export async function assigneeChoices(doing: Doing, queries: Queries): Promise<Choice[]> {
  const agents = (await agentsNow(queries)).filter(({ deactivated }) => !deactivated)
  const { assignee } = doing.row
  const people = agents.map(({ id, name, teamId, presence }): Choice => ({
    id, name: id === doing.names.me ? `${name} (you)` : name, detail: [teamId === null ? null : doing.names.team(teamId), presence === 'available' ? null : presenceWords[presence]].filter(Boolean).join(' · '), current: assignee?.id === id,
    perform: () => void setAssignee(doing, { id, name }),
  }))
  const [mine, others] = [people.filter(({ id }) => id === doing.names.me), people.filter(({ id }) => id !== doing.names.me)]
  return [...mine, ...(assignee ? [{ id: 'nobody', name: 'Nobody', detail: 'Back to the unassigned', perform: () => void setAssignee(doing, null) }] : []), ...others]
}

const presenceWords: Readonly<Record<string, string>> = { busy: 'busy', away: 'away', off: 'off work' }

export const queueChoices = (doing: Doing, queues: readonly Queue[]): Choice[] =>
  queues.filter(({ archived }) => !archived).map(({ id, key, name, description }) => ({
    id, name, detail: description, current: doing.row.queue.id === id, perform: () => void setQueue(doing, { id, key, name }),
  }))

export const topicChoices = (doing: Doing, topics: readonly Topic[]): Choice[] => [
  ...(doing.row.topic ? [{ id: '', name: 'No topic', perform: () => void setTopic(doing, null) }] : []),
  ...topics.filter(({ archived }) => !archived).map(({ key, title }) => ({ id: key, name: title, current: doing.row.topic?.key === key, perform: () => void setTopic(doing, { key, title }) })),
]

export async function teamChoices(doing: Doing, queries: Queries): Promise<Choice[]> {
  const teams = (await teamsNow(queries)).filter(({ archivedAt }) => archivedAt === null)
  return [
    ...(doing.row.team ? [{ id: '', name: 'No team', perform: () => void setTeam(doing, null) }] : []),
    ...teams.map(({ id, name }) => ({ id, name, current: doing.row.team?.id === id, perform: () => void setTeam(doing, { id, name }) })),
  ]
}

/** Tags in use, those of the case first; a new one is written in its own dialog. */
export async function tagChoices(doing: Doing, write: () => void): Promise<Choice[]> {
  const { tags } = doing.row
  const inUse = (await api('GET /api/v1/tags')).items
  return [
    { id: ' new', name: 'New tag …', perform: write },
    ...tags.map((tag) => ({ id: tag, name: tag, detail: 'Take it off', current: true, perform: () => void setTags(doing, tags.filter((other) => other !== tag)) })),
    ...inUse.filter(({ tag }) => !tags.includes(tag)).map(({ tag, cases }) => ({ id: tag, name: tag, detail: counted(cases, 'case'), perform: () => void setTags(doing, [...tags, tag]) })),
  ]
}

/** What was typed, as a tag; null when nothing of it can stand in one. */
export function newTag(doing: Doing, letters: string): Choice | null {
  const tag = normaliseTag(letters)
  return tag ? { id: tag, name: `New tag “${tag}”`, perform: () => void setTags(doing, [...new Set([...doing.row.tags, tag])]) } : null
}
