import { refuse as refuseAnything, violatedConstraint, type Work } from '#platform'
import { refuse } from '../refusals.ts'
import {
  archiveQueue, beginQueueChange, beginTopicChange, countAtHand, findQueueId, insertQueue, insertTopic, makeStandard, queueById, setQueueTeams, updateQueue, updateTopic, type Queue,
} from './store.ts'

export interface QueueWords {
  name?: string
  description?: string
  walled?: boolean
  teams?: string[]
  standard?: boolean
  archived?: boolean
}

/** Sets up a queue; with `standard` it takes what fits nowhere else from now on. */
export async function createQueue(work: Work, given: QueueWords & { key: string; name: string }): Promise<Queue> {
  const id = await insertQueue(work.tx, { key: given.key, name: given.name, description: given.description ?? '', walled: given.walled ?? false })
    .catch((error: unknown) => { throw violatedConstraint(error) === 'queue_key_key' ? refuse('queue.keyTaken') : error })
  if (given.teams) await teams(work, id, given.teams)
  if (given.standard) await makeStandard(work.tx, id)
  work.tell('desk', { kind: 'queue.created', subject: `queue:${id}`, data: { key: given.key } })
  return reread(work, id)
}

const refuseStale = (version: number | null, versionSeen: number | null) => {
  if (version !== null && versionSeen !== null && version !== versionSeen) throw refuseAnything('version.stale', { version, versionSeen })
}

/** Changes what is given of a queue; one with cases at hand is not archived. @throws version.stale when somebody changed it since `versionSeen` */
export async function changeQueue(work: Work, id: string, given: QueueWords, versionSeen: number | null = null): Promise<Queue> {
  refuseStale(await beginQueueChange(work.tx, id), versionSeen)
  const before = await queueById(work.tx, id)
  if (!before) throw refuse('queue.notFound')
  if (given.standard && (given.archived ?? before.archived)) throw refuse('queue.archived')
  const { name, description, walled } = given
  await updateQueue(work.tx, id, { ...(name !== undefined ? { name } : {}), ...(description !== undefined ? { description } : {}), ...(walled !== undefined ? { walled } : {}) })
  if (given.teams) await teams(work, id, given.teams)
  if (given.archived !== undefined && given.archived !== before.archived) await archive(work, before, given.archived)
  if (given.standard) await makeStandard(work.tx, id)
  work.tell('desk', { kind: 'queue.changed', subject: `queue:${id}`, data: { changed: Object.keys(given) } })
  return reread(work, id)
}

async function teams(work: Work, id: string, ids: string[]) {
  await setQueueTeams(work.tx, id, ids).catch((error: unknown) => { throw violatedConstraint(error) === 'queue_team_team_id_fkey' ? refuse('team.notFound') : error })
}

async function archive(work: Work, queue: Queue, archived: boolean) {
  if (archived && queue.standard) throw refuse('queue.standard')
  const cases = archived ? await countAtHand(work.tx, queue.id) : 0
  if (cases > 0) throw refuse('queue.inUse', { cases })
  await archiveQueue(work.tx, queue.id, archived ? work.at : null)
}

async function reread(work: Work, id: string): Promise<Queue> {
  const queue = await queueById(work.tx, id)
  if (!queue) throw refuse('queue.notFound')
  return queue
}

/** The id of a queue named by key or id; a queue behind a wall that the actor may not pass is not there. */
export async function requireQueue(work: Work, keyOrId: string): Promise<string> {
  const id = await findQueueId(work.tx, keyOrId)
  if (!id || work.actor.barred.includes(id)) throw refuse('queue.notFound', { errors: [{ path: '/queue', code: 'queue.notFound' }] })
  return id
}

/** Adds a topic; its new cases go to its queue when it has one. */
export async function createTopic(work: Work, given: { key: string; title: string; queue: string | null }): Promise<void> {
  const queueId = given.queue === null ? null : await requireQueue(work, given.queue)
  if (!(await insertTopic(work.tx, { key: given.key, title: given.title, queueId }))) throw refuse('topic.keyTaken')
  work.tell('desk', { kind: 'topic.created', subject: `topic:${given.key}` })
}

/** Changes what is given of a topic; cases that have it keep it. */
export async function changeTopic(work: Work, key: string, given: { title?: string; queue?: string | null; archived?: boolean }, versionSeen: number | null = null): Promise<void> {
  refuseStale(await beginTopicChange(work.tx, key), versionSeen)
  const queueId = given.queue === undefined || given.queue === null ? given.queue : await requireQueue(work, given.queue)
  const there = await updateTopic(work.tx, key, {
    ...(given.title !== undefined ? { title: given.title } : {}), ...(queueId !== undefined ? { queueId } : {}), ...(given.archived !== undefined ? { archived: given.archived } : {}),
  }, work.at)
  if (!there) throw refuse('topic.notFound')
  work.tell('desk', { kind: 'topic.changed', subject: `topic:${key}`, data: { changed: Object.keys(given) } })
}
