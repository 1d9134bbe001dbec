import { Combobox, Select } from '#web'
import { minutesWords, type CaseAction } from '../../actions/model.ts'
import { kinds, priorities, statuses } from '../../cases/model.ts'
import { useAgents, useNames, useQueues, useTeams, useTopics } from '../data.ts'
import { priorityNames, statusNames } from '../words.ts'
import { TagsControl } from './tags-control.tsx'
import { TextControl } from './text-control.tsx'

interface ControlProps<A extends CaseAction = CaseAction> {
  action: A
  onChange: (next: CaseAction) => void
  disabled: boolean
}

/** What an action needs to be told: to which status, to whom, which words. */
export function ActionControl(props: ControlProps) {
  const { action, onChange, disabled } = props
  switch (action.do) {
    case 'status': return <Select hideLabel label="Status" value={action.to} disabled={disabled} onChange={(to) => onChange({ do: 'status', to })} options={statuses.flatMap((status) => (status === 'new' ? [] : [{ value: status, label: statusNames[status] }]))} />
    case 'priority': return <Select hideLabel label="Priority" value={action.to} disabled={disabled} onChange={(to) => onChange({ do: 'priority', to })} options={[...priorities].reverse().map((word) => ({ value: word, label: priorityNames[word] }))} />
    case 'kind': return <Select hideLabel label="Kind" value={action.to} disabled={disabled} onChange={(to) => onChange({ do: 'kind', to })} options={kinds.map((word) => ({ value: word, label: kindNames[word] }))} />
    case 'assign': return <AssignControl {...props} action={action} />
    case 'team': return <TeamControl {...props} action={action} />
    case 'queue': return <QueueControl {...props} action={action} />
    case 'topic': return <TopicControl {...props} action={action} />
    case 'tag': return <TagsControl {...props} action={action} />
    case 'reply': case 'note': return <TextControl label={action.do === 'reply' ? 'Reply' : 'Note'} value={action.body} disabled={disabled} onChange={(body) => onChange({ ...action, body })} />
    case 'snooze': return <SnoozeControl {...props} action={action} />
    case 'remove': return <Select hideLabel label="Where" value={action.as} disabled={disabled} onChange={(as) => onChange({ do: 'remove', as })} options={[{ value: 'trash', label: 'Into the trash' }, { value: 'spam', label: 'Into spam' }]} />
    case 'restore': return <span className="desk-deed-words">from spam or trash</span>
  }
}

type Of<D extends CaseAction['do']> = ControlProps<Extract<CaseAction, { do: D }>>

const kindNames = { question: 'Question', incident: 'Incident', problem: 'Problem', request: 'Request' } as const
const NOBODY = 'nobody'

function AssignControl({ action, onChange, disabled }: Of<'assign'>) {
  const [agents, names] = [useAgents().data ?? [], useNames()]
  const people = agents.filter(({ id, deactivated }) => !deactivated || id === action.to).map(({ id, name, teamId }) => ({ value: id, label: name, detail: (teamId === null ? null : names.team(teamId)) ?? '' }))
  const options = [{ value: 'me', label: 'Me', detail: 'Whoever does it' }, { value: NOBODY, label: 'Nobody', detail: 'Back to the unassigned' }, ...people]
  return <Combobox hideLabel label="To whom" value={action.to ?? NOBODY} disabled={disabled} options={options} onChange={(to) => onChange({ do: 'assign', to: to === NOBODY || to === null ? null : to })} />
}

function TeamControl({ action, onChange, disabled }: Of<'team'>) {
  const teams = (useTeams().data ?? []).filter(({ id, archivedAt }) => archivedAt === null || id === action.to)
  return <Combobox hideLabel label="Which team" value={action.to ?? NOBODY} disabled={disabled} options={[{ value: NOBODY, label: 'No team' }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]} onChange={(to) => onChange({ do: 'team', to: to === NOBODY ? null : to })} />
}

function QueueControl({ action, onChange, disabled }: Of<'queue'>) {
  const queues = (useQueues().data ?? []).filter(({ archived, key }) => !archived || key === action.to)
  const value = queues.find(({ id, key }) => id === action.to || key === action.to)?.key ?? null
  return <Combobox hideLabel label="Which queue" value={value} disabled={disabled} options={queues.map(({ key, name, description }) => ({ value: key, label: name, detail: description }))} onChange={(to) => { if (to !== null) onChange({ do: 'queue', to }) }} />
}

function TopicControl({ action, onChange, disabled }: Of<'topic'>) {
  const topics = (useTopics().data ?? []).filter(({ archived, key }) => !archived || key === action.to)
  return <Combobox hideLabel label="Which topic" value={action.to ?? NOBODY} disabled={disabled} options={[{ value: NOBODY, label: 'No topic' }, ...topics.map(({ key, title }) => ({ value: key, label: title }))]} onChange={(to) => onChange({ do: 'topic', to: to === NOBODY ? null : to })} />
}

const CUSTOMER = 'customer'
const spans = [60, 180, 480, 1440, 2880, 4320, 10_080, 20_160]

function SnoozeControl({ action, onChange, disabled }: Of<'snooze'>) {
  const known = action.minutes === null || spans.includes(action.minutes) ? spans : [...spans, action.minutes].sort((a, b) => a - b)
  const options = [...known.map((minutes) => ({ value: String(minutes), label: `For ${minutesWords(minutes)}` })), { value: CUSTOMER, label: 'Until the customer writes' }]
  return <Select hideLabel label="How long" value={action.minutes === null ? CUSTOMER : String(action.minutes)} disabled={disabled} options={options} onChange={(value) => onChange({ do: 'snooze', minutes: value === CUSTOMER ? null : Number(value) })} />
}
