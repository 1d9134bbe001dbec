import { GitMerge, Waypoints } from 'lucide-react'
import { useCommands, useMe } from '#web'
import { askKin } from './asking.ts'

/** What binds the chosen cases of a list together; their numbers, lowest first. */
export function KinOfChosen({ numbers }: { numbers: readonly number[] }) {
  const me = useMe()
  const known = numbers.toSorted((a, b) => a - b).join(' ')
  useCommands(known === '' ? [] : chosenCommands(known.split(' ').map(Number), me), [known, me])
  return null
}

function chosenCommands(chosen: number[], me: ReturnType<typeof useMe>) {
  const [first = 0, second = null] = chosen
  const section = 'Many cases'
  return [
    { id: 'bulk.incidentOf', name: 'Make the chosen incidents of a problem', keys: ['shift+i'], section, icon: Waypoints, words: 'link problem', when: () => me.may('case.change'), perform: () => askKin({ what: 'incidentOf', numbers: chosen }) },
    ...(chosen.length === 2 ? [{ id: 'bulk.merge', name: 'Merge the two chosen', keys: ['shift+m'], section, icon: GitMerge, when: () => me.may('case.merge'), perform: () => askKin({ what: 'merge', number: first, other: second }) }] : []),
  ]
}
