import { ArrowRightLeft, Ban, CircleCheck, Copy, Hand, Link2, RotateCcw, Tag, Trash2, UserPlus, UserRoundPen } from 'lucide-react'
import { runCommand, useCommands, useMe, useQueryClient, type Command } from '#web'
import { isUnsolved } from '../cases/model.ts'
import { copy, remove, restore, setAssignee, setStatus, type Doing } from './actions.ts'
import { canChange } from './can-change.ts'
import { useQueues, useTopics } from './data.ts'
import { choosing } from './inbox/selection.ts'
import { assigneeChoices, newTag, priorityChoices, queueChoices, statusChoices, tagChoices, teamChoices, topicChoices } from './pickers/choices.ts'

export type Asking = 'handOver' | 'participant' | 'link' | 'tag' | 'subject'

interface CaseCommandsProps {
  /** The open case, or the selected row. */
  doing: Doing
  /** Opens a dialog. */
  ask: (what: Asking) => void
}

/** What can be done to a case, by key and by name, whether it is open or only selected. */
export function CaseCommands({ doing, ask }: CaseCommandsProps) {
  const [me, queries, queues, topics] = [useMe(), useQueryClient(), useQueues().data ?? [], useTopics().data ?? []]
  const { row } = doing
  const section = `Case #${row.number}`
  const works = () => me.may('case.change') && canChange(row) && !choosing()
  const pick = (commands: readonly Omit<Command, 'section' | 'when'>[]): Command[] => commands.map((command) => ({ ...command, section, when: works }))
  useCommands([
    ...pick([
      { id: 'case.status', name: 'Set status', keys: ['s'], question: 'Set status to …', choices: () => statusChoices(doing) },
      { id: 'case.priority', name: 'Set priority', keys: ['p'], question: 'Set priority to …', choices: () => priorityChoices(doing) },
      { id: 'case.assign', name: 'Assign', keys: ['a'], icon: UserRoundPen, question: 'Assign to …', choices: () => assigneeChoices(doing, queries) },
      { id: 'case.queue', name: 'Move to queue', keys: ['q'], question: 'Move to …', choices: () => queueChoices(doing, queues) },
      { id: 'case.topic', name: 'Set topic', keys: ['t'], question: 'What is it about?', choices: () => topicChoices(doing, topics) },
      { id: 'case.team', name: 'Set team', keys: ['v'], question: 'Which team?', choices: () => teamChoices(doing, queries) },
      { id: 'case.tags', name: 'Tag', keys: ['l'], icon: Tag, question: 'Tag with …', choices: () => tagChoices(doing, () => ask('tag')), typed: (letters) => newTag(doing, letters) },
      { id: 'case.handOver', name: 'Hand over with a note', keys: ['h'], icon: ArrowRightLeft, perform: () => ask('handOver') },
      { id: 'case.participant', name: 'Put somebody in copy', keys: ['f'], icon: UserPlus, perform: () => ask('participant') },
      { id: 'case.link', name: 'Link to another case', keys: ['shift+l'], icon: Link2, words: 'related duplicate causes', perform: () => ask('link') },
      { id: 'case.subject', name: 'Change the subject', perform: () => ask('subject') },
    ]),
    {
      id: 'case.take', name: 'Take', keys: ['i'], section, icon: Hand, words: 'assign to me', when: () => works() && me.kind === 'agent' && row.assignee?.id !== me.id,
      perform: () => void setAssignee(doing, { id: me.id, name: me.name }),
    },
    { id: 'case.solve', name: 'Solve', keys: ['e'], section, icon: CircleCheck, words: 'done resolve', when: () => works() && isUnsolved(row.status), perform: () => leave(() => setStatus(doing, 'solved')) },
    { id: 'case.reopen', name: 'Reopen', keys: ['shift+e'], section, icon: RotateCcw, when: () => works() && row.status === 'solved', perform: () => void setStatus(doing, 'open') },
    { id: 'case.trash', name: 'Put into the trash', keys: ['#'], section, icon: Trash2, words: 'delete', when: () => me.may('case.remove') && row.removed !== 'trash' && !choosing(), perform: () => leave(() => remove(doing, 'trash')) },
    { id: 'case.spam', name: 'Mark as spam', keys: ['!'], section, icon: Ban, words: 'junk', when: () => me.may('case.remove') && row.removed !== 'spam' && !choosing(), perform: () => leave(() => remove(doing, 'spam')) },
    { id: 'case.restore', name: 'Restore', keys: ['shift+x'], section, icon: RotateCcw, when: () => me.may('case.remove') && row.removed !== null, perform: () => leave(() => restore(row.number)) },
    { id: 'case.copyNumber', name: 'Copy the number', keys: ['y'], section, icon: Copy, perform: () => void copy(`#${row.number}`, `#${row.number}`) },
    { id: 'case.copyLink', name: 'Copy a link', keys: ['shift+y'], section, icon: Copy, perform: () => void copy(`${location.origin}/cases/${row.number}`, 'The link') },
  ], [doing, me, queues, topics, queries, ask])
  return null
}

/** Does what takes a case out of its list, and goes on to the next one. */
function leave(deed: () => Promise<unknown>) {
  runCommand('list.next')
  void deed()
}
