import { useMemo } from 'react'
import type { ActionNames } from '../../actions/model.ts'
import { useNames, useQueues } from '../data.ts'

/** Names for the ids and keys in actions and in what they changed. */
export function useActionNames(): ActionNames {
  const [names, queues] = [useNames(), useQueues().data]
  return useMemo(() => ({
    agent: names.agent, team: names.team, topic: names.topic, queue: (keyOrId) => queues?.find(({ id, key }) => id === keyOrId || key === keyOrId)?.name ?? null,
  }), [names, queues])
}
