import { navigate, useCommands } from '#web'
import { useQueues } from '../data.ts'
import { allLists } from './lists.ts'

/** Lists that stand in the rail, whose commands and keys the frame makes. */
export const inRail = ['mine', 'team', 'unassigned', 'all']

/** Every other list by its name and its key. */
export function useListGoings(): void {
  const queues = useQueues().data
  useCommands([
    ...allLists(queues ?? []).filter(({ key }) => !inRail.includes(key)).map(({ key, name, keys, section }) => ({
      id: `go.list.${key}`, name: `Go to ${name}`, section: 'Go to', words: section === 'queues' ? 'queue' : 'list', ...(keys ? { keys } : {}), perform: () => navigate(`/lists/${key}`),
    })),
    {
      id: 'go.list', name: 'Go to a list', keys: ['g v'], section: 'Go to', question: 'Which list?',
      choices: () => allLists(queues ?? []).map(({ key, name }) => ({ id: key, name, perform: () => navigate(`/lists/${key}`) })),
    },
  ], [queues])
}
