import { Forward } from 'lucide-react'
import { navigate, toast, useCommands, useMe } from '#web'
import { tried } from '../actions.ts'
import { api } from '../data.ts'

/** Takes the best next case and opens it. */
async function takeNext(): Promise<void> {
  await tried('Nothing was taken', async () => {
    const { case: taken } = await api('POST /api/v1/cases/next')
    if (taken) navigate(`/lists/mine/${taken.number}`)
    else toast({ text: 'Nothing waits that you can take' })
  })
}

/** The command by which people work queues whose cases are taken. */
export function TakeNext() {
  const me = useMe()
  useCommands([
    { id: 'case.next', name: 'Take my next case', section: 'Cases', icon: Forward, words: 'pull get work', keys: ['shift+n'], when: () => me.kind === 'agent' && me.may('case.next'), perform: () => void takeNext() },
  ], [me])
  return null
}
